/**
 * Frames: what two replicas of a document say to each other, as bytes. The decoder is strict: what is not exactly one of
 * these is a problem of a closed kind, whoever sent it. docs/PROTOCOL.md gives the bytes.
 */
import { concat } from '../crypto/crypto-suite.ts'
import { uint32 } from '../crypto/epoch-key.ts'
import { fromHex, toHex } from '../ids.ts'
import type { ChainEnd } from '../membership/chain.ts'
import { MAX_OP, type StoredLink } from '../membership/member-op.ts'
import { encodeTips, type Tip, type Tips } from './tips.ts'

/** Versions of the protocol this program speaks. */
export const VERSIONS = { min: 1, max: 1 } as const
export const MAX_FRAME = 2 ** 20
/** Bytes of live words: a caret, a name, a colour. */
export const MAX_LIVE = 1024
/** Tips in one frame, and frames one statement may have: more writers than a document gets in fifty years. */
export const TIPS_PER_PAGE = 14_000
const MAX_PAGES = 16
/** Bytes of a large envelope in one piece, and pieces it may have: the largest payload, padded, fits. */
export const PIECE = 512 * 1024
const MAX_PIECES = 160
/** Parts of the largest picture, sealed and padded. */
export const MAX_PICTURE_PIECES = 42

export type Frame =
  /** The first: which versions, which document, and a number that tells this run of this replica from its others. */
  | {
      readonly op: 'hello'
      readonly min: number
      readonly max: number
      readonly documentId: Uint8Array
      readonly session: string
    }
  /** All that is held. Pages of one revision belong together. */
  | {
      readonly op: 'heads'
      readonly revision: number
      readonly page: number
      readonly pages: number
      readonly chain: ChainEnd
      readonly tips: Tips
    }
  /**
   * What is held of these writers, on disk; a writer without tips is one that nothing is held of. Revisions count
   * statements of either kind: an older one says nothing new.
   */
  | { readonly op: 'holds'; readonly revision: number; readonly tips: Tips }
  /** Envelopes. */
  | { readonly op: 'records'; readonly envelopes: readonly Uint8Array[] }
  /** A part of an envelope too large for a frame; `id` names the envelope. */
  | {
      readonly op: 'piece'
      readonly id: string
      readonly index: number
      readonly count: number
      readonly bytes: Uint8Array
    }
  /** Words that are not kept: carets. The counter only grows within a session. */
  | { readonly op: 'live'; readonly counter: number; readonly bytes: Uint8Array }
  /** Still here, and holding what has this digest; all statements up to this revision were made before. */
  | { readonly op: 'pulse'; readonly revision: number; readonly digest: Uint8Array; readonly chain: ChainEnd }
  | { readonly op: 'bye'; readonly reason: Farewell }
  /** Rows of the membership chain, which follow each other; the first has the number `from`. */
  | { readonly op: 'chain'; readonly from: number; readonly rows: readonly StoredLink[] }
  /** A row for whoever appends rows to the chain; anybody else passes it over. */
  | { readonly op: 'propose'; readonly row: StoredLink }
  /** Names of pictures that are lacking, hexadecimal. */
  | { readonly op: 'want'; readonly ids: readonly string[] }
  /** A part of a sealed picture; `id` names its bytes. */
  | {
      readonly op: 'picture'
      readonly id: string
      readonly index: number
      readonly count: number
      readonly bytes: Uint8Array
    }
  /** Records that the other end keeps and nobody can open: it can't see that itself. */
  | { readonly op: 'spoilt'; readonly tips: Tips }

/** Pictures that are wanted in one frame. */
export const MAX_WANTED = 64

export const FAREWELLS = ['closed', 'version', 'other-document', 'malformed', 'refused', 'lost'] as const
export type Farewell = (typeof FAREWELLS)[number]

export type FrameProblem = 'too-big' | 'unknown' | 'malformed'

const OPS: readonly Frame['op'][] = [
  'hello',
  'heads',
  'holds',
  'records',
  'piece',
  'live',
  'pulse',
  'bye',
  'chain',
  'propose',
  'want',
  'picture',
  'spoilt',
]
const NOTHING = '0'.repeat(64)

export function encodeFrame(frame: Frame): Uint8Array {
  const bytes = concat(Uint8Array.of(OPS.indexOf(frame.op) + 1), ...encodeFields(frame))
  if (bytes.length > MAX_FRAME) throw new Error(`Broken invariant: a ${frame.op} frame of ${bytes.length} bytes`)
  return bytes
}

/** Never throws, whatever the bytes. */
export function decodeFrame(input: Uint8Array): Frame | FrameProblem {
  if (input.length > MAX_FRAME) return 'too-big'
  const op = OPS[(input[0] ?? 0) - 1]
  if (op === undefined) return input.length === 0 ? 'malformed' : 'unknown'
  const fields = new Fields(input)
  try {
    const frame = decodeFields(op, fields)
    // A later version may say more in its hello; by then both know which version they speak.
    const done = fields.isAtEnd() || (frame?.op === 'hello' && frame.max > VERSIONS.max)
    return frame !== null && done ? frame : 'malformed'
  } catch (cause) {
    if (cause instanceof RangeError) return 'malformed'
    throw cause
  }
}

function encodeFields(frame: Frame): Uint8Array[] {
  switch (frame.op) {
    case 'hello':
      return [uint16(frame.min), uint16(frame.max), frame.documentId, fromHex(frame.session)]
    case 'heads':
      return [
        uint32(frame.revision),
        uint16(frame.page),
        uint16(frame.pages),
        ...encodeEnd(frame.chain),
        encodeTips(frame.tips),
      ]
    case 'holds':
      return [
        uint32(frame.revision),
        encodeTips(new Map([...frame.tips].map(([writer, ends]) => [writer, ends.length > 0 ? ends : [NONE]]))),
      ]
    case 'records':
      return frame.envelopes.flatMap((envelope) => [uint32(envelope.length), envelope])
    case 'piece':
    case 'picture':
      return [fromHex(frame.id), uint16(frame.index), uint16(frame.count), frame.bytes]
    case 'want':
      return frame.ids.map(fromHex)
    case 'live':
      return [uint32(frame.counter), frame.bytes]
    case 'pulse':
      return [uint32(frame.revision), frame.digest, ...encodeEnd(frame.chain)]
    case 'bye':
      return [Uint8Array.of(FAREWELLS.indexOf(frame.reason))]
    case 'chain':
      return [uint32(frame.from), ...frame.rows.flatMap(encodeRow)]
    case 'propose':
      return encodeRow(frame.row)
    case 'spoilt':
      return [encodeTips(frame.tips)]
  }
}

function encodeEnd({ seq, hash }: ChainEnd): Uint8Array[] {
  return [uint32(seq), hash]
}

function encodeRow({ op, hash, sig }: StoredLink): Uint8Array[] {
  return [uint32(op.length), op, hash, sig]
}

const NONE: Tip = { seq: 0, recId: NOTHING }

function decodeFields(op: Frame['op'], fields: Fields): Frame | null {
  switch (op) {
    case 'hello': {
      const [min, max] = [fields.uint16(), fields.uint16()]
      const [documentId, session] = [fields.bytes(32), toHex(fields.bytes(8))]
      return min >= 1 && min <= max ? { op, min, max, documentId, session } : null
    }
    case 'heads': {
      const [revision, page, pages] = [fields.uint32(), fields.uint16(), fields.uint16()]
      if (pages < 1 || pages > MAX_PAGES || page >= pages) return null
      const chain = decodeEnd(fields)
      const tips = decodeTips(fields)
      return tips === null || [...tips.values()].some(isNothing) ? null : { op, revision, page, pages, chain, tips }
    }
    case 'holds': {
      const revision = fields.uint32()
      const tips = decodeTips(fields)
      if (tips === null) return null
      return { op, revision, tips: new Map([...tips].map(([writer, ends]) => [writer, isNothing(ends) ? [] : ends])) }
    }
    case 'records': {
      const envelopes: Uint8Array[] = []
      while (!fields.isAtEnd()) envelopes.push(fields.bytes(fields.uint32()))
      return envelopes.length > 0 ? { op, envelopes } : null
    }
    case 'piece':
    case 'picture': {
      const [id, index, count] = [toHex(fields.bytes(32)), fields.uint16(), fields.uint16()]
      const bytes = fields.rest()
      const isWhole = index < count - 1 ? bytes.length === PIECE : bytes.length > 0 && bytes.length <= PIECE
      // What fits into a frame is sent in one, but for a picture.
      const [least, most] = op === 'piece' ? [2, MAX_PIECES] : [1, MAX_PICTURE_PIECES]
      return count >= least && count <= most && index < count && isWhole ? { op, id, index, count, bytes } : null
    }
    case 'want': {
      const ids: string[] = []
      while (!fields.isAtEnd()) ids.push(toHex(fields.bytes(32)))
      return ids.length > 0 && ids.length <= MAX_WANTED ? { op, ids } : null
    }
    case 'live': {
      const [counter, bytes] = [fields.uint32(), fields.rest()]
      return counter > 0 && bytes.length <= MAX_LIVE ? { op, counter, bytes } : null
    }
    case 'pulse':
      return { op, revision: fields.uint32(), digest: fields.bytes(32), chain: decodeEnd(fields) }
    case 'bye': {
      const reason = FAREWELLS[fields.bytes(1)[0] ?? FAREWELLS.length]
      return reason === undefined ? null : { op, reason }
    }
    case 'chain': {
      const from = fields.uint32()
      const rows: StoredLink[] = []
      while (!fields.isAtEnd()) rows.push(decodeRow(fields))
      return from > 0 && rows.length > 0 ? { op, from, rows } : null
    }
    case 'propose':
      return { op, row: decodeRow(fields) }
    case 'spoilt': {
      const tips = decodeTips(fields)
      return tips === null || tips.size === 0 || [...tips.values()].some(isNothing) ? null : { op, tips }
    }
  }
}

function decodeEnd(fields: Fields): ChainEnd {
  return { seq: fields.uint32(), hash: fields.bytes(32) }
}

function decodeRow(fields: Fields): StoredLink {
  const length = fields.uint32()
  if (length > MAX_OP) throw new RangeError('a row too large')
  return { op: fields.bytes(length), hash: fields.bytes(32), sig: fields.bytes(64) }
}

/** Null unless strictly ascending, at most so many, and a number 0 only where it stands for nothing. */
function decodeTips(fields: Fields): Tips | null {
  const tips = new Map<string, Tip[]>()
  let before = ''
  for (let count = 0; !fields.isAtEnd(); count++) {
    const writer = toHex(fields.bytes(32))
    const tip = { seq: fields.uint64(), recId: toHex(fields.bytes(32)) }
    const order = `${writer}${tip.seq.toString(16).padStart(14, '0')}${tip.recId}`
    if (order <= before || count >= TIPS_PER_PAGE || (tip.seq === 0 && tip.recId !== NOTHING)) return null
    before = order
    const ends = tips.get(writer)
    if (ends === undefined) tips.set(writer, [tip])
    else if (isNothing(ends)) return null
    else ends.push(tip)
  }
  return tips
}

function isNothing(ends: readonly Tip[]): boolean {
  return ends[0]?.seq === 0
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8)
}

/** Reads the fields of a frame; throws `RangeError` beyond its end. */
class Fields {
  private readonly input: Uint8Array
  private readonly view: DataView
  private at = 1

  constructor(input: Uint8Array) {
    this.input = new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    this.view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  }

  isAtEnd(): boolean {
    return this.at === this.input.length
  }

  uint16(): number {
    return this.view.getUint16(this.skip(2), true)
  }

  uint32(): number {
    return this.view.getUint32(this.skip(4), true)
  }

  uint64(): number {
    const value = Number(this.view.getBigUint64(this.skip(8), true))
    if (!Number.isSafeInteger(value)) throw new RangeError('a number too large')
    return value
  }

  bytes(length: number): Uint8Array {
    const from = this.skip(length)
    return this.input.slice(from, from + length)
  }

  rest(): Uint8Array {
    return this.bytes(this.input.length - this.at)
  }

  private skip(length: number): number {
    const from = this.at
    if (length > this.input.length - from) throw new RangeError('cut off')
    this.at += length
    return from
  }
}
