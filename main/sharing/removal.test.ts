import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fromHex } from '../../shared/ids.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { changeOf } from '../../shared/membership/member-op.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { ChainChanges } from './chain-changes.ts'
import { owesEpoch, removal } from './removal.ts'
import { type Neighbour, shape, Street } from './street.fixture.ts'

let street: Street
let alice: Neighbour
let bob: Neighbour
let carol: Neighbour
let id: string

beforeEach(async () => {
  street = new Street()
  ;[alice, bob, carol] = ['Alice', 'Bob', 'Carol'].map((name) => street.move(name)) as [Neighbour, Neighbour, Neighbour]
  id = await alice.registry.create(shape('Plan', 'Alice began.'))
  for (const [neighbour, role] of [
    [bob, 'owner'],
    [carol, 'editor'],
  ] as const) {
    const { link } = await alice.sharing.invite(id, { role, uses: 1, hours: 24, approval: false })
    await neighbour.sharing.join(link)
    street.meet(id)
  }
  for (const one of [alice, bob, carol]) await one.write(id, 'Alice began.', `${one.name} wrote.`)
  street.meet(id)
})

afterEach(() => street.clear())

describe('a removal', () => {
  it('MEMBER-30: of the founder, who appended rows until then, begins an epoch without them', async () => {
    await bob.sharing.remove(id, await bob.person(id, 'Alice'))
    await bob.write(id, 'A secret.')
    street.meet(id)
    expect(carol.text(id)).toContain('A secret.')
    expect(alice.text(id)).not.toContain('A secret.')
    expect(alice.on(id, ({ members }) => [...members.epochKeys().keys()])).toEqual([1])
  })

  it('MEMBER-30: begins an epoch also when another row comes between', async () => {
    const person = await bob.person(id, 'Carol')
    const [ours, theirs] = [bob.registry.keepOpen(id), alice.registry.keepOpen(id)]
    let between = 0
    const propose = (_: string, row: StoredLink): void => {
      theirs.propose(row)
      const invite = { type: 'invite', invite: suite.random(32), role: 'editor', uses: 1, expires: 1 } as const
      if (changeOf(row).type === 'remove' && (between += 1) === 1)
        theirs.rights.appendLink({ ...invite, approval: false })
      ours.follow(theirs.chain().rows)
    }
    await new ChainChanges(suite, propose, 2000).make(ours, removal(suite, ours, person))
    expect(ours.membership().people.has(person)).toBe(false)
    expect(ours.membership().epoch).toBe(2)
    expect(between).toBe(1)
    for (const one of [alice, bob]) one.registry.letGo(id)
  })

  it('MEMBER-47: that was cut off before an epoch began is ended by an owner’s device', async () => {
    const person = await alice.person(id, 'Carol')
    alice.on(id, (document) => {
      document.follow([document.members.sign({ type: 'remove', root: fromHex(person), cut: [] })])
      expect(owesEpoch(document)).toBe(true)
    })
    street.meet(id)
    // Of two owners without a relay one does it: two would fork the chain. And who is out owes nothing.
    expect(bob.on(id, owesEpoch)).toBe(false)
    expect(carol.on(id, owesEpoch)).toBe(false)
    alice.on(id, (document) => alice.sharing.membersChanged(document, new Map()))
    await vi.waitFor(() => expect(alice.on(id, ({ members }) => members.membership.epoch)).toBe(2))
    street.meet(id)
    expect(alice.on(id, owesEpoch)).toBe(false)
    expect(bob.on(id, ({ members }) => members.epochKeys().size)).toBe(2)
    expect(carol.on(id, ({ members }) => [...members.epochKeys().keys()])).toEqual([1])
  })
})
