/**
 * An utterance: live words of one session of a member's device. It says where a person is in the text and what the device
 * holds. It is signed by the device, encrypted for the members of an epoch, and kept by nobody. docs/PROTOCOL.md gives the
 * bytes.
 */
import { decode, encode } from 'cborg'
import { type CryptoSuite, concat, domain, type KeyPair, NONCE_BYTES, TAG_BYTES } from '../crypto/crypto-suite.ts'
import { type EpochKey, uint32 } from '../crypto/epoch-key.ts'
import { fromHex, toHex } from '../ids.ts'
import { MAX_LIVE } from './frames.ts'

/** What a device holds, in few bytes. */
export interface Holding {
  /** The first half of the digest of all its tips. */
  readonly digest: Uint8Array
  /** The writers that changed last, newest first: the first eight bytes of each (hexadecimal), and its last number. */
  readonly heads: readonly (readonly [writer: string, seq: number])[]
}

export interface Utterance {
  /** 16 random bytes, hexadecimal: a run of a window, or of the program as a whole. */
  readonly session: string
  /** Rises with each utterance of the session. */
  readonly counter: number
  /** The device that says it, hexadecimal. */
  readonly member: string
  readonly name: string
  /** 0 to 7. */
  readonly color: number
  /** Whether a window shows the document to somebody. */
  readonly isHere: boolean
  readonly typing: boolean
  readonly idle: boolean
  /** Encoded Yjs relative positions. */
  readonly anchor: Uint8Array | null
  readonly head: Uint8Array | null
  readonly holding: Holding | null
}

export const COLORS = 8
export const MAX_HEADS = 20
export const HOLDING_DIGEST = 16
/** UTF-16 units of a name, and bytes of a place in the text: all of it stays within a frame of live words. */
export const MAX_NAME = 40
export const MAX_POSITION = 120

const VERSION = 1
const WRITER_PREFIX = 8
const SIGNATURE = 64
const PADDING = 64
const HEADER = 5
const KEY_DOMAIN = domain('epoch-live/1')
const SIGN_DOMAIN = domain('live/1')

/** Signs it with the device's key and seals it for the members of the epoch. */
export function sealUtterance(
  suite: CryptoSuite,
  documentId: Uint8Array,
  epochKey: EpochKey,
  device: KeyPair,
  utterance: Omit<Utterance, 'member'>,
): Uint8Array {
  const body = encodeBody(utterance, device.publicKey)
  const signature = suite.sign(concat(SIGN_DOMAIN, documentId, body), device)
  const length = SIGNATURE + 2 + body.length
  const plaintext = new Uint8Array(Math.ceil(length / PADDING) * PADDING)
  plaintext.set(concat(signature, Uint8Array.of(body.length, body.length >>> 8), body))
  const header = concat(Uint8Array.of(VERSION), uint32(epochKey.epoch))
  const nonce = suite.random(NONCE_BYTES)
  const key = liveKey(suite, documentId, epochKey)
  const bytes = concat(header, nonce, suite.encrypt(plaintext, concat(documentId, header), nonce, key))
  // A long name or many heads: what is held can be said another time.
  if (bytes.length > MAX_LIVE && utterance.holding !== null) {
    return sealUtterance(suite, documentId, epochKey, device, { ...utterance, holding: null })
  }
  return bytes
}

/** Null for anything that no holder of a known epoch's key said, or that its device did not sign. */
export function openUtterance(
  suite: CryptoSuite,
  documentId: Uint8Array,
  keys: ReadonlyMap<number, EpochKey>,
  bytes: Uint8Array,
): Utterance | null {
  if (bytes.length < HEADER + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) return null
  const header = bytes.slice(0, HEADER)
  const epochKey = keys.get(new DataView(header.buffer).getUint32(1, true))
  if (epochKey === undefined) return null
  const nonce = bytes.subarray(HEADER, HEADER + NONCE_BYTES)
  const key = liveKey(suite, documentId, epochKey)
  const plaintext = suite.decrypt(bytes.subarray(HEADER + NONCE_BYTES), concat(documentId, header), nonce, key)
  if (plaintext === null || plaintext.length < SIGNATURE + 2) return null
  const length = (plaintext[SIGNATURE] ?? 0) + (plaintext[SIGNATURE + 1] ?? 0) * 256
  const body = plaintext.subarray(SIGNATURE + 2, SIGNATURE + 2 + length)
  const utterance = body.length === length ? decodeBody(body) : null
  if (utterance === null) return null
  const signed = concat(SIGN_DOMAIN, documentId, body)
  return suite.verify(signed, plaintext.subarray(0, SIGNATURE), fromHex(utterance.member)) ? utterance : null
}

/** The name a holding gives a writer. */
export function shortWriter(writer: string): string {
  return writer.slice(0, WRITER_PREFIX * 2)
}

function liveKey(suite: CryptoSuite, documentId: Uint8Array, { epoch, key }: EpochKey): Uint8Array {
  return suite.hash(KEY_DOMAIN, key, documentId, uint32(epoch))
}

function encodeBody(utterance: Omit<Utterance, 'member'>, member: Uint8Array): Uint8Array {
  const { session, counter, name, color, isHere, typing, idle, anchor, head, holding } = utterance
  const place = (bytes: Uint8Array | null): Uint8Array | null =>
    bytes === null || bytes.length > MAX_POSITION ? null : bytes
  return encode({
    v: VERSION,
    s: fromHex(session),
    c: counter,
    m: member,
    n: name.slice(0, MAX_NAME),
    o: color,
    f: (isHere ? 1 : 0) + (typing ? 2 : 0) + (idle ? 4 : 0),
    a: place(anchor),
    h: place(head),
    g: holding === null ? null : holding.digest,
    d: holding === null ? [] : holding.heads.slice(0, MAX_HEADS).map(([writer, seq]) => [fromHex(writer), seq]),
  })
}

function decodeBody(body: Uint8Array): Utterance | null {
  let value: unknown
  try {
    value = decode(body, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true, allowUndefined: false })
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  // Fields that a later version adds are passed over.
  const { v, s, c, m, n, o, f, a, h, g, d } = value as Record<string, unknown>
  if (v !== VERSION || !isBytes(s, 16) || !isBytes(m, 32) || !isCount(c) || c === 0) return null
  if (typeof n !== 'string' || n.length > MAX_NAME || !isCount(o) || o >= COLORS || !isCount(f)) return null
  if (!isPlace(a) || !isPlace(h) || !(g === null || isBytes(g, HOLDING_DIGEST)) || !isHeads(d)) return null
  return {
    session: toHex(s),
    counter: c,
    member: toHex(m),
    name: n,
    color: o,
    isHere: (f & 1) !== 0,
    typing: (f & 2) !== 0,
    idle: (f & 4) !== 0,
    anchor: a,
    head: h,
    holding: g === null ? null : { digest: g, heads: d.map(([writer, seq]) => [toHex(writer), seq]) },
  }
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isPlace(value: unknown): value is Uint8Array | null {
  return value === null || (value instanceof Uint8Array && value.length <= MAX_POSITION)
}

function isHeads(value: unknown): value is [Uint8Array, number][] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_HEADS &&
    value.every((pair) => Array.isArray(pair) && isBytes(pair[0], WRITER_PREFIX) && isCount(pair[1]))
  )
}
