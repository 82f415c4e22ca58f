import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_LIVE } from '../../shared/protocol/frames.ts'
import { MAX_HEADS, openUtterance, sealUtterance, type Utterance } from '../../shared/protocol/utterance.ts'
import { toHex } from '../../shared/ids.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'

const documentId = suite.hash(Uint8Array.of(3))
const device = suite.keyPair(suite.random(32))
const current = { epoch: 2, key: suite.random(32) }
const keys = new Map([
  [1, { epoch: 1, key: suite.random(32) }],
  [2, current],
])

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const place = fc.option(fc.uint8Array({ maxLength: 120 }))
const utterance = fc.record({
  session: bytes(16).map(toHex),
  counter: fc.integer({ min: 1, max: 2 ** 40 }),
  name: fc.string({ maxLength: 40 }),
  color: fc.integer({ min: 0, max: 7 }),
  isHere: fc.boolean(),
  typing: fc.boolean(),
  idle: fc.boolean(),
  anchor: place,
  head: place,
  holding: fc.option(
    fc.record({
      digest: bytes(16),
      heads: fc.array(fc.tuple(bytes(8).map(toHex), fc.nat()), { maxLength: MAX_HEADS }),
    }),
  ),
})
type Said = Omit<Utterance, 'member'>
const seal = (said: Said): Uint8Array => sealUtterance(suite, documentId, current, device, said)

const SAID: Said = {
  session: 'ab'.repeat(16),
  counter: 1,
  name: 'Alice',
  color: 3,
  isHere: true,
  typing: true,
  idle: false,
  anchor: Uint8Array.of(1, 2),
  head: null,
  holding: null,
}

test('NET-2: live words come back as they were said, within one frame', () => {
  fc.assert(
    fc.property(utterance, (said) => {
      const sealed = seal(said)
      expect(sealed.length).toBeLessThanOrEqual(MAX_LIVE)
      expect(openUtterance(suite, documentId, keys, sealed)).toEqual({ ...said, member: toHex(device.publicKey) })
    }),
    { numRuns: 200 },
  )
})

test('NET-2: the longest words that can be said fit, without what is held if need be', () => {
  const long = { ...SAID, name: '学'.repeat(100), anchor: new Uint8Array(120), head: new Uint8Array(120) }
  const heads = Array.from({ length: 30 }, (_, at) => [`${at}`.padStart(16, '0'), 2 ** 50] as const)
  const sealed = seal({ ...long, holding: { digest: new Uint8Array(16), heads } })
  expect(sealed.length).toBeLessThanOrEqual(MAX_LIVE)
  expect(openUtterance(suite, documentId, keys, sealed)).toMatchObject({ name: '学'.repeat(40), head: long.head })
})

test('NET-2: words of another document or epoch, changed in any bit, or signed by somebody else are nobody’s', () => {
  const sealed = seal(SAID)
  expect(openUtterance(suite, suite.hash(Uint8Array.of(4)), keys, sealed)).toBeNull()
  expect(openUtterance(suite, documentId, new Map(), sealed)).toBeNull()
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Uint8Array.from(sealed)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(openUtterance(suite, documentId, keys, changed)).toBeNull()
  }
  const forger = { publicKey: device.publicKey, seed: suite.random(32) }
  expect(openUtterance(suite, documentId, keys, sealUtterance(suite, documentId, current, forger, SAID))).toBeNull()
})

test('NET-2: whatever the bytes, they are words or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1100 }), (garbage) => {
      expect(openUtterance(suite, documentId, keys, garbage)).toBeNull()
    }),
  )
})

test('NET-2: nothing of a person’s name or place is in the clear, and few lengths tell words apart', () => {
  const sealed = seal({ ...SAID, name: 'Persephone' })
  expect(new TextDecoder('latin1').decode(sealed)).not.toContain('Persephone')
  const lengths = new Set(Array.from({ length: 40 }, (_, at) => seal({ ...SAID, name: 'a'.repeat(at) }).length))
  expect(lengths.size).toBeLessThanOrEqual(2)
})
