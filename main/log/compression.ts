/** Raw DEFLATE (RFC 1951): every language has it. Each part is compressed by itself, because no two are alike. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'

export function compress(part: Uint8Array): Uint8Array {
  return deflateRawSync(part, { level: 9 })
}

/** Expands parts to at most `limit` bytes in all; throws `RangeError` for more, and for what was not compressed so. */
export function expand(parts: readonly Uint8Array[], limit: number): Uint8Array[] {
  let left = limit
  return parts.map((part) => {
    try {
      const { buffer, byteOffset, length } = inflateRawSync(part, { maxOutputLength: left + 1 })
      left -= length
      if (left < 0) throw new RangeError('It is larger than it may be.')
      return new Uint8Array(buffer, byteOffset, length)
    } catch (cause) {
      throw new RangeError('A closed run can not be unpacked.', { cause })
    }
  })
}
