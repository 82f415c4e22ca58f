/**
 * Values inside an update (attributes, facts, marks), read as strictly as Yjs and everything after it will need them. Yjs
 * throws at some of what these readers refuse, in the middle of a document it has already begun to change.
 */
import * as decoding from 'lib0/decoding'

/** Values nest no deeper: everything that walks one by calling itself could run out of stack. */
const MAX_DEPTH = 64

/** Passes over JSON text; throws `RangeError` when it is none, or nests too deeply. */
export function skipJson(decoder: decoding.Decoder): void {
  checkJson(decoding.readVarString(decoder))
}

/** The same for a value in a list, where Yjs has a word for none. */
export function skipListed(decoder: decoding.Decoder): void {
  const text = decoding.readVarString(decoder)
  if (text !== 'undefined') checkJson(text)
}

function checkJson(text: string): void {
  let depth = 0
  // Brackets inside strings count too: no honest value holds so many.
  for (const character of text) {
    if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (Math.abs(depth) > MAX_DEPTH) throw new RangeError('The update has a value that nests too deeply.')
  }
  try {
    JSON.parse(text)
  } catch (cause) {
    throw new RangeError('The update has a value that is no JSON.', { cause })
  }
}

/** Passes over a value in lib0's encoding. Integers beyond 2^53 are refused: JSON has none, and we write none. */
export function skipAny(decoder: decoding.Decoder, depth = 0): void {
  if (depth > MAX_DEPTH) throw new RangeError('The update has a value that nests too deeply.')
  switch (decoding.readUint8(decoder)) {
    case 127:
    case 126:
    case 121:
    case 120:
      return
    case 125:
      decoding.readVarInt(decoder)
      return
    case 124:
      decoding.readFloat32(decoder)
      return
    case 123:
      decoding.readFloat64(decoder)
      return
    case 119:
      decoding.readVarString(decoder)
      return
    case 118:
      for (let left = decoding.readVarUint(decoder); left > 0; left--) {
        decoding.readVarString(decoder)
        skipAny(decoder, depth + 1)
      }
      return
    case 117:
      for (let left = decoding.readVarUint(decoder); left > 0; left--) skipAny(decoder, depth + 1)
      return
    case 116:
      decoding.readVarUint8Array(decoder)
      return
    default:
      throw new RangeError('The update has a value of no known kind.')
  }
}

/** Passes over the options of a document within the document: an object, or Yjs throws. */
export function skipOptions(decoder: decoding.Decoder): void {
  if (decoder.arr[decoder.pos] !== 118) throw new RangeError('The update has options that are none.')
  skipAny(decoder)
}
