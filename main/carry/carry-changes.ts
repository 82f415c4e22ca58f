/**
 * Carries what one of two paired documents has and the other has not into the other: one update, written under one client
 * id of ours, that puts the same words at the same places.
 *
 * A word is put right behind the partner of the word before it, so nothing is left for Yjs to decide by comparing client
 * ids: the two documents agree whatever ids their writers have. Deletions go to the partners of what was deleted.
 */
import * as Y from 'yjs'
import { BODY, FACTS, MAX_NESTING } from '../../shared/document/document-shape.ts'
import {
  type DeleteRange,
  encodeUpdate,
  joinRanges,
  type StructId,
  type StructParent,
  type UpdateStruct,
} from '../../shared/log/yjs-update.ts'
import type { IdPairs, Side } from './id-pairs.ts'
import { copyContent, deletedRanges, itemAt, livingRanges } from './item-content.ts'
import type { Touched } from './touched.ts'

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20

type AnyType = Y.AbstractType<unknown>

/** A shared type with words to carry, and what it is in the other document. */
interface Visit {
  readonly type: AnyType
  readonly parent: StructParent
  /** Null for a type that is itself carried in this very update. */
  readonly partner: AnyType | null
  readonly depth: number
}

/** The types both documents are made of. What else a foreign program keeps in its document stays there. */
export function rootsOf(doc: Y.Doc): ReadonlyMap<string, AnyType> {
  return new Map<string, AnyType>([
    [BODY, doc.getXmlFragment(BODY) as unknown as AnyType],
    [FACTS, doc.getMap(FACTS) as unknown as AnyType],
  ])
}

interface CarryParts {
  readonly from: Y.Doc
  readonly to: Y.Doc
  readonly side: Side
  readonly pairs: IdPairs
  /** The client id it is written under. */
  readonly writer: number
  /** Bytes of the largest value that is taken along. */
  readonly largestValue: number
}

/** The update for `to`, and its pairs are known; null when nothing has to be carried. `touched` null means everything. */
export function carryChanges({ touched, ...parts }: CarryParts & { touched: Touched | null }): Uint8Array | null {
  return new Carrying(parts).run(touched)
}

class Carrying {
  private readonly from: Y.Doc
  private readonly to: Y.Doc
  private readonly side: Side
  private readonly pairs: IdPairs
  private readonly writer: number
  private readonly largestValue: number
  private readonly structs: UpdateStruct[] = []
  private readonly deletes = new Map<number, DeleteRange[]>()
  private readonly visits: Visit[] = []
  private next: number

  constructor(parts: CarryParts) {
    this.from = parts.from
    this.to = parts.to
    this.side = parts.side
    this.pairs = parts.pairs
    this.writer = parts.writer
    this.largestValue = parts.largestValue
    this.next = Y.getState(this.to.store, this.writer)
  }

  run(touched: Touched | null): Uint8Array | null {
    const types = touched === null ? rootsOf(this.from).values() : touched.types
    for (const type of types) this.meet(type)
    for (let visit = this.visits.pop(); visit !== undefined; visit = this.visits.pop()) {
      this.list(visit, touched === null)
      this.keys(visit, touched === null)
    }
    if (touched === null) this.allDeletions()
    else for (const { client, clock, length } of touched.deletions) this.deletePartners({ client, clock }, length)
    if (this.structs.length === 0 && this.deletes.size === 0) return null
    return encodeUpdate({ structs: new Map([[this.writer, this.structs]]), deletes: this.deletes })
  }

  /** Plans a visit of a type that both documents have. */
  private meet(type: AnyType): void {
    const item = type._item
    if (item === null) {
      for (const [name, root] of rootsOf(this.from)) {
        if (root !== type) continue
        this.visits.push({ type, parent: { root: name }, partner: rootsOf(this.to).get(name) ?? null, depth: 0 })
      }
      return
    }
    const id = item.deleted ? null : this.pairs.partner(this.side, item.id)
    const partner = id === null ? null : itemAt(this.to, id.client, id.clock)
    if (id === null || partner === null || partner.deleted || !(partner.content instanceof Y.ContentType)) return
    this.visits.push({ type, parent: id, partner: partner.content.type as AnyType, depth: depthOf(type) })
  }

  private list(visit: Visit, everything: boolean): void {
    let left: StructId | null = null
    let right: StructId | null = visit.partner?._start?.id ?? null
    for (let item = visit.type._start; item !== null; item = item.right) {
      for (const { clock, length, partner } of this.pairs.pieces(this.side, item.id, item.length)) {
        if (partner === null) {
          if (item.deleted) continue
          const id = this.carry(visit, item, clock - item.id.clock, length, left, right, null)
          if (id !== null) left = { client: id.client, clock: id.clock + length - 1 }
          continue
        }
        const last = { client: partner.client, clock: partner.clock + length - 1 }
        const neighbour = itemAt(this.to, last.client, last.clock)
        if (neighbour === null || neighbour.parent !== visit.partner) continue
        left = last
        right =
          last.clock < neighbour.id.clock + neighbour.length - 1
            ? { client: last.client, clock: last.clock + 1 }
            : (neighbour.right?.id ?? null)
        if (everything && !item.deleted && item.content instanceof Y.ContentType)
          this.meet(item.content.type as AnyType)
      }
    }
  }

  private keys(visit: Visit, everything: boolean): void {
    for (const [key, item] of visit.type._map) {
      if (item.deleted) continue
      // Of several values under one key the last one counts.
      const last = item.length - 1
      const id = { client: item.id.client, clock: item.id.clock + last }
      if (this.pairs.partner(this.side, id) !== null) {
        if (everything && item.content instanceof Y.ContentType) this.meet(item.content.type as AnyType)
        continue
      }
      const before = visit.partner?._map.get(key)
      const left =
        before === undefined ? null : { client: before.id.client, clock: before.id.clock + before.length - 1 }
      this.carry(visit, item, last, 1, left, null, key)
    }
  }

  /** Writes part of an item for the other document. Null when it can't be carried: it stays where it is. */
  private carry(
    { parent, depth }: Visit,
    item: Y.Item,
    offset: number,
    length: number,
    origin: StructId | null,
    rightOrigin: StructId | null,
    parentKey: string | null,
  ): StructId | null {
    const copied = copyContent(item, offset, length, this.largestValue)
    const inner = item.content instanceof Y.ContentType ? (item.content.type as AnyType) : null
    if (copied === null || (inner !== null && depth >= MAX_NESTING)) return null
    const id = { client: this.writer, clock: this.next }
    const stands = origin === null && rightOrigin === null
    this.structs.push({
      ...copied,
      clock: id.clock,
      info:
        copied.info |
        (origin === null ? 0 : HAS_ORIGIN) |
        (rightOrigin === null ? 0 : HAS_RIGHT_ORIGIN) |
        (parentKey === null ? 0 : HAS_PARENT_KEY),
      origin,
      rightOrigin,
      parent: stands ? parent : null,
      parentKey: stands ? parentKey : null,
    })
    this.next += length
    const source = { client: item.id.client, clock: item.id.clock + offset }
    const [ours, theirs] = this.side === 'ours' ? [source, id] : [id, source]
    this.pairs.add({ ours, theirs, length, born: this.side })
    if (inner !== null) this.visits.push({ type: inner, parent: id, partner: null, depth: depth + 1 })
    return id
  }

  private deletePartners({ client, clock }: StructId, length: number): void {
    for (const { partner, length: run } of this.pairs.pieces(this.side, { client, clock }, length)) {
      if (partner === null) continue
      const living = [...livingRanges(this.to, partner.client, partner.clock, run)]
      if (living.length === 0) continue
      this.deletes.set(partner.client, joinRanges([...(this.deletes.get(partner.client) ?? []), ...living]))
    }
  }

  private allDeletions(): void {
    for (const range of this.pairs.all()) {
      const { client, clock } = range[this.side]
      for (const gone of deletedRanges(this.from, client, clock, range.length))
        this.deletePartners({ client, clock: gone.clock }, gone.length)
    }
  }
}

function depthOf(type: AnyType): number {
  let depth = 0
  for (let item = type._item; item !== null; depth++) {
    if (!(item.parent instanceof Y.AbstractType)) break
    item = item.parent._item
  }
  return depth
}
