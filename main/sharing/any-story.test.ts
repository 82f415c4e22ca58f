import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROLES } from '../../shared/membership/role.ts'
import { personOf } from '../../shared/membership/membership.ts'
import { SheafError } from '../../shared/errors.ts'
import { type Neighbour, shape, Street } from './street.fixture.ts'

/** Random choices that repeat with their seed. */
class Chance {
  private state: number

  constructor(seed: number) {
    this.state = (seed % 2_147_483_646) + 1
  }

  below(limit: number): number {
    this.state = (this.state * 48_271) % 2_147_483_647
    return this.state % limit
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)]
    if (one === undefined) throw new Error('There is nothing to pick from.')
    return one
  }
}

let street: Street
let alice: Neighbour
let id: string

beforeEach(async () => {
  street = new Street()
  alice = street.move('Alice')
  id = await alice.registry.create(shape('Plan', 'Alice began.'))
  const { link } = await alice.sharing.invite(id, { role: 'editor', uses: 1, hours: 1, approval: false })
  await street.move('Bob').sharing.join(link)
})

afterEach(() => street.clear())

const isIn = (one: Neighbour): boolean =>
  alice.on(id, (document) => {
    const device = one.on(id, ({ members }) => members.device.publicKey)
    return personOf(document.membership(), device) !== null
  })

/** One thing that may happen among them; what is not allowed is refused, and that is fine. */
async function happen(chance: Chance, count: number): Promise<void> {
  const there = street.neighbours.filter(({ registry }) => registry.isKnown(id))
  const one = chance.pick(there)
  const { people, waiting } = await alice.sharing.view(id)
  const other = chance.pick(people).id
  switch (chance.below(9)) {
    case 0: {
      if (street.neighbours.length > 4) return
      const wish = { role: chance.pick(ROLES), uses: 1, hours: 1, approval: false }
      const { link } = await alice.sharing.invite(id, wish)
      expect((await street.move(`Neighbour ${count}`).sharing.join(link)).kind).toBe('joined')
      return
    }
    case 1:
      return void (await alice.sharing.remove(id, other))
    case 2:
      return void (await alice.sharing.setRole(id, other, chance.pick(ROLES)))
    case 3:
      if (waiting.length > 0) await alice.sharing.admit(id, chance.pick(waiting).id)
      return
    case 4:
    case 5:
      return void street.meet(id, one, chance.pick(there))
    default:
      return await one.write(id, `${one.name} says ${count}.`, one.text(id))
  }
}

describe('whatever people do', () => {
  const seed = Date.now() % 1_000_000
  for (const story of [0, 1, 2, 3]) {
    it(`MEMBER-42: story ${seed + story}: those who are in hold one text, who is out opens nothing new`, async () => {
      const chance = new Chance(seed + story)
      for (let count = 0; count < 24; count++) {
        try {
          await happen(chance, count)
        } catch (cause) {
          const kinds = ['invalid-argument', 'no-permission']
          if (!(cause instanceof SheafError && kinds.includes(cause.kind))) throw cause
        }
      }
      const inside = street.neighbours.filter((one) => one.registry.isKnown(id) && isIn(one))
      const outside = street.neighbours.filter((one) => one.registry.isKnown(id) && !isIn(one))
      street.meet(id, ...inside)
      street.meet(id, ...inside)
      const secret = `Only for those who are in: ${seed}.`
      await alice.write(id, secret, alice.text(id))
      expect(street.meet(id)).not.toContain('refused')
      const { epoch } = alice.on(id, (document) => document.membership())
      for (const one of inside) {
        expect(one.text(id), one.name).toBe(alice.text(id))
        expect(one.on(id, (document) => document.members.epochKeys().has(epoch))).toBe(true)
      }
      for (const one of outside) expect(one.text(id), one.name).not.toContain(secret)
      const records = inside.map((one) => one.on(id, (document) => document.records().length))
      expect(new Set(records).size).toBe(1)
    }, 60_000)
  }
})
