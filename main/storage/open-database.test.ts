import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './open-database.ts'

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-database-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

test('KEEP-40: a private store syncs each commit, still after its first writes and after it was opened again', () => {
  for (const opening of ['first', 'second']) {
    const db = openDatabase(path.join(folder, 'store.db'))
    db.exec(`CREATE TABLE ${opening} (x); INSERT INTO ${opening} VALUES (1)`)
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('fullfsync', { simple: true })).toBe(process.platform === 'darwin' ? 1 : 0)
    db.close()
  }
})

test('KEEP-41: the SQLite that is built in has no known way to corrupt a store', () => {
  const db = openDatabase(path.join(folder, 'store.db'))
  const [major = 0, minor = 0, patch = 0] = String(db.prepare('SELECT sqlite_version()').pluck().get())
    .split('.')
    .map(Number)
  db.close()
  // 3.51.3 mends a race when the write-ahead log begins anew; every version since 3.7.0 had it.
  expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003)
})
