/** Envelopes too large for a frame, cut into pieces and put together again, in whatever order and how often they come. */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { concat } from '../crypto/crypto-suite.ts'
import { toHex } from '../ids.ts'
import { type Frame, PIECE } from './frames.ts'

/** A part of an envelope, or of a sealed picture. */
export type Piece = Extract<Frame, { op: 'piece' | 'picture' }>

/** Id of an envelope -> its pieces so far, oldest first. */
export type PieceBox = ReadonlyMap<string, ReadonlyMap<number, Piece>>

/** One that is coming in and one that was cut short: what is older was given up by the sender. */
const OPEN = 2

export function cut<Op extends Piece['op']>(
  suite: CryptoSuite,
  envelope: Uint8Array,
  op: Op,
): (Omit<Piece, 'op'> & { readonly op: Op })[] {
  const id = toHex(suite.hash(envelope))
  const count = Math.ceil(envelope.length / PIECE)
  return Array.from({ length: count }, (_, index) => {
    const bytes = envelope.subarray(index * PIECE, (index + 1) * PIECE)
    return { op, id, index, count, bytes }
  })
}

/** The box with one more piece in it, and the envelope when that was the last. */
export function put(
  suite: CryptoSuite,
  box: PieceBox,
  piece: Piece,
): { readonly box: PieceBox; readonly envelope: Uint8Array | null } {
  const pieces = new Map([...(box.get(piece.id) ?? []), [piece.index, piece]])
  const others = [...box].filter(([id]) => id !== piece.id)
  if (pieces.size < piece.count)
    return { box: new Map([...others, [piece.id, pieces] as const].slice(-OPEN)), envelope: null }
  const envelope = concat(...[...pieces].sort(([a], [b]) => a - b).map(([, { bytes }]) => bytes))
  // Pieces of two envelopes under one name are nobody's envelope.
  return { box: new Map(others), envelope: toHex(suite.hash(envelope)) === piece.id ? envelope : null }
}

/** Bytes of what is not whole yet. */
export function bytesIn(box: PieceBox): number {
  return [...box.values()].flatMap((pieces) => [...pieces.values()]).reduce((sum, { bytes }) => sum + bytes.length, 0)
}
