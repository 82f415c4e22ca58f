/**
 * The mailbox: all that a relay keeps, in one SQLite file. What a transaction has committed is on the disk: nothing is
 * acknowledged before. It holds nothing that a reader of it could understand but who may do what.
 */
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { assert, SheafError } from '../../shared/errors.ts'

export type MailboxDatabase = Database.Database

const SCHEMA = 1
const FULL = 2

const TABLES = `
CREATE TABLE relay (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL DEFAULT 0, founded INTEGER NOT NULL
) STRICT;
CREATE TABLE links (
  document INTEGER NOT NULL, seq INTEGER NOT NULL, op BLOB NOT NULL, hash BLOB NOT NULL, sig BLOB NOT NULL,
  PRIMARY KEY (document, seq)
) STRICT, WITHOUT ROWID;
-- Of a record in a closed run that was vouched for only the header is left: bytes is null.
CREATE TABLE envelopes (
  document INTEGER NOT NULL, writer BLOB NOT NULL, seq INTEGER NOT NULL, rec_id BLOB NOT NULL, prev BLOB NOT NULL,
  type INTEGER NOT NULL, received INTEGER NOT NULL, bytes BLOB,
  UNIQUE (document, writer, seq, rec_id)
) STRICT;
CREATE TABLE ends (
  document INTEGER NOT NULL, writer BLOB NOT NULL, seq INTEGER NOT NULL, rec_id BLOB NOT NULL,
  PRIMARY KEY (document, writer, seq, rec_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE claims (
  document INTEGER NOT NULL, rec_id BLOB NOT NULL, member BLOB NOT NULL, writer BLOB NOT NULL, first INTEGER NOT NULL,
  beside BLOB NOT NULL,
  PRIMARY KEY (document, rec_id, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE invites (
  document INTEGER NOT NULL, invite BLOB NOT NULL, box BLOB NOT NULL,
  PRIMARY KEY (document, invite)
) STRICT, WITHOUT ROWID;
CREATE TABLE requests (
  document INTEGER NOT NULL, root BLOB NOT NULL, invite BLOB NOT NULL, member BLOB NOT NULL, consent BLOB NOT NULL,
  name BLOB NOT NULL, asked INTEGER NOT NULL,
  PRIMARY KEY (document, root)
) STRICT, WITHOUT ROWID;
CREATE TABLE vaults (
  id BLOB PRIMARY KEY, version INTEGER NOT NULL, bytes BLOB NOT NULL, sig BLOB NOT NULL, changed INTEGER NOT NULL
) STRICT;
CREATE TABLE pictures (
  document INTEGER NOT NULL, id BLOB NOT NULL, bytes BLOB NOT NULL, received INTEGER NOT NULL,
  PRIMARY KEY (document, id)
) STRICT;
`

/** Opens the mailbox in a folder, making both when they are not there. */
export function openMailbox(folder: string): MailboxDatabase {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Database(path.join(folder, 'mailbox.sqlite'), { timeout: 500 })
  try {
    db.pragma('journal_mode = WAL')
    // After the journal mode, which takes it back; and asked after a write, because only that shows it.
    db.pragma('synchronous = FULL')
    if (process.platform === 'darwin') db.pragma('fullfsync = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    db.pragma('wal_autocheckpoint = 4000')
    db.pragma('journal_size_limit = 67108864')
    db.pragma('cache_size = -65536')
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > SCHEMA) throw new SheafError('too-new', 'This mailbox was made by a newer relay: update the relay.')
    db.transaction(() => {
      if (version === 0) db.exec(TABLES)
      db.pragma(`user_version = ${SCHEMA}`)
    }).immediate()
    assert(db.pragma('synchronous', { simple: true }) === FULL, 'what a relay acknowledges is synced to the disk')
    assert(db.pragma('journal_mode', { simple: true }) === 'wal', 'the mailbox writes ahead')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}
