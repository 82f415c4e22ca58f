import { encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../ids.ts'
import { encodeOrdinaryBody } from './encode-body.ts'
import type { RecordBody } from './record.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
/** Numbers on both sides of every width CBOR has. */
const count = fc.oneof(
  fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat(),
)
const ordinary: fc.Arbitrary<RecordBody> = fc.record({
  v: fc.constant(1 as const),
  w: count,
  mr: count,
  mw: count,
  s: bytes(16),
  t: count,
  d: fc.array(fc.tuple(bytes(32), count), { maxLength: 30 }),
  m: count,
  n: fc.array(count, { maxLength: 30 }),
  y: fc.uint8Array({ maxLength: 70_000, size: 'max' }),
})

describe('an ordinary body', () => {
  it('LOG-12: is encoded to the very bytes that deterministic CBOR gives', () => {
    fc.assert(
      fc.property(ordinary, (body) => {
        expect(toHex(encodeOrdinaryBody(body) ?? new Uint8Array(0))).toBe(toHex(encode(body)))
      }),
    )
  })

  it('is left to the general encoder when it has a field or a value that is not usual', () => {
    const [body] = fc.sample(ordinary, 1)
    if (body === undefined) throw new Error('no body')
    const { m, ...without } = body
    for (const other of [
      { ...body, p: [1, 2] },
      { ...body, later: m },
      { ...body, t: 1.5 },
      { ...body, w: -1 },
      { ...body, n: ['0'] },
      { ...body, d: [[new Uint8Array(3), 1]] },
      { ...body, s: new Uint8Array(3) },
      without,
    ]) {
      expect(encodeOrdinaryBody(other as unknown as RecordBody)).toBeNull()
    }
  })
})
