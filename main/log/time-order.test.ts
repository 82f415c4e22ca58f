import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../shared/ids.ts'
import { encodeBody, ORDINARY, type RecordBody, ZERO_ID } from '../../shared/log/record.ts'
import type { LogRecord } from './closed-run.ts'
import { inTimeOrder } from './time-order.ts'

const writer = (number: number): string => toHex(new Uint8Array(32).fill(number + 1))

function record(by: string, seq: number, t: number, d: RecordBody['d']): LogRecord {
  const body: RecordBody = { ...ORDINARY, s: new Uint8Array(16), t, d, m: 0, n: [], y: Uint8Array.of(0, 0) }
  expect(encodeBody(body).length).toBeGreaterThan(0)
  return { writer: fromHex(by), seq, prev: ZERO_ID, recId: ZERO_ID, type: 1, stream: 0, body }
}

const name = ({ writer: by, seq }: LogRecord): string => `${toHex(by).slice(0, 2)}:${seq}`

test('PAST-1: the earlier come first, but for what was built on them', () => {
  const [a, b] = [writer(0), writer(1)]
  const chains = new Map([
    [a, [record(a, 1, 10, []), record(a, 2, 30, [])]],
    // Its clock is an hour slow.
    [b, [record(b, 1, 5, [[fromHex(a), 1]]), record(b, 2, 20, [])]],
  ])
  expect(inTimeOrder(chains).map(name)).toEqual(['01:1', '02:1', '02:2', '01:2'])
})

test('PAST-1: every record comes once, after those of its writer and those it was built on, whatever clocks say', () => {
  const one = fc.record({ who: fc.nat({ max: 3 }), time: fc.nat({ max: 50 }), on: fc.nat({ max: 3 }) })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60 }), (made) => {
      const chains = new Map<string, LogRecord[]>()
      for (const { who, time, on } of made) {
        const by = writer(who)
        const chain = chains.get(by) ?? []
        const seen = chains.get(writer(on))?.length ?? 0
        chain.push(record(by, chain.length + 1, time, seen === 0 || on === who ? [] : [[fromHex(writer(on)), seen]]))
        chains.set(by, chain)
      }
      const order = inTimeOrder(chains)
      expect(order.length).toBe(made.length)
      const heads = new Map<string, number>()
      for (const { writer: by, seq, body } of order) {
        expect(seq).toBe((heads.get(toHex(by)) ?? 0) + 1)
        for (const [other, needed] of body.d) expect(heads.get(toHex(other)) ?? 0).toBeGreaterThanOrEqual(needed)
        heads.set(toHex(by), seq)
      }
      expect(inTimeOrder(new Map([...chains].reverse())).map(name)).toEqual(order.map(name))
    }),
  )
})

test('PAST-1: records that say they were built on each other, or on what nobody has, come all the same', () => {
  const [a, b] = [writer(0), writer(1)]
  const chains = new Map([
    [a, [record(a, 1, 1, [[fromHex(b), 1]])]],
    [b, [record(b, 1, 2, [[fromHex(a), 1]]), record(b, 2, 3, [[fromHex(writer(3)), 7]])]],
  ])
  expect(inTimeOrder(chains)).toHaveLength(3)
})
