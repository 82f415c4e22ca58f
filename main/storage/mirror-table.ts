/**
 * What is kept of the document on a plain Yjs server, per server and room: its updates, and which of its words are which of
 * ours. Rows are added in the transaction that keeps the words themselves, so no crash brings words twice.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Statement, Transaction } from 'better-sqlite3'
import { diskError } from './disk-error.ts'
import type { Db } from './open-database.ts'

export interface MirrorRow {
  /** Yjs updates of the server's document, in their order. */
  readonly updates: readonly Uint8Array[]
  /** Pairs of ids as `IdPairs` writes them. */
  readonly pairs: Uint8Array
}

/** A row and where it belongs: a server and room. */
export interface PlacedRow {
  readonly place: string
  readonly row: MirrorRow
}

export class MirrorTable {
  private readonly db: Db
  private readonly insert: Statement
  private readonly transact: Transaction<(change: () => unknown) => unknown>

  constructor(db: Db) {
    this.db = db
    this.insert = db.prepare('INSERT INTO mirrors (place, updates, pairs) VALUES (?, ?, ?)')
    this.transact = db.transaction((change) => change())
  }

  rows(place: string): MirrorRow[] {
    const rows = this.db.prepare('SELECT updates, pairs FROM mirrors WHERE place = ? ORDER BY id').all(place) as {
      updates: Uint8Array
      pairs: Uint8Array
    }[]
    return rows.map(({ updates, pairs }) => ({ updates: decodeList(updates), pairs }))
  }

  /** Keeps a row; within a transaction of the store it is part of that. */
  keep({ place, row }: PlacedRow): void {
    try {
      this.insert.run(place, encodeList(row.updates), row.pairs)
    } catch (cause) {
      throw diskError(cause, UNWRITABLE)
    }
  }

  /** Puts one row in place of all of a place. */
  replace({ place, row }: PlacedRow): void {
    try {
      this.transact.immediate(() => {
        this.db.prepare('DELETE FROM mirrors WHERE place = ?').run(place)
        this.keep({ place, row })
      })
    } catch (cause) {
      throw diskError(cause, UNWRITABLE)
    }
  }
}

const UNWRITABLE = 'What the server sent could not be saved.'

function encodeList(updates: readonly Uint8Array[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const update of updates) encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

function decodeList(bytes: Uint8Array): Uint8Array[] {
  const decoder = decoding.createDecoder(bytes)
  const updates: Uint8Array[] = []
  while (decoding.hasContent(decoder)) updates.push(decoding.readVarUint8Array(decoder))
  return updates
}
