import { describe, expect, it } from 'vitest'
import { compress, expand } from './compression.ts'

describe('compression', () => {
  const parts = [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(100_000)]

  it('gives back what was compressed', () => {
    expect(expand(parts.map(compress), 100_003)).toEqual(parts)
  })

  it('SAFE-21: refuses a run that expands beyond its bound, however it is spread over its parts', () => {
    expect(() => expand(parts.map(compress), 100_002)).toThrow(RangeError)
    expect(() => expand([compress(new Uint8Array(2 ** 22))], 2 ** 20)).toThrow(RangeError)
    expect(() => expand([Uint8Array.of(0xff)], 10)).toThrow(RangeError)
  })
})
