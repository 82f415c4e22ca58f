/**
 * Which word of our document is which word of theirs: a one-to-one relation between ids, kept as ranges and looked up from
 * either side. A new pair takes the place of older ones of the same ids.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { StructId } from '../../shared/log/yjs-update.ts'

export type Side = 'ours' | 'theirs'

export interface PairedRange {
  readonly ours: StructId
  readonly theirs: StructId
  readonly length: number
  /** The side on which the words were written; the other one has a copy. */
  readonly born: Side
}

/** Part of a range of ids, with the first of its partners or null. */
export interface Piece {
  readonly clock: number
  readonly length: number
  readonly partner: StructId | null
}

interface Entry extends Piece {
  readonly partner: StructId
  readonly born: Side
}

export class IdPairs {
  private readonly sides: Record<Side, Map<number, Entry[]>> = { ours: new Map(), theirs: new Map() }
  private added: PairedRange[] = []

  add(range: PairedRange): void {
    this.place(range)
    this.added.push(range)
  }

  /** The pairs added since this was asked last, as bytes. */
  takeAdded(): Uint8Array {
    const added = this.added
    this.added = []
    return encodePairs(added)
  }

  /** Takes over what `takeAdded` gave. Throws `RangeError` when it is garbled. */
  load(bytes: Uint8Array): void {
    for (const range of decodePairs(bytes)) this.place(range)
  }

  /** All of it, as bytes. */
  encode(): Uint8Array {
    return encodePairs(this.all())
  }

  all(): readonly PairedRange[] {
    return [...this.sides.ours].flatMap(([client, entries]) =>
      entries.map(({ clock, length, partner, born }) => ({ ours: { client, clock }, theirs: partner, length, born })),
    )
  }

  partner(side: Side, id: StructId): StructId | null {
    const [piece] = this.pieces(side, id, 1)
    return piece?.partner ?? null
  }

  /** A range of ids in order, cut where partners begin and end. */
  pieces(side: Side, { client, clock }: StructId, length: number): readonly Piece[] {
    const entries = this.sides[side].get(client) ?? []
    const pieces: Piece[] = []
    const end = clock + length
    let at = clock
    for (let i = firstEndingAfter(entries, clock); at < end; i++) {
      const entry = entries[i]
      const start = Math.min(entry?.clock ?? end, end)
      if (start > at) pieces.push({ clock: at, length: start - at, partner: null })
      if (entry === undefined || start >= end) break
      const from = Math.max(at, entry.clock)
      at = Math.min(entry.clock + entry.length, end)
      pieces.push({ clock: from, length: at - from, partner: shifted(entry.partner, from - entry.clock) })
    }
    return pieces
  }

  /** Forgets what a range of ids was paired with. */
  drop(side: Side, { client, clock }: StructId, length: number): void {
    const other = side === 'ours' ? 'theirs' : 'ours'
    for (const piece of this.pieces(side, { client, clock }, length)) {
      if (piece.partner === null) continue
      this.cut(side, { client, clock: piece.clock }, piece.length)
      this.cut(other, piece.partner, piece.length)
    }
  }

  private place(range: PairedRange): void {
    const { ours, theirs, length, born } = range
    this.drop('ours', ours, length)
    this.drop('theirs', theirs, length)
    this.insert('ours', ours.client, { clock: ours.clock, length, partner: theirs, born })
    this.insert('theirs', theirs.client, { clock: theirs.clock, length, partner: ours, born })
  }

  private insert(side: Side, client: number, entry: Entry): void {
    let entries = this.sides[side].get(client)
    if (entries === undefined) this.sides[side].set(client, (entries = []))
    const index = firstEndingAfter(entries, entry.clock)
    const before = entries[index - 1]
    if (before !== undefined && continues(before, entry)) {
      entries[index - 1] = { ...before, length: before.length + entry.length }
    } else entries.splice(index, 0, entry)
  }

  private cut(side: Side, { client, clock }: StructId, length: number): void {
    const entries = this.sides[side].get(client) ?? []
    const index = firstEndingAfter(entries, clock)
    const entry = entries[index]
    if (entry === undefined) throw new Error('Broken invariant: a pair is known on both sides')
    const end = clock + length
    const rest = entry.clock + entry.length - end
    entries.splice(
      index,
      1,
      ...(clock > entry.clock ? [{ ...entry, length: clock - entry.clock }] : []),
      ...(rest > 0 ? [{ ...entry, clock: end, length: rest, partner: shifted(entry.partner, end - entry.clock) }] : []),
    )
  }
}

function shifted({ client, clock }: StructId, by: number): StructId {
  return { client, clock: clock + by }
}

function continues(before: Entry, next: Entry): boolean {
  return (
    before.clock + before.length === next.clock &&
    before.partner.client === next.partner.client &&
    before.partner.clock + before.length === next.partner.clock &&
    before.born === next.born
  )
}

/** Index of the first entry that does not end at or before a clock. */
function firstEndingAfter(entries: readonly Entry[], clock: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = entries[middle] as Entry
    if (entry.clock + entry.length <= clock) low = middle + 1
    else high = middle
  }
  return low
}

function encodePairs(ranges: readonly PairedRange[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, ranges.length)
  for (const { ours, theirs, length, born } of ranges) {
    for (const number of [ours.client, ours.clock, theirs.client, theirs.clock, length, born === 'ours' ? 0 : 1])
      encoding.writeVarUint(encoder, number)
  }
  return encoding.toUint8Array(encoder)
}

function decodePairs(bytes: Uint8Array): PairedRange[] {
  const decoder = decoding.createDecoder(bytes)
  const number = (): number => {
    if (!decoding.hasContent(decoder)) throw new RangeError('The pairs are cut off.')
    return decoding.readVarUint(decoder)
  }
  const ranges: PairedRange[] = []
  for (let left = number(); left > 0; left--) {
    const ours = { client: number(), clock: number() }
    const theirs = { client: number(), clock: number() }
    ranges.push({ ours, theirs, length: number(), born: number() === 0 ? 'ours' : 'theirs' })
  }
  return ranges
}
