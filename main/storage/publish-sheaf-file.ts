/**
 * Publishes a document: builds a fresh `.sheaf` file from its content, checks it, and renames it into place. Whoever
 * looks at the name, at any moment, finds a whole file: the one before or this one.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import Database from 'better-sqlite3'
import { assert, SheafError } from '../../shared/errors.ts'
import { diskError } from './disk-error.ts'
import { equalStamps, type FileStamp, stampFile, stampOf } from './file-stamp.ts'
import { realTarget } from './path-lock.ts'
import { renameSynced, syncFile, temporaryBeside } from './replace-file.ts'
import { APPLICATION_ID, FORMAT, META_KEYS, type SheafFileContent, TABLES } from './sheaf-file.ts'

type Db = Database.Database

export interface PublishOptions {
  /** What stands at the place, or null for nothing: if that has changed by the last moment, throws `already-exists`. */
  readonly expected?: FileStamp | null
}

/** Call it with the path's lock held. Throws `disk-full`, `no-permission`, `disk-error`, `not-found`; the old file then stands. */
export async function publishSheafFile(
  file: string,
  content: SheafFileContent,
  options: PublishOptions = {},
): Promise<FileStamp> {
  assert(content.formatWrite <= FORMAT, 'a file of a newer format is never written')
  try {
    const target = await realTarget(file)
    const temporary = temporaryBeside(target)
    try {
      buildSheafFile(temporary, content)
      checkBuilt(temporary, content)
      await keepMode(target, temporary)
      // Syncing takes long, and whoever wrote to the place meanwhile would be written over: it comes before the last look.
      await syncFile(temporary)
      // Of our own file, while nobody else knows it: at its place another may stand the moment after.
      const stamp = stampOf(await fs.stat(temporary, { bigint: true }))
      if (options.expected !== undefined && !equalStamps(options.expected, await stampFile(target))) {
        throw new SheafError('already-exists', 'The file was changed by another program at this very moment.')
      }
      await renameSynced(temporary, target)
      return stamp
    } catch (cause) {
      await fs.rm(temporary, { force: true })
      throw cause
    }
  } catch (cause) {
    throw diskError(cause, 'The file could not be written.')
  }
}

/** Nothing of this needs to survive a crash until the whole is synced, so nothing is: that makes it fast. */
function buildSheafFile(file: string, content: SheafFileContent): void {
  const db = new Database(file)
  try {
    // Nine of ten tables and indexes fill less than a page; only pictures are read faster from larger ones.
    db.pragma(`page_size = ${content.blobs.length === 0 ? 512 : 4096}`)
    db.pragma('journal_mode = MEMORY')
    db.pragma('synchronous = OFF')
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${content.formatRead}`)
    db.transaction(() => {
      for (const sql of Object.values(TABLES)) db.exec(sql)
      insertContent(db, content)
    })()
  } finally {
    db.close()
  }
}

function insertContent(db: Db, content: SheafFileContent): void {
  const meta = db.prepare('INSERT INTO meta VALUES (?, ?)')
  const facts: Record<keyof typeof META_KEYS, string> = {
    documentId: content.documentId,
    formatRead: `${content.formatRead}`,
    formatWrite: `${content.formatWrite}`,
    appVersion: content.appVersion,
    title: content.title,
    changedAt: `${content.changedAt}`,
    firstWords: content.firstWords,
    words: `${content.words}`,
  }
  for (const [name, key] of Object.entries(META_KEYS)) meta.run(key, facts[name as keyof typeof META_KEYS])
  const member = db.prepare('INSERT INTO members VALUES (?, ?, ?, ?)')
  for (const { seq, op, hash, sig } of content.members) member.run(seq, op, hash, sig)
  const record = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  for (const { writer, seq, recId, type, stream, prev, sig, payload } of content.records) {
    record.run(writer, seq, recId, type, stream, prev, sig, payload)
  }
  const state = db.prepare('INSERT INTO state VALUES (?, ?, ?)')
  for (const { stream, heads, body } of content.state) state.run(stream, heads, body)
  const preview = db.prepare('INSERT INTO preview VALUES (?, ?)')
  for (const [kind, body] of Object.entries(content.previews)) preview.run(kind, body)
  const blob = db.prepare('INSERT INTO blobs VALUES (?, ?, ?)')
  for (const { hash, mime, bytes } of content.blobs) blob.run(hash, mime, bytes)
}

/** Reads the finished file back before it takes the old one's place. */
function checkBuilt(file: string, content: SheafFileContent): void {
  const db = new Database(file, { readonly: true })
  try {
    const check: unknown = db.pragma('quick_check(1)', { simple: true })
    const count = (table: string): unknown => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    const ids = createHash('sha256')
    for (const id of db.prepare('SELECT rec_id FROM records NOT INDEXED').pluck().iterate())
      ids.update(id as Uint8Array)
    const expected = createHash('sha256')
    for (const { recId } of content.records) expected.update(recId)
    const whole =
      check === 'ok' &&
      count('members') === content.members.length &&
      count('records') === content.records.length &&
      count('state') === content.state.length &&
      count('blobs') === content.blobs.length &&
      ids.digest('hex') === expected.digest('hex')
    if (!whole)
      throw new SheafError('disk-error', 'The file could not be written. The disk did not keep what was written.')
  } finally {
    db.close()
  }
}

/** The person's choice of who may read the file outlives its replacement. */
async function keepMode(target: string, temporary: string): Promise<void> {
  if (process.platform === 'win32') return
  const stats = await fs.stat(target).catch(() => null)
  if (stats !== null) await fs.chmod(temporary, stats.mode & 0o777)
}
