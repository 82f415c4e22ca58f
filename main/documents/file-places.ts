/**
 * Where each document's file stands, and what this installation last saw or wrote there. Durable: it says after a crash
 * which files are behind their stores, and it tells a restored backup from a file that was never newer.
 */
import fs from 'node:fs'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { compareHeads, decodeHeads, encodeHeads, type Heads } from '../../shared/log/heads.ts'
import type { FileStamp } from '../storage/file-stamp.ts'
import { type Db, openDatabase } from '../storage/open-database.ts'

export interface FilePlace {
  readonly documentId: DocumentId
  /** Absolute. */
  readonly path: string
  /** The file when it was last read or written, or null when none has been there yet. */
  readonly stamp: FileStamp | null
  /** What that file held; null when it is not known. */
  readonly heads: Heads | null
  /** Rows of the membership chain in that file. */
  readonly links: number
  /** Pictures in that file. */
  readonly blobs: number
  /** Whether the store may hold what the file lacks. */
  readonly behind: boolean
  /** The newest format the file asks its writers to know. */
  readonly formatWrite: number
}

interface Row {
  readonly document_id: string
  readonly path: string
  readonly stamp: string | null
  readonly heads: Uint8Array | null
  readonly behind: number
  readonly format_write: number
  readonly links: number
  readonly blobs: number
}

const TABLE = `CREATE TABLE IF NOT EXISTS places (
  document_id TEXT PRIMARY KEY, path TEXT NOT NULL, stamp TEXT, heads BLOB,
  behind INTEGER NOT NULL, format_write INTEGER NOT NULL, links INTEGER NOT NULL DEFAULT 0,
  blobs INTEGER NOT NULL DEFAULT 0
) STRICT`
const COLUMNS = 'document_id, path, stamp, heads, behind, format_write, links, blobs'

export class FilePlaces {
  private readonly db: Db
  private readonly places = new Map<DocumentId, FilePlace>()

  private constructor(db: Db) {
    this.db = db
    db.exec(TABLE)
    const columns = db.pragma('table_info(places)') as { name: string }[]
    // Files listed by an earlier version: how much they hold is found out when they are written next.
    for (const column of ['links', 'blobs']) {
      if (columns.some(({ name }) => name === column)) continue
      db.exec(`ALTER TABLE places ADD COLUMN ${column} INTEGER NOT NULL DEFAULT 0`)
    }
    for (const row of db.prepare('SELECT * FROM places').all() as Row[]) this.places.set(row.document_id, readRow(row))
  }

  /** A damaged file is set aside: the library finds again what stands in its folder. */
  static open(file: string): FilePlaces {
    try {
      return FilePlaces.openWhole(file)
    } catch (cause) {
      if (!(cause instanceof SheafError) || cause.kind !== 'damaged') throw cause
      fs.renameSync(file, `${file}.damaged-${Date.now()}`)
      for (const end of ['-wal', '-shm']) fs.rmSync(file + end, { force: true })
      return FilePlaces.openWhole(file)
    }
  }

  private static openWhole(file: string): FilePlaces {
    const db = openDatabase(file)
    try {
      if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
        throw new SheafError('damaged', 'The list of files is damaged.')
      return new FilePlaces(db)
    } catch (cause) {
      db.close()
      throw cause
    }
  }

  get(documentId: DocumentId): FilePlace | null {
    return this.places.get(documentId) ?? null
  }

  all(): FilePlace[] {
    return [...this.places.values()]
  }

  /** On disk when it returns. */
  put(place: FilePlace): void {
    this.db
      .prepare(`INSERT OR REPLACE INTO places (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(
        place.documentId,
        place.path,
        place.stamp === null ? null : JSON.stringify(place.stamp),
        place.heads === null ? null : encodeHeads(place.heads),
        place.behind ? 1 : 0,
        place.formatWrite,
        place.links,
        place.blobs,
      )
    this.places.set(place.documentId, place)
  }

  close(): void {
    this.db.close()
  }
}

function readRow(row: Row): FilePlace {
  return {
    documentId: row.document_id,
    path: row.path,
    stamp: row.stamp === null ? null : (JSON.parse(row.stamp) as FileStamp),
    heads: row.heads === null ? null : decodeHeads(new Uint8Array(row.heads)),
    behind: row.behind === 1,
    formatWrite: row.format_write,
    links: row.links,
    blobs: row.blobs,
  }
}

/** Whether the file at a place lacks something of a document that holds so much. */
export function isBehindOf(
  { heads, links, blobs }: FilePlace,
  held: Heads,
  counts: { readonly links: number; readonly blobs: number },
): boolean {
  return heads === null || compareHeads(held, heads) !== 'equal' || counts.links > links || counts.blobs > blobs
}
