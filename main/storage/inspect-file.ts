/**
 * Reads a `.sheaf` file that may come from anyone, in the order that keeps a hostile one from doing anything: the
 * header's bytes, then the schema's text against the list of tables, then SQLite's own check, then sizes, then rows
 * with their types. Runs on a private copy, inside a worker that can be stopped.
 */
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { isDocumentId } from '../../shared/ids.ts'
import { checkHeader, HEADER_BYTES } from './file-header.ts'
import { checkSchema } from './file-schema.ts'
import { type FileProblem, Refused } from './file-problem.ts'
import {
  APPLICATION_ID,
  FORMAT,
  LIMITS,
  META_KEYS,
  type PreviewKind,
  type SheafFileContent,
  type StoredMember,
  type StoredRecord,
} from './sheaf-file.ts'

type Db = Database.Database

/** What a list shows of a file. */
export interface FileSummary {
  readonly documentId: string
  readonly formatWrite: number
  readonly title: string
  readonly firstWords: string
  readonly words: number
  readonly changedAt: number
}

export type Inspection<T> = { readonly value: T } | { readonly problem: FileProblem }

export function inspectContent(file: string): Inspection<SheafFileContent> {
  return inspect(file, (db, extra) => {
    const facts = readMeta(db, extra)
    const check: unknown = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') throw new Refused('damaged')
    return {
      ...facts,
      members: readMembers(db),
      records: readRecords(db),
      state: readState(db),
      previews: readPreviews(db),
      blobs: readBlobs(db),
    }
  })
}

/** As much as a list needs, without looking at the rows of the log. */
export function inspectSummary(file: string): Inspection<FileSummary> {
  return inspect(file, (db, extra) => {
    const { documentId, formatWrite, title, firstWords, words, changedAt } = readMeta(db, extra)
    return { documentId, formatWrite, title, firstWords, words, changedAt }
  })
}

function inspect<T>(file: string, read: (db: Db, extraTables: boolean) => T): Inspection<T> {
  try {
    checkHeader(readHeader(file), fs.statSync(file).size)
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      db.pragma('query_only = ON')
      db.pragma('trusted_schema = OFF')
      db.pragma('cell_size_check = ON')
      db.pragma('mmap_size = 0')
      const extra = checkSchema(db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema').raw().iterate())
      return { value: read(db, extra) }
    } finally {
      db.close()
    }
  } catch (cause) {
    if (cause instanceof Refused) return { problem: cause.problem }
    if (cause instanceof Database.SqliteError) return { problem: 'damaged' }
    throw cause
  }
}

function readHeader(file: string): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES)
  const descriptor = fs.openSync(file, 'r')
  try {
    const length = fs.readSync(descriptor, header, 0, HEADER_BYTES, 0)
    return header.subarray(0, length)
  } finally {
    fs.closeSync(descriptor)
  }
}

function readMeta(db: Db, extraTables: boolean) {
  checkSizes(db, 'meta', ['k', 'v'], LIMITS.meta, LIMITS.metaValue)
  const meta = new Map<string, string>()
  for (const row of rows(db, 'SELECT k, v FROM meta')) meta.set(text(row[0]), text(row[1]))
  const get = (key: string): string => {
    const value = meta.get(key)
    if (value === undefined) throw new Refused('damaged')
    return value
  }
  const documentId = get(META_KEYS.documentId)
  if (!isDocumentId(documentId)) throw new Refused('damaged')
  const formatRead = natural(get(META_KEYS.formatRead))
  const formatWrite = natural(get(META_KEYS.formatWrite))
  if (formatRead > FORMAT) throw new Refused('too-new')
  if (extraTables && formatWrite <= FORMAT) throw new Refused('hostile')
  const appId: unknown = db.pragma('application_id', { simple: true })
  if (appId !== APPLICATION_ID) throw new Refused('not-a-sheaf-file')
  return {
    documentId,
    formatRead,
    formatWrite,
    appVersion: get(META_KEYS.appVersion).slice(0, 100),
    title: get(META_KEYS.title),
    changedAt: natural(get(META_KEYS.changedAt)),
    firstWords: (meta.get(META_KEYS.firstWords) ?? '').slice(0, 120),
    words: natural(meta.get(META_KEYS.words) ?? '0'),
  }
}

function readMembers(db: Db): StoredMember[] {
  checkSizes(db, 'members', ['op', 'hash', 'sig'], LIMITS.members, LIMITS.member)
  return Array.from(rows(db, 'SELECT seq, op, hash, sig FROM members ORDER BY seq'), ([seq, op, hash, sig]) => ({
    seq: integer(seq),
    op: bytes(op),
    hash: bytes(hash, 32),
    sig: bytes(sig),
  }))
}

function readRecords(db: Db): StoredRecord[] {
  checkSizes(db, 'records', ['payload', 'writer', 'rec_id', 'prev', 'sig'], LIMITS.rows, LIMITS.payload)
  // Never through the index: the quick check does not compare it with the rows.
  const sql = 'SELECT writer, seq, rec_id, type, stream, prev, sig, payload FROM records NOT INDEXED'
  return Array.from(rows(db, sql), ([writer, seq, recId, type, stream, prev, sig, payload]) => ({
    writer: bytes(writer, 32),
    seq: integer(seq, 1),
    recId: bytes(recId, 32),
    type: integer(type),
    stream: integer(stream),
    prev: bytes(prev, 32),
    sig: bytes(sig, 64),
    payload: bytes(payload),
  }))
}

function readState(db: Db): SheafFileContent['state'] {
  checkSizes(db, 'state', ['heads', 'body'], 64, LIMITS.state)
  const state: { stream: 0 | 1; heads: Uint8Array; body: Uint8Array }[] = []
  for (const [stream, heads, body] of rows(db, 'SELECT stream, heads, body FROM state')) {
    const number = integer(stream)
    // Streams this version has never heard of are caches it can do without.
    if (number === 0 || number === 1) state.push({ stream: number, heads: bytes(heads), body: bytes(body) })
  }
  return state
}

function readPreviews(db: Db): SheafFileContent['previews'] {
  checkSizes(db, 'preview', ['kind', 'body'], 64, LIMITS.preview)
  const previews: Partial<Record<PreviewKind, string>> = {}
  for (const [kind, body] of rows(db, 'SELECT kind, body FROM preview NOT INDEXED')) {
    const name = text(kind)
    if (name === 'text/markdown' || name === 'text/html' || name === 'text/plain') previews[name] = text(body)
  }
  return previews
}

function readBlobs(db: Db): SheafFileContent['blobs'] {
  checkSizes(db, 'blobs', ['bytes', 'mime', 'hash'], LIMITS.blobs, LIMITS.blob)
  return Array.from(rows(db, 'SELECT hash, mime, bytes FROM blobs NOT INDEXED'), ([hash, mime, content]) => ({
    hash: bytes(hash, 32),
    mime: text(mime),
    bytes: bytes(content),
  }))
}

/** Refuses a table by its number of rows and its longest value, before any value is read. */
function checkSizes(db: Db, table: string, columns: readonly string[], maxRows: number, maxBytes: number): void {
  const longest = columns.map((column) => `max(octet_length(${column}))`).join(', ')
  const [count, ...sizes] = [...rows(db, `SELECT count(*), ${longest} FROM ${table} NOT INDEXED`)][0] ?? []
  if (integer(count) > maxRows) throw new Refused('too-big')
  for (const size of sizes) if (size !== null && integer(size) > maxBytes) throw new Refused('too-big')
}

function rows(db: Db, sql: string): IterableIterator<unknown[]> {
  return db.prepare(sql).raw().iterate() as IterableIterator<unknown[]>
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Refused('damaged')
  return value
}

function integer(value: unknown, least = 0): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) throw new Refused('damaged')
  return value
}

function natural(digits: string): number {
  if (!/^\d{1,15}$/.test(digits)) throw new Refused('damaged')
  return Number(digits)
}

/** A plain byte array of its own, so that it can be handed to another thread. */
function bytes(value: unknown, length: number | null = null): Uint8Array<ArrayBuffer> {
  if (!(value instanceof Uint8Array) || (length !== null && value.length !== length)) throw new Refused('damaged')
  return new Uint8Array(value)
}
