/**
 * Opens a private database so that a committed transaction is on the disk when `COMMIT` returns.
 *
 * The bundled SQLite takes WAL to mean `synchronous = NORMAL` and still answers FULL until the first write, so FULL is
 * set after the journal mode and asserted after a first write. One connection per database, one process.
 */
import fs from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { assert } from '../../shared/errors.ts'
import { diskError } from './disk-error.ts'

export type Db = Database.Database

/** How durable commits are; anything but 'full' exists for the negative control of the power-loss proof alone. */
export type Durability = 'full' | 'normal'

const FULL = 2
const NORMAL = 1

export function openDatabase(path: string, durability: Durability = 'full'): Db {
  let db: Db
  try {
    // Nobody else opens a private store; whoever does all the same is not waited for.
    db = new Database(path, { timeout: 500 })
  } catch (cause) {
    throw diskError(cause, 'Sheaf could not open its own store on this disk.')
  }
  try {
    db.pragma('journal_mode = WAL')
    db.pragma(`synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
    if (process.platform === 'darwin') db.pragma('fullfsync = ON')
    db.pragma('foreign_keys = ON')
    db.pragma('cell_size_check = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma('mmap_size = 0')
    db.pragma('wal_autocheckpoint = 1000')
    db.pragma('journal_size_limit = 16777216')
    db.transaction(() => db.pragma(`user_version = ${String(db.pragma('user_version', { simple: true }))}`)).immediate()
    const level: unknown = db.pragma('synchronous', { simple: true })
    assert(level === (durability === 'full' ? FULL : NORMAL), 'a committed edit is synced to the disk')
    const mode: unknown = db.pragma('journal_mode', { simple: true })
    assert(mode === 'wal', 'the private store writes ahead')
  } catch (cause) {
    db.close()
    throw diskError(
      isUnwritableByHeader(cause, path) ? GARBLED : cause,
      'Sheaf could not open its own store on this disk.',
    )
  }
  return db
}

const GARBLED = Object.assign(new Error('its header forbids writing'), { code: 'SQLITE_CORRUPT' })

/** A file that we may write to, and whose header says that nobody may: SQLite never wrote that. */
function isUnwritableByHeader(cause: unknown, path: string): boolean {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_READONLY')) return false
  try {
    fs.accessSync(path, fs.constants.W_OK)
    fs.accessSync(dirname(path), fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}
