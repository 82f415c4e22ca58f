/** Envelopes that wait: to be taken in, or for records before them. Bounded, because others send them. */
import { toHex } from '../ids.ts'
import { readEnvelope } from './envelope.ts'
import { bytesIn } from './pieces.ts'
import type { SessionState } from './session-state.ts'

/** How many may wait; what is beyond is let go, and sent again. */
export const WAITING = { count: 1000, bytes: 16 * 2 ** 20 } as const

/** As many as may wait: the first ones. */
export function within(envelopes: readonly Uint8Array[]): readonly Uint8Array[] {
  let bytes = 0
  return envelopes.slice(0, WAITING.count).filter((envelope) => (bytes += envelope.length) <= WAITING.bytes)
}

/** Writers (hexadecimal) of those that can be read. */
export function writersOf(documentId: Uint8Array, envelopes: readonly Uint8Array[]): readonly string[] {
  const headers = envelopes.map((envelope) => readEnvelope(documentId, envelope))
  return [...new Set(headers.flatMap((header) => (typeof header === 'string' ? [] : [toHex(header.writer)])))]
}

/** Record ids (hexadecimal) of those that can be read. */
export function idsOf(documentId: Uint8Array, envelopes: readonly Uint8Array[]): ReadonlySet<string> {
  const headers = envelopes.map((envelope) => readEnvelope(documentId, envelope))
  return new Set(headers.flatMap((header) => (typeof header === 'string' ? [] : [toHex(header.recId)])))
}

/** Bytes that a session keeps of what came and is not taken in. */
export function bytesKept({ pieces, pictures, inbox, waiting }: SessionState): number {
  const envelopes = [...inbox, ...waiting].reduce((sum, { length }) => sum + length, 0)
  return bytesIn(pieces) + bytesIn(pictures) + envelopes
}
