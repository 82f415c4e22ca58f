/** Published files for tests: plausible content, and files made wrong on purpose. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { toHex } from '../../shared/ids.ts'
import { APPLICATION_ID, FORMAT, META_KEYS, type SheafFileContent, type StoredRecord, TABLES } from './sheaf-file.ts'

/** Where random bytes come from: so many of them. */
type Bytes = (length: number) => Uint8Array

/** Content of the right form; its records are random, so nothing that checks signatures will take them. */
export function sampleContent(
  changes: Partial<SheafFileContent> = {},
  records = 3,
  bytes: Bytes = anyBytes,
): SheafFileContent {
  const hash = bytes(32)
  return {
    documentId: toHex(hash),
    formatRead: FORMAT,
    formatWrite: FORMAT,
    appVersion: '0.1.0',
    title: 'A sheaf of hay',
    changedAt: 1_700_000_000_000,
    firstWords: 'It was a dark and stormy night',
    words: 7,
    members: [{ seq: 0, op: bytes(40), hash, sig: bytes(64) }],
    records: Array.from({ length: records }, (_, index) => sampleRecord(index + 1, 100, bytes)),
    state: [{ stream: 0, heads: bytes(10), body: bytes(500) }],
    previews: { 'text/plain': 'It was a dark and stormy night;\n', 'text/markdown': '# A sheaf\n' },
    blobs: [{ hash: bytes(32), mime: 'image/png', bytes: bytes(2000) }],
    ...changes,
  }
}

export function sampleRecord(seq: number, payload = 100, bytes: Bytes = anyBytes): StoredRecord {
  return {
    writer: bytes(32),
    seq,
    recId: bytes(32),
    type: 1,
    stream: 0,
    prev: bytes(32),
    sig: bytes(64),
    payload: bytes(payload),
  }
}

const anyBytes: Bytes = (length) => new Uint8Array(randomBytes(length))

/** A SQLite file with the right header and tables, for `change` to make wrong. */
export function writeForged(
  file: string,
  change: (db: Database.Database) => void,
  tables = Object.values<string>(TABLES),
): void {
  const db = new Database(file)
  db.unsafeMode(true)
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`user_version = ${FORMAT}`)
  for (const sql of tables) db.exec(sql)
  if (tables.some((sql) => sql === TABLES.meta)) {
    const set = db.prepare('INSERT INTO meta VALUES (?, ?)')
    set.run(META_KEYS.documentId, 'ab'.repeat(32))
    set.run(META_KEYS.formatRead, `${FORMAT}`)
    set.run(META_KEYS.formatWrite, `${FORMAT}`)
    set.run(META_KEYS.appVersion, '9.9')
    set.run(META_KEYS.title, 'Forged')
    set.run(META_KEYS.changedAt, '1')
  }
  change(db)
  db.close()
}

/** A folder of the test's own; `remove` takes it away. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'sheaf-test-'))
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) }
}
