/**
 * A relay message: what an app and a relay say to each other around the frames of documents, as bytes. One table says
 * which messages there are and what each consists of; the decoder takes exactly these. docs/PROTOCOL.md gives the bytes.
 */
import { decode, encode } from 'cborg'
import { concat } from '../crypto/crypto-suite.ts'
import { uint32 } from '../crypto/epoch-key.ts'
import type { StoredLink } from '../membership/member-op.ts'
import { isRefusal, type RelayRefusal } from './relay-refusal.ts'

/** Versions of the relay's own messages this program speaks; the sessions inside say theirs. */
export const RELAY_VERSIONS = { min: 1, max: 1 } as const
/** The name by which a WebSocket is one to a relay. */
export const RELAY_PROTOCOL = 'sheaf-relay'
/** Where below a relay's address its WebSocket is. */
export const RELAY_PATH = '/relay'
/** Bytes one WebSocket message may have: the largest frame of a session and what is around it. */
export const MAX_MESSAGE = Math.floor(1.1 * 2 ** 20)
/** Bytes of membership rows in one message. */
export const ROWS_PAGE = 512 * 1024

/** Closed runs spoken of in one message. */
export const MAX_RUNS = 200

/** What stands in a field, by name. */
interface Kinds {
  readonly count: number
  readonly flag: boolean
  /** 32 bytes: a key, a hash, a name. */
  readonly key: Uint8Array
  readonly sig: Uint8Array
  readonly bytes: Uint8Array
  readonly why: RelayRefusal
  readonly rows: readonly StoredLink[]
  readonly runs: readonly RunClaim[]
  readonly requests: readonly JoinRequest[]
}
type Kind = keyof Kinds

/** What a member says of a closed run that both hold: it covers its writer's records from `first` to the one before it. */
export interface RunClaim {
  readonly writer: Uint8Array
  readonly recId: Uint8Array
  readonly first: number
  /** Records in that range that it does not cover, because the writer signed two histories. */
  readonly beside: readonly Uint8Array[]
}

/** Somebody's wish to be let in, as the relay keeps it until an owner has answered. The name is encrypted. */
export interface JoinRequest {
  readonly invite: Uint8Array
  readonly root: Uint8Array
  readonly member: Uint8Array
  readonly consent: Uint8Array
  readonly name: Uint8Array
}

/** `id` is the asker's number for what it asks; the answer carries it too. `chan` names a document that was opened. */
const MESSAGES = {
  /** The relay's first word: who it is, a number to sign, and its clock in milliseconds. */
  challenge: { min: 'count', max: 'count', relay: 'key', nonce: 'key', clock: 'count' },
  hello: { min: 'count', max: 'count' },
  /** `sig` proves the member key; rows are sent when the relay said that it lacks them. */
  open: { id: 'count', document: 'key', member: 'key', sig: 'sig', rows: 'rows' },
  opened: { id: 'count', chan: 'count' },
  /** The relay holds so many rows of the document's chain, and in those the opener is nobody. */
  behind: { id: 'count', rows: 'count' },
  close: { chan: 'count' },
  closed: { chan: 'count', why: 'why' },
  /** The channel stays; something that was sent on it was not kept. */
  note: { chan: 'count', why: 'why' },
  covers: { id: 'count', chan: 'count', runs: 'runs' },
  done: { id: 'count' },
  no: { id: 'count', why: 'why' },
  /** `sig` proves the invite's key: everybody in the document, and who was, knows its other half. */
  look: { id: 'count', document: 'key', invite: 'key', sig: 'sig', from: 'count' },
  chain: { id: 'count', rows: 'rows', more: 'flag' },
  take: { id: 'count', document: 'key', invite: 'key', row: 'rows' },
  taken: { id: 'count', box: 'bytes' },
  ask: {
    id: 'count',
    document: 'key',
    invite: 'key',
    root: 'key',
    member: 'key',
    consent: 'sig',
    name: 'bytes',
    sig: 'sig',
  },
  'put-invite': { id: 'count', chan: 'count', invite: 'key', box: 'bytes' },
  'drop-invite': { id: 'count', chan: 'count', invite: 'key' },
  'list-requests': { id: 'count', chan: 'count' },
  requests: { id: 'count', requests: 'requests' },
  'drop-request': { id: 'count', chan: 'count', root: 'key' },
  'put-vault': { id: 'count', vault: 'key', version: 'count', bytes: 'bytes', sig: 'sig' },
  'get-vault': { id: 'count', vault: 'key' },
  vault: { id: 'count', version: 'count', bytes: 'bytes', sig: 'sig' },
  /** The relay ends for a while; come again after so many milliseconds. */
  goodbye: { retry: 'count' },
} as const satisfies Record<string, Record<string, Kind>>

type Messages = typeof MESSAGES
type Fields<F> = { readonly [Name in keyof F]: F[Name] extends Kind ? Kinds[F[Name]] : never }
export type RelayMessage = { [T in keyof Messages]: { readonly t: T } & Fields<Messages[T]> }[keyof Messages]
export type RelayMessageOf<T extends RelayMessage['t']> = Extract<RelayMessage, { t: T }>

/** What comes over the WebSocket: a frame of a document's session, or a message about everything else. */
export type RelayPacket =
  | { readonly kind: 'frame'; readonly chan: number; readonly frame: Uint8Array }
  | { readonly kind: 'message'; readonly message: RelayMessage }

const FRAME = 1
const MESSAGE = 2

export function encodeRelayFrame(chan: number, frame: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(FRAME), uint32(chan), frame)
}

export function encodeRelayMessage(message: RelayMessage): Uint8Array {
  return concat(Uint8Array.of(MESSAGE), encode(message))
}

/** Null for anything that is neither; never throws. */
export function decodeRelayPacket(input: Uint8Array): RelayPacket | null {
  // Slices of a Node Buffer would share its memory.
  const bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  if (bytes[0] === FRAME && bytes.length > 5) {
    const chan = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true)
    return { kind: 'frame', chan, frame: bytes.slice(5) }
  }
  if (bytes[0] !== MESSAGE) return null
  let value: unknown
  try {
    value = decode(bytes.slice(1), CODEC)
  } catch {
    return null
  }
  return isMessage(value) ? { kind: 'message', message: value } : null
}

const CODEC = { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true, allowUndefined: false } as const

function isMessage(value: unknown): value is RelayMessage {
  if (!isRecord(value) || typeof value['t'] !== 'string' || !Object.hasOwn(MESSAGES, value['t'])) return false
  const fields = Object.entries(MESSAGES[value['t'] as keyof Messages])
  return (
    Object.keys(value).length === fields.length + 1 && fields.every(([name, kind]) => IS[kind as Kind](value[name]))
  )
}

const isBytesOf = (length: number) => (value: unknown) => value instanceof Uint8Array && value.length === length
const isKey = isBytesOf(32)
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isBytes = (value: unknown): boolean => value instanceof Uint8Array
const isList = (value: unknown, of: (one: unknown) => boolean, most: number): boolean =>
  Array.isArray(value) && value.length <= most && value.every(of)

const IS: { readonly [K in Kind]: (value: unknown) => boolean } = {
  count: isCount,
  flag: (value) => typeof value === 'boolean',
  key: isKey,
  sig: isBytesOf(64),
  bytes: isBytes,
  why: isRefusal,
  rows: (value) => isList(value, isRow, 10_000),
  runs: (value) => isList(value, isClaim, MAX_RUNS),
  requests: (value) => isList(value, isRequest, 1000),
}

function isRow(value: unknown): boolean {
  return hasOnly(value, { op: isBytes, hash: isKey, sig: IS.sig })
}

function isClaim(value: unknown): boolean {
  const beside = (ids: unknown): boolean => isList(ids, isKey, 16)
  return hasOnly(value, { writer: isKey, recId: isKey, first: isCount, beside })
}

function isRequest(value: unknown): boolean {
  return hasOnly(value, { invite: isKey, root: isKey, member: isKey, consent: IS.sig, name: isBytes })
}

function hasOnly(value: unknown, fields: Readonly<Record<string, (field: unknown) => boolean>>): boolean {
  if (!isRecord(value)) return false
  const names = Object.entries(fields)
  return Object.keys(value).length === names.length && names.every(([name, isField]) => isField(value[name]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
