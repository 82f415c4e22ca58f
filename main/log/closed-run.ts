/**
 * A closed run: consecutive records of one writer, compressed into the content of one CLOSE record.
 *
 * The compression loses nothing but signatures: expanding gives every record with the same payload and so the same id,
 * and the chain of ids ends in the CLOSE record's signed `prev`. So what a closed run covers is proved, not claimed.
 */
import { decode, encode } from 'cborg'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes } from '../../shared/ids.ts'
import {
  encodeBody,
  isBody,
  decodeBody,
  type Dependency,
  recordId,
  recordSalt,
  RECORD_TYPE,
  type RecordBody,
  type SignedRecord,
} from '../../shared/log/record.ts'
import { encodeUpdate, parseUpdate, type YjsUpdate } from '../../shared/log/yjs-update.ts'
import { compress, expand } from './compression.ts'
import { MAX_RUN_PARTS, MAX_RUN_RECORDS } from './run-room.ts'
import { readColumns } from './read-columns.ts'
import { COLUMNS, type UpdateColumns, writeColumns } from './update-columns.ts'

/** A record as the log is read: from its own row, or out of a closed run, where it has no signature of its own. */
export interface LogRecord {
  readonly writer: Uint8Array
  readonly seq: number
  readonly prev: Uint8Array
  readonly recId: Uint8Array
  readonly type: number
  readonly stream: number
  readonly body: RecordBody
  /** The body's update taken apart, when that cost nothing. */
  readonly parsed?: YjsUpdate
}

/** The body of a link: an earlier CLOSE record's own content is not kept when a later one covers the same records. */
const LINK: RecordBody = {
  v: 1,
  w: 0,
  mr: 0,
  mw: 0,
  s: new Uint8Array(16),
  t: 0,
  d: [],
  m: 0,
  n: [],
  y: new Uint8Array(0),
}

/** What differs from the run's first record, by position: everything but time, salt and content. */
type Difference = Partial<Pick<RecordBody, 'w' | 'mr' | 'mw' | 's' | 'd' | 'm' | 'n' | 'p' | 'cert'>> & {
  readonly stream?: number
  /** The id of an earlier closed run, whose records are covered here too: a link of the chain, with nothing in it. */
  readonly link?: Uint8Array
  /** Content that is not a canonical update, as it is. */
  readonly y?: Uint8Array
}

/** Bytes a run may expand to: a bomb is refused before it is unpacked. */
const MAX_EXPANDED = 256 * 2 ** 20
const MAX_HEAD = 64 * 2 ** 20
const NOTHING = new Uint8Array(0)
const NO_DIFFERENCE: Difference = {}

interface Packed {
  readonly times: readonly number[]
  readonly base: { w: number; mr: number; mw: number; m: number; n: readonly number[]; stream: number }
  readonly differences: readonly (readonly [index: number, difference: Difference])[]
}

interface RunContent {
  readonly v: 1
  /** Number of the first record covered, how many are, and the id before the first. */
  readonly first: number
  readonly count: number
  readonly prev: Uint8Array
  /** The writer's salt secret: salts are not stored, they are derived again. */
  readonly salt: Uint8Array
  /** Compressed: deterministic CBOR of `Packed`, then each column of the updates. */
  readonly z: readonly Uint8Array[]
}

/**
 * Compresses consecutive records of one writer; an earlier CLOSE record among them stays as a link of the chain, and
 * what it covered is covered again. The result is a CLOSE record's `y`.
 */
export function closeRun(suite: CryptoSuite, saltSecret: Uint8Array, records: readonly LogRecord[]): Uint8Array {
  const first = records[0]
  if (first === undefined) throw new Error('Broken invariant: a run of no records is not closed')
  if (records.some((record, index) => record.seq !== first.seq + index))
    throw new Error('Broken invariant: a run has no gaps')
  const base = {
    w: first.body.w,
    mr: first.body.mr,
    mw: first.body.mw,
    m: first.body.m,
    n: first.body.n,
    stream: first.stream,
  }
  const differences: [number, Difference][] = []
  const updates: YjsUpdate[] = []
  let time = 0
  const times: number[] = []
  for (const [index, record] of records.entries()) {
    if (record.type === RECORD_TYPE.close) {
      differences.push([index, { link: record.recId }])
      times.push(0)
      continue
    }
    const { body } = record
    const update = canonicalUpdate(record)
    const difference: Difference = {
      ...(body.w === base.w ? {} : { w: body.w }),
      ...(body.mr === base.mr ? {} : { mr: body.mr }),
      ...(body.mw === base.mw ? {} : { mw: body.mw }),
      ...(body.m === base.m ? {} : { m: body.m }),
      ...(sameNumbers(body.n, base.n) ? {} : { n: body.n }),
      ...(equalBytes(body.s, recordSalt(suite, saltSecret, record.seq)) ? {} : { s: body.s }),
      ...(body.d.length === 0 ? {} : { d: body.d }),
      ...(body.p === undefined ? {} : { p: body.p }),
      ...(body.cert === undefined ? {} : { cert: body.cert }),
      ...(record.stream === base.stream ? {} : { stream: record.stream }),
      ...(update === null ? { y: body.y } : {}),
    }
    if (Object.keys(difference).length > 0) differences.push([index, difference])
    if (update !== null) updates.push(update)
    times.push(body.t - time)
    time = body.t
  }
  const packed: Packed = { times, base, differences }
  const columns = writeColumns(updates)
  const content: RunContent = {
    v: 1,
    first: first.seq,
    count: records.length,
    prev: first.prev,
    salt: saltSecret,
    z: [encode(packed), ...COLUMNS.map((name) => columns[name])].map(compress),
  }
  return encode(content)
}

/** What a record holds, taken apart; null when encoding that would not give the record's very bytes. */
function canonicalUpdate({ body, parsed }: LogRecord): YjsUpdate | null {
  if (parsed !== undefined) return parsed
  try {
    const update = parseUpdate(body.y)
    return equalBytes(encodeUpdate(update), body.y) ? update : null
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/**
 * Expands a CLOSE record into the records it covers, and proves them: their ids are recomputed and must chain to the
 * CLOSE record's `prev`. Throws `RangeError` when they don't.
 */
export function expandRun(suite: CryptoSuite, documentId: Uint8Array, close: SignedRecord): LogRecord[] {
  const content = readContent(decodeBody(close.payload).y)
  if (content.count > MAX_RUN_RECORDS) throw new RangeError('A closed run covers more records than one may.')
  const { packed, columns } = unpack(content)
  const differences = new Map(packed.differences)
  const verbatim = [...differences.values()].filter(({ y, link }) => y !== undefined || link !== undefined).length
  const updates = readColumns(columns, content.count - verbatim, MAX_RUN_PARTS)
  const records: LogRecord[] = []
  let { prev } = content
  let time = 0
  let next = 0
  for (let index = 0; index < content.count; index++) {
    const different = differences.get(index)
    const seq = content.first + index
    if (different?.link !== undefined) {
      const { link } = different
      records.push({ type: RECORD_TYPE.close, stream: 0, writer: close.writer, seq, prev, recId: link, body: LINK })
      prev = link
      continue
    }
    time += packed.times[index] ?? 0
    const parsed = different?.y === undefined ? updates[next++] : undefined
    const y = different?.y ?? (parsed === undefined ? undefined : encodeUpdate(parsed))
    if (y === undefined) throw new RangeError('A closed run covers fewer records than it says.')
    const { w, mr, mw, m, n } = packed.base
    const s = recordSalt(suite, content.salt, seq)
    const usual: RecordBody = { v: 1, w, mr, mw, m, n, d: [], s, t: time, y }
    const { stream = packed.base.stream, ...difference } = different ?? NO_DIFFERENCE
    const body: RecordBody = different === undefined ? usual : { ...usual, ...difference }
    if (!isBody(body)) throw new RangeError('A closed run holds a body of no known form.')
    const header = { type: RECORD_TYPE.update, stream, writer: close.writer, seq, prev }
    const recId = recordId(suite, documentId, { ...header, payload: encodeBody(body) })
    records.push(parsed === undefined ? { ...header, recId, body } : { ...header, recId, body, parsed })
    prev = recId
  }
  if (close.seq !== content.first + content.count || !equalBytes(prev, close.prev)) {
    throw new RangeError('A closed run does not give the records its writer signed.')
  }
  return records
}

/** First and last record number a CLOSE record covers, and the id before the first, without expanding it. */
export function coveredRange(close: SignedRecord): { first: number; last: number; prev: Uint8Array } {
  const { first, count, prev } = readContent(decodeBody(close.payload).y)
  return { first, last: first + count - 1, prev }
}

/** What the records of a run depend on, without making them again. Throws `RangeError` when the run is not readable. */
export function runDependencies(close: SignedRecord): Dependency[] {
  const { packed } = unpack(readContent(decodeBody(close.payload).y), 1)
  return packed.differences.flatMap(([, { d }]) => d ?? [])
}

/** The certificate of the run's first record, without making it again; null when it has none. Throws `RangeError` likewise. */
export function runCertificate(close: SignedRecord): RecordBody['cert'] | null {
  const { packed } = unpack(readContent(decodeBody(close.payload).y), 1)
  return packed.differences.find(([index]) => index === 0)?.[1].cert ?? null
}

function readContent(bytes: Uint8Array): RunContent {
  const value = decodeStrict(bytes)
  const { v, first, count, prev, salt, z } = value
  if (
    v !== 1 ||
    !isCount(first) ||
    !isCount(count) ||
    first < 1 ||
    count < 1 ||
    !(prev instanceof Uint8Array && prev.length === 32) ||
    !(salt instanceof Uint8Array && salt.length === 32) ||
    !(Array.isArray(z) && z.length === COLUMNS.length + 1 && z.every((part) => part instanceof Uint8Array))
  ) {
    throw new RangeError('A closed run has no known form.')
  }
  return { v, first, count, prev, salt, z }
}

/** Expands a run's content; with `most`, only so many of its parts: the columns beyond stay empty. */
function unpack({ z, count }: RunContent, most = z.length): { packed: Packed; columns: UpdateColumns } {
  const [head = NOTHING] = expand(z.slice(0, 1), MAX_HEAD)
  const parts = expand(z.slice(1, most), MAX_EXPANDED)
  const { times, base, differences } = decodeStrict(head)
  if (!Array.isArray(times) || times.length !== count || !areDifferences(differences, count) || !isRecord(base)) {
    throw new RangeError('A closed run has no known form.')
  }
  const columns = Object.fromEntries(COLUMNS.map((name, index) => [name, parts[index] ?? NOTHING]))
  return { packed: { times, base, differences } as unknown as Packed, columns: columns as UpdateColumns }
}

function decodeStrict(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = decode(bytes, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true })
  } catch (cause) {
    throw new RangeError('A closed run is not readable.', { cause })
  }
  if (!isRecord(value)) throw new RangeError('A closed run has no known form.')
  return value
}

/** Whether each is one of a record that is covered, in their order: so each is looked at when that record is made. */
function areDifferences(value: unknown, count: number): boolean {
  if (!Array.isArray(value)) return false
  let next = 0
  return value.every((entry: unknown) => {
    if (!Array.isArray(entry) || entry.length !== 2) return false
    const [index, difference] = entry as unknown[]
    if (!isCount(index) || index < next || index >= count || !isRecord(difference)) return false
    next = index + 1
    const { link, stream } = difference
    if (link !== undefined)
      return link instanceof Uint8Array && link.length === 32 && Object.keys(difference).length === 1
    return stream === undefined || (isCount(stream) && stream < 256)
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
