/** Reads columns (update-columns.ts) back into updates, strictly: they come from elsewhere. */
import * as decoding from 'lib0/decoding'
import {
  type DeleteRange,
  KIND,
  type StructId,
  type StructParent,
  type UpdateStruct,
  type YjsUpdate,
} from '../../shared/log/yjs-update.ts'
import { ColumnContext } from './column-context.ts'
import { type Column, COLUMNS, isHollow, isSingle, LIKELY, type UpdateColumns } from './update-columns.ts'

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20

/** Gives back the updates, taken apart; throws `RangeError` for columns that don't fit together or hold more than `most` parts. */
export function readColumns(columns: UpdateColumns, count: number, most = Number.POSITIVE_INFINITY): YjsUpdate[] {
  try {
    const reading = new Reading(columns, most)
    const updates: YjsUpdate[] = []
    for (let i = 0; i < count; i++) updates.push(reading.update())
    return updates
  } catch (cause) {
    if (cause instanceof RangeError) throw cause
    // lib0 throws plain errors at the end of its input and at large numbers, TextDecoder at text that is not UTF-8.
    throw new RangeError('A closed run is cut off or garbled.', { cause })
  }
}

interface Group {
  readonly client: number
  readonly count: number
  readonly clock: number
}

class Reading {
  private readonly from: Record<Column, decoding.Decoder>
  private readonly clients: number[] = []
  private readonly text: string
  /** How much of the text is read. */
  private at = 0
  private readonly context = new ColumnContext()

  /** How many structs and deleted ranges there may still be. */
  private left: number

  constructor(columns: UpdateColumns, most: number) {
    this.left = most
    this.from = Object.fromEntries(COLUMNS.map((name) => [name, decoding.createDecoder(columns[name])])) as Record<
      Column,
      decoding.Decoder
    >
    const { clients } = this.from
    while (decoding.hasContent(clients)) this.clients.push(decoding.readVarUint(clients))
    this.text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(columns.texts)
  }

  update(): YjsUpdate {
    const structs = new Map<number, UpdateStruct[]>()
    for (const group of this.groups()) {
      let { clock } = group
      const list: UpdateStruct[] = []
      for (let i = 0; i < group.count; i++) {
        const struct = this.struct(group.client, clock)
        list.push(struct)
        clock += struct.length
      }
      if (list.length > 0) this.context.sawStructs(group.client, clock)
      structs.set(group.client, list)
    }
    return { structs, deletes: this.deletions() }
  }

  private groups(): Group[] {
    const { groups } = this.from
    const { writing } = this.context
    const short = decoding.readVarUint(groups)
    if (short === 1) return []
    if (short > 1) return [{ client: known(writing), count: short - 1, clock: this.context.nextClock(writing) }]
    return Array.from({ length: decoding.readVarUint(groups) }, () => {
      const client = this.clientAt(decoding.readVarUint(groups))
      const count = decoding.readVarUint(groups)
      return { client, count, clock: checked(this.context.nextClock(client) + decoding.readVarInt(groups)) }
    })
  }

  private spend(): void {
    if ((this.left -= 1) < 0) throw new RangeError('A closed run has more parts than one may have.')
  }

  private struct(client: number, clock: number): UpdateStruct {
    this.spend()
    const { from } = this
    const info = decoding.readUint8(from.infos)
    const hollow = isHollow(info)
    const origin = hollow || (info & HAS_ORIGIN) === 0 ? null : this.origin(client, clock)
    const rightOrigin = hollow || (info & HAS_RIGHT_ORIGIN) === 0 ? null : this.right(origin)
    const rooted = !hollow && origin === null && rightOrigin === null
    const parent = rooted ? this.parent(clock) : null
    const parentKey = rooted && (info & HAS_PARENT_KEY) !== 0 ? decoding.readVarString(from.parents) : null
    const length = isSingle(info) ? 1 : decoding.readVarUint(from.lengths)
    if (length < 1) throw new RangeError('A closed run has an empty struct.')
    let text: string | null = null
    let content: Uint8Array = NONE
    if ((info & 0x1f) === KIND.string) {
      text = this.text.slice(this.at, (this.at += length))
      if (text.length !== length) throw new RangeError('A closed run has less text than it says.')
    } else if (!hollow) content = decoding.readVarUint8Array(from.contents)
    return { clock, length, info, origin, rightOrigin, parent, parentKey, text, content }
  }

  private origin(client: number, clock: number): StructId {
    const number = decoding.readVarUint(this.from.origins)
    const origin =
      number < LIKELY.origins
        ? this.likely(this.context.origins(client, clock)[number])
        : this.explicit(number - LIKELY.origins, this.from.originClocks, (one) => this.context.originClock(one))
    if (number !== 0) this.context.sawOrigin(origin)
    return origin
  }

  private right(origin: StructId | null): StructId {
    const number = decoding.readVarUint(this.from.rights)
    const right =
      number < LIKELY.rights
        ? this.likely(this.context.rights(origin)[number])
        : this.explicit(number - LIKELY.rights, this.from.rightClocks, () => this.context.rightClock())
    this.context.sawRight(right)
    return right
  }

  private likely(id: StructId | null | undefined): StructId {
    if (id === null || id === undefined) throw new RangeError('A closed run refers to a neighbour it never named.')
    return { client: known(id.client), clock: checked(id.clock) }
  }

  private explicit(index: number, clocks: decoding.Decoder, base: (client: number) => number): StructId {
    const client = this.clientAt(index)
    return { client, clock: checked(base(client) + decoding.readVarInt(clocks)) }
  }

  private parent(clock: number): StructParent {
    const { parents } = this.from
    const index = decoding.readVarUint(parents)
    if (index === 0) return { root: decoding.readVarString(parents) }
    return { client: this.clientAt(index - 1), clock: checked(clock - decoding.readVarInt(parents)) }
  }

  private deletions(): Map<number, DeleteRange[]> {
    const { deleteGroups } = this.from
    const deletes = new Map<number, DeleteRange[]>()
    const short = decoding.readVarUint(deleteGroups)
    if (short === 1) return deletes
    const groups =
      short > 1
        ? [{ client: known(this.context.deleting), count: short - 1 }]
        : Array.from({ length: decoding.readVarUint(deleteGroups) }, () => ({
            client: this.clientAt(decoding.readVarUint(deleteGroups)),
            count: decoding.readVarUint(deleteGroups),
          }))
    for (const { client, count } of groups) {
      const ranges: DeleteRange[] = []
      for (let i = 0; i < count; i++) ranges.push(this.deletion(client))
      deletes.set(client, ranges.reverse())
    }
    return deletes
  }

  private deletion(client: number): DeleteRange {
    this.spend()
    const number = decoding.readVarUint(this.from.deletes)
    const edges = this.context.edges(client)
    const length = decoding.readVarUint(this.from.deleteLengths)
    let clock: number
    if (number < LIKELY.edges) clock = checked(edges[number]) - length
    else if (number < LIKELY.edges * 2) clock = checked(edges[number - LIKELY.edges])
    else clock = this.context.deletedClock() + decoding.readVarInt(this.from.deleteClocks) - length
    this.context.sawDeletion(client, checked(clock), clock + length)
    return { clock, length }
  }

  private clientAt(index: number): number {
    const client = this.clients[index]
    if (client === undefined) throw new RangeError('A closed run names a client it does not list.')
    return client
  }
}

const NONE = new Uint8Array(0)

function known(client: number): number {
  if (client < 0) throw new RangeError('A closed run goes on as a client it never named.')
  return client
}

function checked(clock: number | undefined): number {
  if (clock === undefined || !Number.isSafeInteger(clock) || clock < 0)
    throw new RangeError('A closed run has a clock beyond all bounds.')
  return clock
}
