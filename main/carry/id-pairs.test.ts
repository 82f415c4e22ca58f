import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdPairs } from './id-pairs.ts'

describe('pairs of ids', () => {
  it('YJS-13: are one to one, whatever is paired anew, and come back from their bytes', () => {
    const id = fc.record({ client: fc.nat({ max: 2 }), clock: fc.nat({ max: 30 }) })
    const range = fc.record({
      ours: id,
      theirs: id,
      length: fc.integer({ min: 1, max: 12 }),
      born: fc.constant('ours' as const),
    })
    fc.assert(
      fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
        const pairs = new IdPairs()
        const forth = new Map<string, string>()
        const name = (client: number, clock: number): string => `${client}:${clock}`
        for (const one of ranges) {
          pairs.add(one)
          for (let i = 0; i < one.length; i++) {
            const [a, b] = [name(one.ours.client, one.ours.clock + i), name(one.theirs.client, one.theirs.clock + i)]
            for (const [key, value] of forth) if (value === b) forth.delete(key)
            forth.set(a, b)
          }
        }
        const again = new IdPairs()
        again.load(pairs.encode())
        for (const each of [pairs, again]) {
          for (let client = 0; client < 3; client++) {
            for (let clock = 0; clock < 45; clock++) {
              const partner = each.partner('ours', { client, clock })
              expect(partner === null ? undefined : name(partner.client, partner.clock)).toBe(
                forth.get(name(client, clock)),
              )
              if (partner !== null) expect(each.partner('theirs', partner)).toEqual({ client, clock })
            }
          }
        }
      }),
    )
  })
})
