/**
 * What can still be read of a `.sheaf` file that is refused: every row and every piece of text SQLite can reach, with
 * nothing checked and nothing trusted. For getting words back, never for opening a document. The file is only read.
 */
import fs from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { toHex } from '../../shared/ids.ts'
import { APPLICATION_ID, LIMITS, type PreviewKind, type StoredMember, type StoredRecord, TABLES } from './sheaf-file.ts'

export interface Salvage {
  readonly members: readonly StoredMember[]
  readonly records: readonly StoredRecord[]
  /** The ready-made Yjs state of the body, or null. */
  readonly state: Uint8Array | null
  readonly previews: Readonly<Partial<Record<PreviewKind, string>>>
  /** Runs of text found in the bytes themselves, when nothing else was found. */
  readonly fragments: readonly string[]
}

/** Files are written with pages of this size. */
const PAGE = 4096
const HEADER = 100
/** Larger files are not carved for text: it would take longer than anyone waits. */
const MOST_CARVED = 256 * 2 ** 20

export async function salvageFile(file: string): Promise<Salvage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sheaf-salvage-'))
  try {
    const copy = path.join(folder, 'copy.sheaf')
    fs.copyFileSync(file, copy)
    fs.chmodSync(copy, 0o600)
    const found = readAll(copy)
    if (hasText(found)) return found
    mendHeader(copy)
    const mended = readAll(copy)
    if (hasText(mended)) return mended
    return { ...mended, fragments: carve(copy) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function hasText(salvage: Salvage): boolean {
  return salvage.records.length > 0 || salvage.state !== null || Object.keys(salvage.previews).length > 0
}

function readAll(copy: string): Salvage {
  const nothing: Salvage = { members: [], records: [], state: null, previews: {}, fragments: [] }
  let db: Database.Database
  try {
    db = new Database(copy, { readonly: true })
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return nothing
    throw cause
  }
  try {
    db.pragma('trusted_schema = OFF')
    const tables = ownTables(db)
    const rows = (table: keyof typeof TABLES, sql: string): unknown[][] => (tables.has(table) ? reachable(db, sql) : [])
    const previews: Partial<Record<PreviewKind, string>> = {}
    for (const [kind, body] of rows('preview', 'SELECT kind, body FROM preview NOT INDEXED')) {
      if ((kind === 'text/markdown' || kind === 'text/html' || kind === 'text/plain') && typeof body === 'string') {
        previews[kind] = body
      }
    }
    const [state] = rows('state', 'SELECT body FROM state WHERE stream = 0')
    return {
      members: rows('members', 'SELECT seq, op, hash, sig FROM members').flatMap(readMember),
      records: distinct(rows('records', RECORDS).flatMap(readRecord)),
      state: state?.[0] instanceof Uint8Array ? new Uint8Array(state[0]) : null,
      previews,
      fragments: [],
    }
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return nothing
    throw cause
  } finally {
    db.close()
  }
}

const RECORDS = 'SELECT writer, seq, rec_id, type, stream, prev, sig, payload FROM records NOT INDEXED'

/** Only tables that are exactly ours are read: anything else could be made to run for ever. */
function ownTables(db: Database.Database): Set<string> {
  const names = Object.entries(TABLES)
  return new Set(
    reachable(db, 'SELECT type, name, sql FROM sqlite_schema').flatMap(([type, name, sql]) =>
      type === 'table' && names.some(([known, text]) => known === name && text === sql) ? [String(name)] : [],
    ),
  )
}

/** The rows before the first unreadable one, and those after the last. */
function reachable(db: Database.Database, sql: string): unknown[][] {
  const forward = readUntilBroken(db, sql)
  if (forward.whole || sql.includes('WHERE')) return forward.rows
  return [...forward.rows, ...readUntilBroken(db, `${sql} ORDER BY rowid DESC`).rows]
}

function readUntilBroken(db: Database.Database, sql: string): { rows: unknown[][]; whole: boolean } {
  const rows: unknown[][] = []
  try {
    for (const row of db.prepare(sql).raw().iterate()) {
      rows.push(row as unknown[])
      if (rows.length > LIMITS.rows) return { rows, whole: true }
    }
    return { rows, whole: true }
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return { rows, whole: false }
    throw cause
  }
}

function readMember([seq, op, hash, sig]: unknown[]): StoredMember[] {
  return typeof seq === 'number' && isBytes(op) && isBytes(hash) && isBytes(sig) ? [{ seq, op, hash, sig }] : []
}

function readRecord([writer, seq, recId, type, stream, prev, sig, payload]: unknown[]): StoredRecord[] {
  const numbers = [seq, type, stream].every((value) => Number.isSafeInteger(value))
  if (!numbers || !isBytes(writer, 32) || !isBytes(recId, 32) || !isBytes(prev, 32) || !isBytes(sig, 64)) return []
  if (!isBytes(payload)) return []
  return [{ writer, seq: seq as number, recId, type: type as number, stream: stream as number, prev, sig, payload }]
}

function isBytes(value: unknown, length: number | null = null): value is Uint8Array {
  return value instanceof Uint8Array && (length === null || value.length === length)
}

function distinct(records: readonly StoredRecord[]): StoredRecord[] {
  return [...new Map(records.map((record) => [toHex(record.recId), record])).values()]
}

/** Gives the copy the first bytes every file of ours has, and the number of pages it really holds. */
function mendHeader(copy: string): void {
  const descriptor = fs.openSync(copy, 'r+')
  try {
    const pages = Math.floor(fs.fstatSync(descriptor).size / PAGE)
    if (pages === 0) return
    fs.ftruncateSync(descriptor, pages * PAGE)
    const header = Buffer.alloc(HEADER)
    header.write('SQLite format 3\0', 'latin1')
    header.writeUInt16BE(PAGE, 16)
    header.set([1, 1, 0, 64, 32, 32], 18)
    header.writeUInt32BE(1, 24)
    header.writeUInt32BE(pages, 28)
    header.writeUInt32BE(1, 40)
    header.writeUInt32BE(4, 44)
    header.writeUInt32BE(1, 56)
    header.writeUInt32BE(APPLICATION_ID, 68)
    header.writeUInt32BE(1, 92)
    fs.writeSync(descriptor, header, 0, HEADER, 0)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Readable runs of at least 24 characters, each once, in the order in which they stand in the file. */
function carve(copy: string): string[] {
  if (fs.statSync(copy).size > MOST_CARVED) return []
  const text = new TextDecoder().decode(fs.readFileSync(copy))
  const runs = text.match(/[\p{L}\p{N}\p{P}\p{S}\p{M} \t\n\u00a0]{24,}/gu) ?? []
  const readable = runs.map((run) => run.trim()).filter((run) => /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u.test(run))
  return [...new Set(readable)].filter((run) => !run.includes('\uFFFD') && !run.startsWith('CREATE TABLE'))
}
