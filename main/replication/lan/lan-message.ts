/**
 * Messages: what two apps say to each other on the local network once they have greeted each other, as bytes. The decoder
 * is strict; docs/PROTOCOL.md gives the bytes.
 */
import { concat } from '../../../shared/crypto/crypto-suite.ts'
import { uint32 } from '../../../shared/crypto/epoch-key.ts'
import { toHex } from '../../../shared/ids.ts'

/** Bytes of a tag, and tags one list may have. */
export const TAG = 16
export const MAX_TAGS = 4096

/** Why a channel or a connection is closed, by its number. */
export const PARTINGS = ['closed', 'revoked', 'not-a-member', 'unknown-document', 'busy', 'doubled'] as const
export type Parting = (typeof PARTINGS)[number]

/** Channel 0 is the connection itself. */
export const WHOLE_CONNECTION = 0

export type LanMessage =
  /** Somebody is there, and wants to know whether the other is; the answer. */
  | { readonly op: 'ping' }
  | { readonly op: 'pong' }
  /** Blinded names of all documents that are open here, in hexadecimal; the newest list counts. */
  | { readonly op: 'tags'; readonly tags: readonly string[] }
  /** The document the other side calls `tag`, on a channel, and the proof of who is on this side of it. */
  | {
      readonly op: 'open'
      readonly channel: number
      readonly tag: string
      readonly member: Uint8Array
      readonly proof: Uint8Array
    }
  | { readonly op: 'opened'; readonly channel: number; readonly member: Uint8Array; readonly proof: Uint8Array }
  | { readonly op: 'frame'; readonly channel: number; readonly bytes: Uint8Array }
  | { readonly op: 'close'; readonly channel: number; readonly parting: Parting }
  /** Something asked of an owner's desk, and a part of the answer. */
  | { readonly op: 'ask'; readonly question: number; readonly bytes: Uint8Array }
  | { readonly op: 'answer'; readonly question: number; readonly isLast: boolean; readonly bytes: Uint8Array }

const OPS: readonly LanMessage['op'][] = ['ping', 'pong', 'tags', 'open', 'opened', 'frame', 'close', 'ask', 'answer']

export function encodeMessage(message: LanMessage): Uint8Array {
  return concat(Uint8Array.of(OPS.indexOf(message.op) + 1), ...encodeFields(message))
}

/** Null for whatever is not exactly one of these. Never throws. */
export function decodeMessage(input: Uint8Array): LanMessage | null {
  const op = OPS[(input[0] ?? 0) - 1]
  if (op === undefined) return null
  const rest = input.subarray(1)
  const number = rest.length >= 4 ? new DataView(rest.buffer, rest.byteOffset).getUint32(0, true) : null
  switch (op) {
    case 'ping':
    case 'pong':
      return rest.length === 0 ? { op } : null
    case 'tags': {
      const count = rest.length / TAG
      if (!Number.isInteger(count) || count > MAX_TAGS) return null
      return { op, tags: Array.from({ length: count }, (_, at) => toHex(rest.slice(at * TAG, (at + 1) * TAG))) }
    }
    case 'open': {
      if (number === null || rest.length !== 4 + TAG + 96) return null
      const [tag, proved] = [toHex(rest.slice(4, 4 + TAG)), rest.slice(4 + TAG)]
      return { op, channel: number, tag, member: proved.slice(0, 32), proof: proved.slice(32) }
    }
    case 'opened':
      if (number === null || rest.length !== 4 + 96) return null
      return { op, channel: number, member: rest.slice(4, 36), proof: rest.slice(36) }
    case 'frame':
      return number === null || rest.length === 4 ? null : { op, channel: number, bytes: rest.slice(4) }
    case 'close': {
      const parting = PARTINGS[rest[4] ?? PARTINGS.length]
      return number === null || rest.length !== 5 || parting === undefined ? null : { op, channel: number, parting }
    }
    case 'ask':
      return number === null ? null : { op, question: number, bytes: rest.slice(4) }
    case 'answer': {
      const last = rest[4]
      if (number === null || last === undefined || last > 1) return null
      return { op, question: number, isLast: last === 1, bytes: rest.slice(5) }
    }
  }
}

function encodeFields(message: LanMessage): Uint8Array[] {
  switch (message.op) {
    case 'ping':
    case 'pong':
      return []
    case 'tags':
      return [new Uint8Array(Buffer.from(message.tags.join(''), 'hex'))]
    case 'open':
      return [uint32(message.channel), Buffer.from(message.tag, 'hex'), message.member, message.proof]
    case 'opened':
      return [uint32(message.channel), message.member, message.proof]
    case 'frame':
      return [uint32(message.channel), message.bytes]
    case 'close':
      return [uint32(message.channel), Uint8Array.of(PARTINGS.indexOf(message.parting))]
    case 'ask':
      return [uint32(message.question), message.bytes]
    case 'answer':
      return [uint32(message.question), Uint8Array.of(message.isLast ? 1 : 0), message.bytes]
  }
}
