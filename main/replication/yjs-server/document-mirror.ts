/**
 * Our document and the one on a plain Yjs server, kept saying the same.
 *
 * Both are whole Yjs documents with client ids of their own: what foreign clients write stays under their ids in theirs, and
 * has ids of one of our writers in ours. Each change is merged by Yjs where it arrives and carried to the other side as it
 * then stands. The mirror keeps nothing itself: `settle` says what must be on the disk before anything of it is shown or sent.
 */
import * as Y from 'yjs'
import { createSteadyDocument } from '../../../shared/document/steady-document.ts'
import { encodeUpdate, parseUpdate } from '../../../shared/log/yjs-update.ts'
import type { MirrorRow } from '../../storage/mirror-table.ts'
import { adoptEquals } from './adopt-equals.ts'
import { carryChanges, rootsOf } from '../../carry/carry-changes.ts'
import { IdPairs, type PairedRange, type Side } from '../../carry/id-pairs.ts'
import { deletedRanges, livingRanges } from '../../carry/item-content.ts'
import { Touched } from '../../carry/touched.ts'

/** Name of the map on the server that says which computer connects a Sheaf document to it. Not part of the document. */
const BRIDGES = 'sheaf'

/** Bytes of one value: a record holds no larger one. */
const LARGEST_VALUE = 128 * 1024

/** The origin of what was carried over; its own echo is not carried back. */
const CARRIED = 'carried'
const HEARD = 'heard'

export interface Settled {
  /** For our document, under our writer's id; null for nothing. */
  readonly ours: Uint8Array | null
  /** To be kept in the same transaction; null when nothing changed. */
  readonly row: MirrorRow | null
  /** To be sent to the server, once the row is kept. */
  readonly theirs: readonly Uint8Array[]
}

export class DocumentMirror {
  private ours: Y.Doc
  private readonly theirs = createSteadyDocument()
  private readonly pairs = new IdPairs()
  private writer: number
  /** The client id our words have on the server in this run; one that somebody else uses too is given up. */
  private theirWriter: number
  private readonly random: () => number
  private touched: Record<Side, Touched> = { ours: new Touched(), theirs: new Touched() }
  private unkept: Uint8Array[] = []
  private unsent: Uint8Array[] = []
  /** Whether everything must be compared: after opening, and after our document was folded anew. */
  private isStale = true
  /** Whether nothing of either side was carried yet. */
  private isNew: boolean

  /** `state`: all of our document. `rows`: what was kept for this server and room; none on the first meeting. */
  constructor(parts: { state: Uint8Array; rows: readonly MirrorRow[]; writer: number; random: () => number }) {
    this.writer = parts.writer
    this.random = parts.random
    this.theirWriter = freshId(parts.random)
    this.isNew = parts.rows.length === 0
    this.ours = this.followOurs(parts.state)
    rootsOf(this.theirs)
    for (const row of parts.rows) {
      for (const update of row.updates) Y.applyUpdate(this.theirs, update, CARRIED)
      this.pairs.load(row.pairs)
    }
    // When the rows were kept, what was deleted there was deleted here as well.
    this.partRevived(null)
    this.theirs.on('afterTransaction', (transaction) => {
      if (transaction.origin !== CARRIED) this.touched.theirs.note(transaction)
    })
    this.theirs.on('update', (update: Uint8Array, origin: unknown) => {
      this.unkept.push(update)
      if (origin !== HEARD) this.unsent.push(update)
    })
  }

  /** An edit of our document, on the disk already. */
  hear(update: Uint8Array): void {
    Y.applyUpdate(this.ours, update, HEARD)
  }

  /** Our document was folded anew: words may be gone from it that nobody deleted, and deleted ones be back. `writer`: a new id. */
  refold(state: Uint8Array, writer: number): void {
    this.writer = writer
    const before = this.ours
    this.ours = this.followOurs(state)
    this.partRevived(before)
    before.destroy()
    this.isStale = true
  }

  /** What the server sent. Throws `RangeError` for what is no update that a record could hold. */
  receive(bytes: Uint8Array): void {
    const last = parseUpdate(bytes).structs.get(this.theirWriter)?.at(-1)
    // Somebody goes on under the id we write with: a copy of this computer, or a liar. We take another one.
    if (last !== undefined && last.clock + last.length > Y.getState(this.theirs.store, this.theirWriter))
      this.theirWriter = freshId(this.random)
    Y.applyUpdate(this.theirs, bytes, HEARD)
  }

  /** Carries over what either side has and the other has not. */
  settle(): Settled {
    const ours = this.isStale ? this.reconcile() : this.carryBoth(this.touched)
    this.isStale = false
    this.touched = { ours: new Touched(), theirs: new Touched() }
    const [updates, theirs, pairs] = [this.unkept, this.unsent, this.pairs.takeAdded()]
    this.unkept = []
    this.unsent = []
    return { ours, theirs, row: updates.length === 0 && ours === null ? null : { updates, pairs } }
  }

  /** All of it in one row. */
  whole(): MirrorRow {
    return { updates: [Y.encodeStateAsUpdate(this.theirs)], pairs: this.pairs.encode() }
  }

  vector(): Uint8Array {
    return Y.encodeStateVector(this.theirs)
  }

  /** What somebody lacks of theirs who has a state vector. Throws when it is none. */
  difference(vector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.theirs, vector)
  }

  /** Which computer the server's document says connects this document of ours; null when none does. */
  bridge(document: string): string | null {
    const value = this.theirs.getMap(BRIDGES).get(document)
    return typeof value === 'string' ? value : null
  }

  setBridge(document: string, bridge: string | null): void {
    const bridges = this.theirs.getMap(BRIDGES)
    if (bridge === null) bridges.delete(document)
    else bridges.set(document, bridge)
  }

  /** The two documents, for reading. */
  get documents(): { readonly ours: Y.Doc; readonly theirs: Y.Doc; readonly pairs: IdPairs } {
    return { ours: this.ours, theirs: this.theirs, pairs: this.pairs }
  }

  private followOurs(state: Uint8Array): Y.Doc {
    const doc = createSteadyDocument()
    rootsOf(doc)
    Y.applyUpdate(doc, state, CARRIED)
    doc.on('afterTransaction', (transaction) => {
      if (transaction.origin !== CARRIED) this.touched.ours.note(transaction)
    })
    return doc
  }

  private reconcile(): Uint8Array | null {
    if (this.isNew) adoptEquals(this.ours, this.theirs, this.pairs)
    this.isNew = false
    this.deleteLost(this.dropLost())
    return this.carryBoth({ ours: null, theirs: null })
  }

  private carryBoth(touched: Record<Side, Touched | null>): Uint8Array | null {
    const { ours, theirs, pairs, writer } = this
    // Theirs first: on a first meeting of two titles the one that many people see already stays.
    const forOurs = carryChanges({
      from: theirs,
      to: ours,
      side: 'theirs',
      pairs,
      writer,
      largestValue: LARGEST_VALUE,
      touched: touched.theirs,
    })
    if (forOurs !== null) Y.applyUpdate(ours, forOurs, CARRIED)
    const forTheirs = carryChanges({
      from: ours,
      to: theirs,
      side: 'ours',
      pairs,
      writer: this.theirWriter,
      largestValue: LARGEST_VALUE,
      touched: touched.ours,
    })
    if (forTheirs !== null) Y.applyUpdate(theirs, forTheirs, CARRIED)
    return forOurs
  }

  /** Unpairs words that our document no longer knows of at all, and says which: edits of a writer that died, or judged away. */
  private dropLost(): PairedRange[] {
    const lost: PairedRange[] = []
    for (const { ours, theirs, length, born } of this.pairs.all()) {
      const gone = ours.clock + length - Math.max(ours.clock, Y.getState(this.ours.store, ours.client))
      if (gone <= 0) continue
      const offset = length - gone
      const part = { client: ours.client, clock: ours.clock + offset }
      lost.push({ ours: part, theirs: { ...theirs, clock: theirs.clock + offset }, length: gone, born })
      this.pairs.drop('ours', part, gone)
    }
    return lost
  }

  /** Takes our own lost words off the server. Foreign ones are brought once more instead. */
  private deleteLost(lost: readonly PairedRange[]): void {
    for (const { theirs, length, born } of lost) {
      const living = [...livingRanges(this.theirs, theirs.client, theirs.clock, length)]
      if (born === 'theirs' || living.length === 0) continue
      const update = encodeUpdate({ structs: new Map(), deletes: new Map([[theirs.client, living]]) })
      Y.applyUpdate(this.theirs, update, CARRIED)
    }
  }

  /**
   * Unpairs words of ours that are on the page again (`before`: not so before) after their partners were deleted with them:
   * whoever deleted them may not, or they count after all. Paired, they would be deleted here once more; so they are new words
   * for the server.
   */
  private partRevived(before: Y.Doc | null): void {
    for (const { ours, theirs, length } of this.pairs.all()) {
      for (const gone of deletedRanges(this.theirs, theirs.client, theirs.clock, length)) {
        const clock = ours.clock + gone.clock - theirs.clock
        for (const living of livingRanges(this.ours, ours.client, clock, gone.length)) {
          const revived = before === null ? [living] : deletedRanges(before, ours.client, living.clock, living.length)
          for (const range of revived)
            this.pairs.drop('ours', { client: ours.client, clock: range.clock }, range.length)
        }
      }
    }
  }
}

/** As Yjs makes them. */
function freshId(random: () => number): number {
  return Math.floor(random() * 2 ** 32)
}
