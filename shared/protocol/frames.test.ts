import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../ids.ts'
import {
  decodeFrame,
  encodeFrame,
  FAREWELLS,
  type Frame,
  MAX_FRAME,
  MAX_LIVE,
  PIECE,
  TIPS_PER_PAGE,
  VERSIONS,
} from './frames.ts'
import type { Tips } from './tips.ts'

const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max })
const hex = (length: number) => bytes(length).map(toHex)
const count = fc.integer({ min: 1, max: 2 ** 32 - 1 })

/** One or two ends a writer. */
const tips: fc.Arbitrary<Tips> = fc
  .array(fc.tuple(hex(32), fc.maxSafeNat(), hex(32), fc.boolean()), { maxLength: 6 })
  .map((list) => {
    const entries = list.map(([writer, seq, recId, forked]) => {
      const ends = [{ seq: Math.max(1, Math.floor(seq / 2)), recId }]
      return [writer, forked ? [...ends, { seq: Math.max(1, Math.floor(seq / 2)) + 1, recId }] : ends] as const
    })
    return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  })

const chain = fc.record({ seq: fc.nat(2 ** 31), hash: bytes(32) })
const row = fc.record({ op: bytes(0, 300), hash: bytes(32), sig: bytes(64) })

const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    op: fc.constant('hello' as const),
    min: fc.constant(1),
    max: fc.integer({ min: 1, max: 65_535 }),
    documentId: bytes(32),
    session: hex(8),
  }),
  fc
    .tuple(fc.nat(2 ** 31), fc.integer({ min: 1, max: 16 }), fc.nat(15), chain, tips)
    .map(([revision, pages, page, end, held]) => ({
      op: 'heads' as const,
      revision,
      page: page % pages,
      pages,
      chain: end,
      tips: held,
    })),
  fc.tuple(fc.nat(2 ** 31), tips).map(([revision, held]) => ({ op: 'holds' as const, revision, tips: held })),
  tips.filter(({ size }) => size > 0).map((held) => ({ op: 'spoilt' as const, tips: held })),
  fc.record({
    op: fc.constant('records' as const),
    envelopes: fc.array(bytes(0, 300), { minLength: 1, maxLength: 5 }),
  }),
  bytes(1, 200).map((end) => ({ op: 'piece' as const, id: '07'.repeat(32), index: 2, count: 3, bytes: end })),
  fc.record({ op: fc.constant('live' as const), counter: count, bytes: bytes(0, MAX_LIVE) }),
  fc.record({ op: fc.constant('pulse' as const), revision: fc.nat(), digest: bytes(32), chain }),
  fc.record({ op: fc.constant('chain' as const), from: count, rows: fc.array(row, { minLength: 1, maxLength: 4 }) }),
  fc.record({ op: fc.constant('propose' as const), row }),
  fc.record({ op: fc.constant('want' as const), ids: fc.array(hex(32), { minLength: 1, maxLength: 64 }) }),
  bytes(1, 200).map((end) => ({ op: 'picture' as const, id: '07'.repeat(32), index: 0, count: 1, bytes: end })),
  fc.record({ op: fc.constant('bye' as const), reason: fc.constantFrom(...FAREWELLS) }),
)

const END = { seq: 0, hash: new Uint8Array(32) }
const PROBLEMS = ['too-big', 'unknown', 'malformed']

describe('frames', () => {
  it('SYNC-1: come back as they were sent', () => {
    fc.assert(
      fc.property(frame, (sent) => {
        expect(decodeFrame(encodeFrame(sent))).toEqual(sent)
      }),
      { numRuns: 1000 },
    )
    const piece: Frame = { op: 'piece', id: '08'.repeat(32), index: 0, count: 2, bytes: new Uint8Array(PIECE) }
    expect(decodeFrame(encodeFrame(piece))).toEqual(piece)
    const nothing: Frame = { op: 'holds', revision: 1, tips: new Map([['09'.repeat(32), []]]) }
    expect(decodeFrame(encodeFrame(nothing))).toEqual(nothing)
  })

  it('SYNC-2: random and mutated ones are each a frame or a problem of a known kind, and never one meaning in two ways', () => {
    const mutation = fc.record({
      kind: fc.constantFrom('flip', 'cut', 'grow', 'splice', 'random'),
      at: fc.nat(2000),
      bytes: bytes(1, 40),
    })
    let refused = 0
    fc.assert(
      fc.property(frame, fc.array(mutation, { minLength: 1, maxLength: 3 }), (sent, mutations) => {
        let input = encodeFrame(sent)
        for (const { kind, at, bytes: random } of mutations) {
          const from = at % (input.length + 1)
          if (kind === 'flip') input[from] = (input[from] ?? 0) ^ (random[0] ?? 1)
          else if (kind === 'cut') input = input.slice(0, from)
          else if (kind === 'grow') input = Uint8Array.from([...input, ...random])
          else if (kind === 'splice') input.set(random.slice(0, input.length - from), from)
          else input = random
        }
        const result = decodeFrame(input)
        if (typeof result === 'string') {
          refused += 1
          expect(PROBLEMS).toContain(result)
        } else if (result.op !== 'hello') expect(toHex(encodeFrame(result))).toBe(toHex(input))
      }),
      { numRuns: 2000 },
    )
    expect(refused).toBeGreaterThan(500)
  })

  it('SYNC-2: one too big is refused unread; lengths that lie cost nothing', () => {
    expect(decodeFrame(new Uint8Array(MAX_FRAME + 1).fill(4))).toBe('too-big')
    expect(decodeFrame(Uint8Array.of(4, 255, 255, 255, 255, 1))).toBe('malformed')
    expect(decodeFrame(new Uint8Array(0))).toBe('malformed')
    expect(decodeFrame(Uint8Array.of(0))).toBe('unknown')
    expect(decodeFrame(Uint8Array.of(99))).toBe('unknown')
    expect(decodeFrame(new Uint8Array(5 + TIPS_PER_PAGE * 72 + 72).fill(3))).toBe('malformed')
  })

  it('SYNC-2: bounds are held', () => {
    const malformed = (changed: Frame): void => expect(decodeFrame(encodeFrame(changed))).toBe('malformed')
    malformed({ op: 'live', counter: 0, bytes: new Uint8Array(1) })
    malformed({ op: 'live', counter: 1, bytes: new Uint8Array(MAX_LIVE + 1) })
    malformed({ op: 'heads', revision: 1, page: 1, pages: 1, chain: END, tips: new Map() })
    malformed({ op: 'heads', revision: 1, page: 0, pages: 17, chain: END, tips: new Map() })
    malformed({ op: 'records', envelopes: [] })
    malformed({ op: 'piece', id: '01'.repeat(32), index: 0, count: 2, bytes: new Uint8Array(PIECE - 1) })
    malformed({ op: 'piece', id: '01'.repeat(32), index: 0, count: 161, bytes: new Uint8Array(PIECE) })
    malformed({ op: 'piece', id: '01'.repeat(32), index: 1, count: 2, bytes: new Uint8Array(0) })
    malformed({ op: 'hello', min: 2, max: 1, documentId: new Uint8Array(32), session: '00'.repeat(8) })
  })

  it('SYNC-2: tips out of order, doubled, or of number 0 with an id are refused', () => {
    const tip = (writer: number, seq: number, id: number): number[] => [
      ...new Uint8Array(32).fill(writer),
      seq,
      ...new Uint8Array(7),
      ...new Uint8Array(32).fill(id),
    ]
    const holds = (...list: number[][]): unknown => decodeFrame(Uint8Array.from([3, 1, 0, 0, 0, ...list.flat()]))
    expect(holds(tip(1, 1, 1), tip(2, 1, 1))).toBeTypeOf('object')
    expect(holds(tip(2, 1, 1), tip(1, 1, 1))).toBe('malformed')
    expect(holds(tip(1, 1, 1), tip(1, 1, 1))).toBe('malformed')
    expect(holds(tip(1, 0, 1))).toBe('malformed')
    expect(holds(tip(1, 0, 0))).toBeTypeOf('object')
    expect(holds(tip(1, 0, 0), tip(1, 1, 1))).toBe('malformed')
  })

  it('SYNC-3: a hello of a later version is understood as far as this one goes', () => {
    const hello: Frame = {
      op: 'hello',
      min: 1,
      max: VERSIONS.max + 1,
      documentId: new Uint8Array(32),
      session: '00'.repeat(8),
    }
    expect(decodeFrame(Uint8Array.from([...encodeFrame(hello), 1, 2, 3]))).toEqual(hello)
    expect(decodeFrame(Uint8Array.from([...encodeFrame({ ...hello, max: VERSIONS.max }), 1]))).toBe('malformed')
  })
})
