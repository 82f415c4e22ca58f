/** Envelopes as a relay keeps them: their headers to answer by, their bytes to hand on. */
import type { Statement } from 'better-sqlite3'
import { fromHex, toHex } from '../../shared/ids.ts'
import type { SealedRecord } from '../../shared/protocol/envelope.ts'
import type { Tip, Tips } from '../../shared/protocol/tips.ts'
import type { MailboxDatabase } from './open-mailbox.ts'
import type { HeldHeader } from './writer-ends.ts'

interface HeaderRow {
  readonly seq: number
  readonly rec_id: Uint8Array
  readonly prev: Uint8Array
  readonly type: number
}

export class EnvelopeRows {
  private readonly selectOne: Statement<[number, Uint8Array, number, Uint8Array], unknown>
  private readonly insert: Statement
  private readonly selectHeaders: Statement<[number, Uint8Array], HeaderRow>
  private readonly selectBytes: Statement<[number, Uint8Array, number, number], Uint8Array>
  private readonly selectBeyond: Statement<[number, Uint8Array, number], unknown>
  private readonly selectWhole: Statement<[number, Uint8Array, number, Uint8Array], Uint8Array>
  private readonly selectEnds: Statement<[number], { writer: Uint8Array; seq: number; rec_id: Uint8Array }>
  private readonly deleteEnds: Statement
  private readonly insertEnd: Statement
  private readonly selectSize: Statement<[number, Uint8Array, Uint8Array], number>
  private readonly empty: Statement
  private readonly remove: Statement
  private readonly removeEmpty: Statement

  constructor(db: MailboxDatabase) {
    const one = 'document = ? AND writer = ? AND seq = ? AND rec_id = ?'
    this.selectOne = db.prepare(`SELECT 1 FROM envelopes WHERE ${one}`)
    this.insert = db.prepare(
      'INSERT INTO envelopes (document, writer, seq, rec_id, prev, type, received, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.selectHeaders = db.prepare('SELECT seq, rec_id, prev, type FROM envelopes WHERE document = ? AND writer = ?')
    this.selectBytes = db
      .prepare<[number, Uint8Array, number, number], Uint8Array>(
        `SELECT bytes FROM envelopes WHERE document = ? AND writer = ? AND seq > ? AND seq <= ? AND bytes IS NOT NULL
         ORDER BY seq, rec_id`,
      )
      .pluck()
    this.selectBeyond = db.prepare('SELECT 1 FROM envelopes WHERE document = ? AND writer = ? AND seq > ? LIMIT 1')
    this.selectWhole = db
      .prepare<[number, Uint8Array, number, Uint8Array], Uint8Array>(
        `SELECT bytes FROM envelopes WHERE ${one} AND bytes IS NOT NULL`,
      )
      .pluck()
    this.remove = db.prepare(`DELETE FROM envelopes WHERE ${one}`)
    this.removeEmpty = db.prepare(
      'DELETE FROM envelopes WHERE document = ? AND writer = ? AND seq < ? AND bytes IS NULL',
    )
    this.selectEnds = db.prepare('SELECT writer, seq, rec_id FROM ends WHERE document = ? ORDER BY writer, seq, rec_id')
    this.deleteEnds = db.prepare('DELETE FROM ends WHERE document = ? AND writer = ?')
    this.insertEnd = db.prepare('INSERT INTO ends (document, writer, seq, rec_id) VALUES (?, ?, ?, ?)')
    this.selectSize = db
      .prepare<[number, Uint8Array, Uint8Array], number>(
        'SELECT length(bytes) FROM envelopes WHERE document = ? AND writer = ? AND rec_id = ? AND bytes IS NOT NULL',
      )
      .pluck()
    this.empty = db.prepare('UPDATE envelopes SET bytes = NULL WHERE document = ? AND writer = ? AND rec_id = ?')
  }

  has(document: number, writer: Uint8Array, { seq, recId }: Tip): boolean {
    return this.selectOne.get(document, writer, seq, fromHex(recId)) !== undefined
  }

  add(document: number, record: SealedRecord, bytes: Uint8Array, now: number): void {
    const { writer, seq, recId, prev, type } = record
    this.insert.run(document, writer, seq, recId, prev, type, now, bytes)
  }

  headers(document: number, writer: Uint8Array): HeldHeader[] {
    return this.selectHeaders
      .all(document, writer)
      .map(({ seq, rec_id, prev, type }) => ({ seq, recId: toHex(rec_id), prev: toHex(prev), type }))
  }

  /** Whether there are records of a writer beyond a number. */
  hasBeyond(document: number, writer: Uint8Array, seq: number): boolean {
    return this.selectBeyond.get(document, writer, seq) !== undefined
  }

  /** Null for one that is not held, or of which only the header is left. */
  find(document: number, writer: Uint8Array, { seq, recId }: Tip): Uint8Array | null {
    const bytes = this.selectWhole.get(document, writer, seq, fromHex(recId))
    return bytes === undefined ? null : new Uint8Array(bytes)
  }

  /** Envelopes of a writer's records beyond a number, up to another, ascending, until there are so many bytes. */
  between(document: number, writer: Uint8Array, seq: number, last: number, maxBytes: number): Uint8Array[] {
    const found: Uint8Array[] = []
    let bytes = 0
    for (const envelope of this.selectBytes.iterate(document, writer, seq, last)) {
      if (bytes >= maxBytes) break
      // Other code may keep it longer than SQLite's row lives; a Buffer would come out of a pool.
      found.push(new Uint8Array(envelope))
      bytes += envelope.length
    }
    return found
  }

  ends(document: number): Tips {
    const tips = new Map<string, Tip[]>()
    for (const { writer, seq, rec_id } of this.selectEnds.all(document)) {
      const name = toHex(writer)
      const tip = { seq, recId: toHex(rec_id) }
      const ends = tips.get(name)
      if (ends === undefined) tips.set(name, [tip])
      else ends.push(tip)
    }
    return tips
  }

  keepEnds(document: number, writer: Uint8Array, ends: readonly Tip[]): void {
    this.deleteEnds.run(document, writer)
    for (const { seq, recId } of ends) this.insertEnd.run(document, writer, seq, fromHex(recId))
  }

  /** Lets the bytes of a record go and keeps its header; answers how many there were. */
  letGo(document: number, writer: Uint8Array, recId: Uint8Array): number {
    const size = this.selectSize.get(document, writer, recId) ?? 0
    if (size > 0) this.empty.run(document, writer, recId)
    return size
  }

  /**
   * Takes a record out, header and all, so that another copy of it may come; answers how many bytes it had. The headers a
   * closed run stood for go with it: nothing stands for them any more.
   */
  takeOut(document: number, writer: Uint8Array, tip: Tip): number {
    const size = this.find(document, writer, tip)?.length ?? 0
    if (size === 0) return 0
    this.remove.run(document, writer, tip.seq, fromHex(tip.recId))
    this.removeEmpty.run(document, writer, tip.seq)
    return size
  }
}
