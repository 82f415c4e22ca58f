/**
 * A Yjs V1 update taken apart into structs and delete ranges, and put together again.
 *
 * Yjs itself is never asked to look into bytes from elsewhere: this parser is strict and bounded, it cannot hang, and it
 * sees what the log needs to know: which client ids an update writes for, from which clock to which, and how many
 * structs. Encoding a parsed update gives one canonical byte string, so equal updates are equal bytes.
 * Format: UpdateEncoderV1 in yjs 13.6, described in docs/FILE-FORMAT.md.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { skipAny, skipJson, skipListed, skipOptions } from './update-values.ts'

export interface StructId {
  readonly client: number
  readonly clock: number
}

/** Where an item hangs when it has no neighbours to tell: a named root, or the item that holds its parent type. */
export type StructParent = { readonly root: string } | StructId

export interface UpdateStruct {
  readonly clock: number
  /** How many clock values it takes; at least 1. */
  readonly length: number
  /** Content kind in the low five bits; 0x80 origin, 0x40 right origin, 0x20 parent key. */
  readonly info: number
  readonly origin: StructId | null
  readonly rightOrigin: StructId | null
  readonly parent: StructParent | null
  readonly parentKey: string | null
  /** The text of a string struct; null for every other kind. */
  readonly text: string | null
  /** The content's own bytes for every other kind; empty for text and for garbage-collected structs. */
  readonly content: Uint8Array
}

export interface DeleteRange {
  readonly clock: number
  readonly length: number
}

export interface YjsUpdate {
  /** Client id -> its structs, clocks ascending. */
  readonly structs: ReadonlyMap<number, readonly UpdateStruct[]>
  /** Client id -> deleted ranges, ascending and not touching. */
  readonly deletes: ReadonlyMap<number, readonly DeleteRange[]>
}

export const KIND = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
}
const KIND_BITS = 0x1f
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20
const NONE = new Uint8Array(0)

export function kindOf(struct: UpdateStruct): number {
  return struct.info & KIND_BITS
}

/** An update of more parts than whoever reads it takes. */
export class TooManyParts extends RangeError {}

/**
 * Parses an update; throws `RangeError` with a sentence for anything that is not exactly one well-formed V1 update, and for
 * one of more than `most` structs and deleted ranges before it has read them.
 */
export function parseUpdate(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): YjsUpdate {
  try {
    return parse(bytes, most)
  } catch (cause) {
    if (cause instanceof RangeError) throw cause
    // lib0 throws plain errors at the end of its input and at text that is not UTF-8.
    throw new RangeError('The update is cut off or garbled.', { cause })
  }
}

function parse(bytes: Uint8Array, most: number): YjsUpdate {
  const decoder = decoding.createDecoder(bytes)
  let left = most
  const structs = new Map<number, UpdateStruct[]>()
  const clients = readCount(decoder, 'clients')
  for (let i = 0; i < clients; i++) {
    const count = readCount(decoder, 'structs')
    left = spend(left, count)
    const client = readNumber(decoder)
    let clock = readNumber(decoder)
    if (structs.has(client)) throw new RangeError('The update names a client twice.')
    const list: UpdateStruct[] = []
    for (let j = 0; j < count; j++) {
      const struct = readStruct(decoder, client, clock)
      list.push(struct)
      clock += struct.length
      if (!Number.isSafeInteger(clock)) throw new RangeError('The update has a clock beyond all bounds.')
    }
    structs.set(client, list)
  }
  const deletes = readDeletes(decoder, left)
  if (decoding.hasContent(decoder)) throw new RangeError('The update has bytes after its end.')
  return { structs, deletes }
}

/** Used again and again: an encoder of its own costs more than most updates. */
let kept = encoding.createEncoder()

function idleEncoder(): encoding.Encoder {
  // One that grew large is let go of.
  if (kept.cbuf.length > 2 ** 16) kept = encoding.createEncoder()
  kept.bufs.length = 0
  kept.cpos = 0
  return kept
}

function spend(left: number, count: number): number {
  if (count > left) throw new TooManyParts('The update has more parts than one may have.')
  return left - count
}

/**
 * Holds an update that was put together out of a closed run's columns to what `parseUpdate` holds bytes to: throws when it
 * is not one.
 */
export function checkUpdate({ structs }: YjsUpdate): void {
  for (const [client, list] of structs) {
    for (const struct of list) {
      checkLeaning(client, struct.clock, [struct.origin, struct.rightOrigin, struct.parent])
      const kind = kindOf(struct)
      if (struct.length < 1) throw new RangeError('The update has an empty struct.')
      if (kind === KIND.gc || kind === KIND.skip || struct.text !== null) continue
      const decoder = decoding.createDecoder(struct.content)
      if (readContent(decoder, kind).length !== struct.length || decoding.hasContent(decoder))
        throw new RangeError('The update has content of another length than it says.')
    }
  }
}

/** The one canonical encoding: clients in descending order, as Yjs writes them; delete ranges joined. */
export function encodeUpdate(update: YjsUpdate): Uint8Array {
  const encoder = idleEncoder()
  const clients = [...update.structs].filter(([, list]) => list.length > 0).sort(([a], [b]) => b - a)
  encoding.writeVarUint(encoder, clients.length)
  for (const [client, list] of clients) {
    encoding.writeVarUint(encoder, list.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, list[0]?.clock ?? 0)
    for (const struct of list) writeStruct(encoder, struct)
  }
  const deletes = [...update.deletes].filter(([, ranges]) => ranges.length > 0).sort(([a], [b]) => b - a)
  encoding.writeVarUint(encoder, deletes.length)
  for (const [client, ranges] of deletes) {
    const joined = joinRanges(ranges)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, joined.length)
    for (const range of joined) {
      encoding.writeVarUint(encoder, range.clock)
      encoding.writeVarUint(encoder, range.length)
    }
  }
  return encoding.toUint8Array(encoder)
}

/** Sorts ranges and joins those that touch or overlap. */
export function joinRanges(ranges: readonly DeleteRange[]): DeleteRange[] {
  const sorted = [...ranges].sort((a, b) => a.clock - b.clock)
  const joined: { clock: number; length: number }[] = []
  for (const range of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && range.clock <= last.clock + last.length) {
      last.length = Math.max(last.length, range.clock + range.length - last.clock)
    } else joined.push({ ...range })
  }
  return joined
}

/** The part of a string struct from `offset` on, as Yjs would split it. */
export function sliceText(client: number, struct: UpdateStruct, offset: number): UpdateStruct {
  if (struct.text === null || offset <= 0 || offset >= struct.length) throw new RangeError('Only text can be sliced.')
  return {
    clock: struct.clock + offset,
    length: struct.length - offset,
    info: struct.info | HAS_ORIGIN,
    origin: { client, clock: struct.clock + offset - 1 },
    rightOrigin: struct.rightOrigin,
    parent: null,
    parentKey: null,
    text: struct.text.slice(offset),
    content: NONE,
  }
}

function readNumber(decoder: decoding.Decoder): number {
  const value = decoding.readVarUint(decoder)
  if (!Number.isSafeInteger(value)) throw new RangeError('The update has a number beyond all bounds.')
  return value
}

/** A count of things that take at least one byte each: more than the bytes left is a lie. */
function readCount(decoder: decoding.Decoder, what: string): number {
  const count = readNumber(decoder)
  if (count > decoder.arr.length - decoder.pos)
    throw new RangeError(`The update claims more ${what} than it has bytes.`)
  return count
}

function readId(decoder: decoding.Decoder): StructId {
  return { client: readNumber(decoder), clock: readNumber(decoder) }
}

function readStruct(decoder: decoding.Decoder, client: number, clock: number): UpdateStruct {
  const info = decoding.readUint8(decoder)
  const kind = info & KIND_BITS
  if (kind === KIND.gc || kind === KIND.skip) {
    const length = readNumber(decoder)
    if (length < 1 || (info & ~KIND_BITS) !== 0) throw new RangeError('The update has an empty struct.')
    return {
      clock,
      length,
      info,
      origin: null,
      rightOrigin: null,
      parent: null,
      parentKey: null,
      text: null,
      content: NONE,
    }
  }
  const origin = (info & HAS_ORIGIN) === 0 ? null : readId(decoder)
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) === 0 ? null : readId(decoder)
  let parent: StructParent | null = null
  let parentKey: string | null = null
  if (origin === null && rightOrigin === null) {
    const kindOfParent = readNumber(decoder)
    if (kindOfParent > 1) throw new RangeError('The update has a parent of no known kind.')
    parent = kindOfParent === 1 ? { root: decoding.readVarString(decoder) } : readId(decoder)
    if ((info & HAS_PARENT_KEY) !== 0) parentKey = decoding.readVarString(decoder)
  }
  checkLeaning(client, clock, [origin, rightOrigin, parent])
  const start = decoder.pos
  const { length, text } = readContent(decoder, kind)
  if (length < 1) throw new RangeError('The update has an empty struct.')
  const content = text === null ? decoder.arr.slice(start, decoder.pos) : NONE
  return { clock, length, info, origin, rightOrigin, parent, parentKey, text, content }
}

/** Yjs takes it for granted that a client's words lean on its earlier ones, and throws when they don't. */
function checkLeaning(client: number, clock: number, ids: readonly (StructParent | null)[]): void {
  for (const id of ids) {
    if (id !== null && 'clock' in id && id.client === client && id.clock >= clock)
      throw new RangeError('The update leans on what comes after it.')
  }
}

function readContent(decoder: decoding.Decoder, kind: number): { length: number; text: string | null } {
  switch (kind) {
    case KIND.deleted:
      return { length: readNumber(decoder), text: null }
    case KIND.json: {
      const length = readCount(decoder, 'values')
      for (let i = 0; i < length; i++) skipListed(decoder)
      return { length, text: null }
    }
    case KIND.binary:
      decoding.readVarUint8Array(decoder)
      return { length: 1, text: null }
    case KIND.string: {
      const text = decoding.readVarString(decoder)
      return { length: text.length, text }
    }
    case KIND.embed:
      skipJson(decoder)
      return { length: 1, text: null }
    case KIND.format:
      decoding.readVarString(decoder)
      skipJson(decoder)
      return { length: 1, text: null }
    case KIND.type: {
      const type = readNumber(decoder)
      if (type > 6) throw new RangeError('The update has a shared type of no known kind.')
      // 3 is an XML element, 5 an XML hook: both carry a name.
      if (type === 3 || type === 5) decoding.readVarString(decoder)
      return { length: 1, text: null }
    }
    case KIND.any: {
      const length = readCount(decoder, 'values')
      for (let i = 0; i < length; i++) skipAny(decoder)
      return { length, text: null }
    }
    case KIND.doc:
      decoding.readVarString(decoder)
      skipOptions(decoder)
      return { length: 1, text: null }
    default:
      throw new RangeError('The update has content of no known kind.')
  }
}

function writeStruct(encoder: encoding.Encoder, struct: UpdateStruct): void {
  const kind = kindOf(struct)
  encoding.writeUint8(encoder, struct.info)
  if (kind === KIND.gc || kind === KIND.skip) {
    encoding.writeVarUint(encoder, struct.length)
    return
  }
  if (struct.origin !== null) writeId(encoder, struct.origin)
  if (struct.rightOrigin !== null) writeId(encoder, struct.rightOrigin)
  if (struct.parent !== null) {
    if ('root' in struct.parent) {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, struct.parent.root)
    } else {
      encoding.writeVarUint(encoder, 0)
      writeId(encoder, struct.parent)
    }
    if (struct.parentKey !== null) encoding.writeVarString(encoder, struct.parentKey)
  }
  if (struct.text === null) encoding.writeUint8Array(encoder, struct.content)
  else encoding.writeVarString(encoder, struct.text)
}

function writeId(encoder: encoding.Encoder, id: StructId): void {
  encoding.writeVarUint(encoder, id.client)
  encoding.writeVarUint(encoder, id.clock)
}

function readDeletes(decoder: decoding.Decoder, most: number): Map<number, DeleteRange[]> {
  let left = most
  const deletes = new Map<number, DeleteRange[]>()
  const clients = readCount(decoder, 'deletions')
  for (let i = 0; i < clients; i++) {
    const client = readNumber(decoder)
    const count = readCount(decoder, 'deletions')
    left = spend(left, count)
    const ranges: DeleteRange[] = []
    for (let j = 0; j < count; j++) {
      const range = { clock: readNumber(decoder), length: readNumber(decoder) }
      // Yjs throws when it has to keep one waiting.
      if (range.length === 0) throw new RangeError('The update deletes nothing at some place.')
      ranges.push(range)
    }
    deletes.set(client, joinRanges([...(deletes.get(client) ?? []), ...ranges]))
  }
  return deletes
}
