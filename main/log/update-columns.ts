/**
 * A list of canonical Yjs updates as columns: like values stand beside like, so that the deflate that follows finds
 * little left to say. Someone typing on costs almost nothing but the letters.
 *
 * Lossless: reading the columns gives back every update, and encoding it every byte. docs/FILE-FORMAT.md describes each column.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import {
  type DeleteRange,
  KIND,
  type StructId,
  type StructParent,
  type UpdateStruct,
  type YjsUpdate,
} from '../../shared/log/yjs-update.ts'

/** The columns, by the names they have in the file. */
const COLUMNS = [
  'clients',
  'groups',
  'infos',
  'origins',
  'rights',
  'parents',
  'lengths',
  'texts',
  'contents',
  'deleteGroups',
  'deleteClocks',
  'deleteLengths',
] as const
type Column = (typeof COLUMNS)[number]
export type UpdateColumns = Readonly<Record<Column, Uint8Array>>

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20

/** What both directions remember from one struct to the next, so that only surprises are written. */
class Expectation {
  readonly nextClock = new Map<number, number>()
  right: StructId | null = null
  origin = new Map<number, number>()
  deleted = 0
}

export function writeColumns(updates: readonly YjsUpdate[]): UpdateColumns {
  const out = Object.fromEntries(COLUMNS.map((name) => [name, encoding.createEncoder()])) as Record<
    Column,
    encoding.Encoder
  >
  const clients = new Map<number, number>()
  const expect = new Expectation()
  const indexOf = (client: number): number => {
    let index = clients.get(client)
    if (index === undefined) {
      clients.set(client, (index = clients.size))
      encoding.writeVarUint(out.clients, client)
    }
    return index
  }
  const texts: string[] = []
  for (const update of updates) {
    encoding.writeVarUint(out.groups, update.structs.size)
    for (const [client, list] of update.structs) {
      const first = list[0]?.clock ?? 0
      encoding.writeVarUint(out.groups, indexOf(client))
      encoding.writeVarUint(out.groups, list.length)
      encoding.writeVarInt(out.groups, first - (expect.nextClock.get(client) ?? 0))
      for (const struct of list) writeStruct(out, texts, expect, indexOf, client, struct)
    }
    writeDeletes(out, expect, indexOf, update.deletes)
  }
  encoding.writeUint8Array(out.texts, new TextEncoder().encode(texts.join('')))
  return Object.fromEntries(COLUMNS.map((name) => [name, encoding.toUint8Array(out[name])])) as Record<
    Column,
    Uint8Array
  >
}

function writeStruct(
  out: Record<Column, encoding.Encoder>,
  texts: string[],
  expect: Expectation,
  indexOf: (client: number) => number,
  client: number,
  struct: UpdateStruct,
): void {
  encoding.writeUint8(out.infos, struct.info)
  if (struct.origin !== null) {
    const { origin } = struct
    if (origin.client === client && origin.clock === struct.clock - 1) encoding.writeVarUint(out.origins, 0)
    else {
      encoding.writeVarUint(out.origins, indexOf(origin.client) + 1)
      encoding.writeVarInt(out.origins, origin.clock - (expect.origin.get(origin.client) ?? 0))
      expect.origin.set(origin.client, origin.clock)
    }
  }
  if (struct.rightOrigin !== null) {
    const { rightOrigin } = struct
    if (
      expect.right !== null &&
      expect.right.client === rightOrigin.client &&
      expect.right.clock === rightOrigin.clock
    ) {
      encoding.writeVarUint(out.rights, 0)
    } else {
      encoding.writeVarUint(out.rights, indexOf(rightOrigin.client) + 1)
      encoding.writeVarInt(out.rights, rightOrigin.clock - (expect.right?.clock ?? 0))
      expect.right = rightOrigin
    }
  }
  if (struct.parent !== null) {
    if ('root' in struct.parent) {
      encoding.writeVarUint(out.parents, 0)
      encoding.writeVarString(out.parents, struct.parent.root)
    } else {
      encoding.writeVarUint(out.parents, indexOf(struct.parent.client) + 1)
      encoding.writeVarUint(out.parents, struct.parent.clock)
    }
    if (struct.parentKey !== null) encoding.writeVarString(out.parents, struct.parentKey)
  }
  encoding.writeVarUint(out.lengths, struct.length)
  if (struct.text !== null) texts.push(struct.text)
  else if (!isHollow(struct.info)) encoding.writeVarUint8Array(out.contents, struct.content)
  expect.nextClock.set(client, struct.clock + struct.length)
}

/** Garbage-collected and skipped structs have a length and nothing else. */
function isHollow(info: number): boolean {
  const kind = info & 0x1f
  return kind === KIND.gc || kind === KIND.skip
}

/** Ranges run from the last to the first, each told from the one before: backspacing then repeats itself. */
function writeDeletes(
  out: Record<Column, encoding.Encoder>,
  expect: Expectation,
  indexOf: (client: number) => number,
  deletes: ReadonlyMap<number, readonly DeleteRange[]>,
): void {
  encoding.writeVarUint(out.deleteGroups, deletes.size)
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(out.deleteGroups, indexOf(client))
    encoding.writeVarUint(out.deleteGroups, ranges.length)
    for (const range of ranges.toReversed()) {
      encoding.writeVarInt(out.deleteClocks, range.clock + range.length - expect.deleted)
      encoding.writeVarUint(out.deleteLengths, range.length)
      expect.deleted = range.clock
    }
  }
}

/** Gives back the updates, taken apart; throws `RangeError` for columns that don't fit together. */
export function readColumns(columns: UpdateColumns, count: number): YjsUpdate[] {
  const from = Object.fromEntries(COLUMNS.map((name) => [name, decoding.createDecoder(columns[name])])) as Record<
    Column,
    decoding.Decoder
  >
  const clients: number[] = []
  while (decoding.hasContent(from.clients)) clients.push(decoding.readVarUint(from.clients))
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(columns.texts)
  const reading: Reading = { from, clients, text, at: 0, expect: new Expectation() }
  const updates: YjsUpdate[] = []
  for (let i = 0; i < count; i++) updates.push(readUpdate(reading))
  return updates
}

interface Reading {
  readonly from: Record<Column, decoding.Decoder>
  readonly clients: readonly number[]
  readonly text: string
  at: number
  readonly expect: Expectation
}

function readUpdate(reading: Reading): YjsUpdate {
  const { from, expect } = reading
  const structs = new Map<number, UpdateStruct[]>()
  const groups = decoding.readVarUint(from.groups)
  for (let g = 0; g < groups; g++) {
    const client = clientAt(reading, decoding.readVarUint(from.groups))
    const length = decoding.readVarUint(from.groups)
    let clock = (expect.nextClock.get(client) ?? 0) + decoding.readVarInt(from.groups)
    const list: UpdateStruct[] = []
    for (let i = 0; i < length; i++) {
      const struct = readStruct(reading, client, clock)
      list.push(struct)
      clock += struct.length
    }
    expect.nextClock.set(client, clock)
    structs.set(client, list)
  }
  return { structs, deletes: readDeletes(reading) }
}

function readStruct(reading: Reading, client: number, clock: number): UpdateStruct {
  const { from, expect } = reading
  const info = decoding.readUint8(from.infos)
  const hollow = isHollow(info)
  const origin = hollow || (info & HAS_ORIGIN) === 0 ? null : readOrigin(reading, client, clock)
  const rightOrigin = hollow || (info & HAS_RIGHT_ORIGIN) === 0 ? null : readRight(reading)
  let parent: StructParent | null = null
  let parentKey: string | null = null
  if (!hollow && origin === null && rightOrigin === null) {
    const index = decoding.readVarUint(from.parents)
    parent =
      index === 0
        ? { root: decoding.readVarString(from.parents) }
        : { client: clientAt(reading, index - 1), clock: decoding.readVarUint(from.parents) }
    if ((info & HAS_PARENT_KEY) !== 0) parentKey = decoding.readVarString(from.parents)
  }
  const length = decoding.readVarUint(from.lengths)
  if (length < 1) throw new RangeError('A closed run has an empty struct.')
  let text: string | null = null
  let content: Uint8Array = new Uint8Array(0)
  if ((info & 0x1f) === KIND.string) {
    text = reading.text.slice(reading.at, (reading.at += length))
    if (text.length !== length) throw new RangeError('A closed run has less text than it says.')
  } else if (!hollow) content = decoding.readVarUint8Array(from.contents)
  expect.nextClock.set(client, clock + length)
  return { clock, length, info, origin, rightOrigin, parent, parentKey, text, content }
}

function readOrigin(reading: Reading, client: number, clock: number): StructId {
  const index = decoding.readVarUint(reading.from.origins)
  if (index === 0) return { client, clock: clock - 1 }
  const other = clientAt(reading, index - 1)
  const at = (reading.expect.origin.get(other) ?? 0) + decoding.readVarInt(reading.from.origins)
  reading.expect.origin.set(other, at)
  return { client: other, clock: at }
}

function readRight(reading: Reading): StructId {
  const { from, expect } = reading
  const index = decoding.readVarUint(from.rights)
  if (index === 0) {
    if (expect.right === null) throw new RangeError('A closed run refers to a neighbour it never named.')
    return expect.right
  }
  expect.right = {
    client: clientAt(reading, index - 1),
    clock: (expect.right?.clock ?? 0) + decoding.readVarInt(from.rights),
  }
  return expect.right
}

function readDeletes(reading: Reading): Map<number, DeleteRange[]> {
  const { deleteGroups, deleteClocks, deleteLengths } = reading.from
  const deletes = new Map<number, DeleteRange[]>()
  const groups = decoding.readVarUint(deleteGroups)
  for (let g = 0; g < groups; g++) {
    const client = clientAt(reading, decoding.readVarUint(deleteGroups))
    const count = decoding.readVarUint(deleteGroups)
    const ranges: DeleteRange[] = []
    for (let i = 0; i < count; i++) {
      const end = reading.expect.deleted + decoding.readVarInt(deleteClocks)
      const length = decoding.readVarUint(deleteLengths)
      reading.expect.deleted = end - length
      ranges.push({ clock: end - length, length })
    }
    deletes.set(client, ranges.reverse())
  }
  return deletes
}

function clientAt(reading: Reading, index: number): number {
  const client = reading.clients[index]
  if (client === undefined) throw new RangeError('A closed run names a client it does not list.')
  return client
}
