/**
 * What the library last knew of each file, so that a look at the folder reads only what has changed. Derived: it can be
 * thrown away at any time, and is when damaged; only the rows' ids are new then.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { SheafError } from '../../shared/errors.ts'
import type { EntryId } from '../../shared/ids.ts'
import type { FileProblem } from '../storage/file-problem.ts'
import type { FileStamp } from '../storage/file-stamp.ts'
import type { FileSummary } from '../storage/inspect-file.ts'
import { type Db, openDatabase } from '../storage/open-database.ts'

export interface IndexRow {
  readonly entryId: EntryId
  readonly path: string
  readonly stamp: FileStamp
  /** Null when the file can't be read; `problem` then says why. */
  readonly summary: FileSummary | null
  readonly problem: FileProblem | null
  /** Opened by its path from outside the library folder. */
  readonly outside: boolean
}

const VERSION = 1
const TABLE =
  'CREATE TABLE IF NOT EXISTS files (entry_id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, row TEXT NOT NULL) STRICT'

export class LibraryIndex {
  private readonly db: Db
  private readonly byId = new Map<EntryId, IndexRow>()
  private readonly byPath = new Map<string, IndexRow>()

  private constructor(db: Db) {
    this.db = db
    for (const { row } of db.prepare('SELECT row FROM files ORDER BY rowid').all() as { row: string }[]) {
      this.remember(JSON.parse(row) as IndexRow)
    }
  }

  static open(file: string): LibraryIndex {
    try {
      return LibraryIndex.openWhole(file)
    } catch (cause) {
      if (!(cause instanceof SheafError) || cause.kind !== 'damaged') throw cause
      for (const end of ['', '-wal', '-shm']) fs.rmSync(file + end, { force: true })
      return LibraryIndex.openWhole(file)
    }
  }

  private static openWhole(file: string): LibraryIndex {
    const db = openDatabase(file)
    try {
      if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
        throw new SheafError('damaged', 'The index is damaged.')
      if (db.pragma('user_version', { simple: true }) !== VERSION) db.exec('DROP TABLE IF EXISTS files')
      db.pragma(`user_version = ${VERSION}`)
      db.exec(TABLE)
      return new LibraryIndex(db)
    } catch (cause) {
      db.close()
      throw cause
    }
  }

  /** In the order in which they were first seen. */
  rows(): IndexRow[] {
    return [...this.byId.values()]
  }

  get(entryId: EntryId): IndexRow | null {
    return this.byId.get(entryId) ?? null
  }

  at(path: string): IndexRow | null {
    return this.byPath.get(path) ?? null
  }

  newId(): EntryId {
    return randomBytes(8).toString('hex')
  }

  /** Removes rows, then puts others; a row already at one of their paths gives way. */
  change(put: readonly IndexRow[], remove: readonly EntryId[] = []): void {
    if (put.length === 0 && remove.length === 0) return
    const insert = this.db.prepare('INSERT INTO files (entry_id, path, row) VALUES (?, ?, ?)')
    const drop = this.db.prepare('DELETE FROM files WHERE entry_id = ? OR path = ?')
    this.db.transaction(() => {
      for (const entryId of remove) drop.run(entryId, '')
      // All old paths go first: two files may have swapped theirs.
      for (const row of put) drop.run(row.entryId, row.path)
      for (const row of put) insert.run(row.entryId, row.path, JSON.stringify(row))
    })()
    for (const entryId of remove) this.forget(entryId)
    for (const row of put) {
      const there = this.byPath.get(row.path)
      if (there !== undefined && there.entryId !== row.entryId) this.forget(there.entryId)
      const before = this.byId.get(row.entryId)
      if (before !== undefined) this.byPath.delete(before.path)
    }
    for (const row of put) this.remember(row)
  }

  close(): void {
    this.db.close()
  }

  private remember(row: IndexRow): void {
    this.byId.set(row.entryId, row)
    this.byPath.set(row.path, row)
  }

  private forget(entryId: EntryId): void {
    const row = this.byId.get(entryId)
    if (row === undefined) return
    this.byId.delete(entryId)
    if (this.byPath.get(row.path) === row) this.byPath.delete(row.path)
  }
}
