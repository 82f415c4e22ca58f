import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeOf, type StoredLink } from '../../shared/membership/member-op.ts'
import { type Neighbour, shape, Street } from './street.fixture.ts'

const RELAY = 'wss://relay.example.org'
let street: Street
let alice: Neighbour
let bob: Neighbour
let id: string

/** What the network asks of sharing for each document that is open. */
const opened = (one: Neighbour): unknown => one.on(id, (document) => one.sharing.access(document))
const device = (one: Neighbour): string =>
  one.on(id, ({ members }) => Buffer.from(members.device.publicKey).toString('hex'))
const rows = (one: Neighbour): readonly StoredLink[] => one.on(id, (document) => document.chain().rows)
const epochs = (one: Neighbour): number[] =>
  one.on(id, ({ members }) => [...members.epochKeys().keys()].sort((a, b) => a - b))

/** The other computer of the same person, which knows nothing but the words. */
async function secondOf(one: Neighbour, name: string): Promise<Neighbour> {
  opened(one)
  await one.recovery.keep()
  const second = street.move(name)
  await second.recovery.restore(await one.recovery.words(), RELAY)
  return second
}

async function comeIn(one: Neighbour): Promise<void> {
  opened(one)
  await vi.waitFor(() => expect(one.on(id, ({ members }) => members.newcomer)).toBeNull())
  street.meet(id)
}

beforeEach(async () => {
  street = new Street()
  ;[alice, bob] = [street.move('Alice'), street.move('Bob')]
  id = await alice.registry.create(shape('Plan', 'Alice began.'))
  const { link } = await alice.sharing.invite(id, { role: 'editor', uses: 1, hours: 24, approval: false })
  await bob.sharing.join(link)
  await alice.sharing.setRelay(id, RELAY)
  street.hasRelay = true
  street.meet(id)
})

afterEach(() => street.clear())

describe('a second computer of one person', () => {
  it('MEMBER-50: comes in as a device of its own by a row of the person’s root key, and both go on writing', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    expect(device(desk)).toBe(device(alice))
    await comeIn(desk)
    expect(device(desk)).not.toBe(device(alice))
    expect(changeOf(rows(bob).at(-1) as StoredLink).type).toBe('device-add')
    await alice.write(id, 'Alice began.', 'On the way.')
    street.meet(id)
    await desk.write(id, 'Alice began.', 'On the way.', 'At the desk.')
    street.meet(id)
    for (const one of [alice, bob, desk]) expect(one.text(id)).toContain('At the desk.')
    const { people } = await bob.sharing.view(id)
    expect(people.map(({ devices }) => devices.length)).toEqual([2, 1])
    const mine = (await desk.sharing.view(id)).people[0]
    expect(mine?.devices.map(({ here, name }) => [here, name])).toEqual([
      [false, 'Alice'],
      [true, 'Alice at the desk'],
    ])
  })

  it('MEMBER-50: reads and does not write until it is in: no writer of its own is another device’s', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    street.pass(id, alice, desk)
    const before = desk.registry.openIn(1, id)
    expect(before).toMatchObject({ mode: 'read-only', readOnlyReason: expect.stringMatching(/being added/) as string })
    expect(desk.text(id)).toContain('Alice began.')
    await comeIn(desk)
    expect(desk.registry.openIn(1, id).mode).toBe('write')
    await desk.registry.release(id, 1)
  })

  it('MEMBER-50: stays the device it is when the words are typed once more', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    await comeIn(desk)
    await desk.recovery.keep()
    const { length } = rows(desk)
    const before = device(desk)
    await desk.recovery.restore(await alice.recovery.words(), RELAY)
    await comeIn(desk)
    expect([device(desk), rows(desk).length]).toEqual([before, length])
  })

  it('MEMBER-51: a removed computer gets no newer key, is told, writes no more, and its person stays in', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    await comeIn(desk)
    await alice.sharing.removeDevice(id, device(desk))
    street.meet(id)
    await alice.write(id, 'Alice began.', 'After that.')
    street.meet(id)
    expect([epochs(alice), epochs(bob), epochs(desk)]).toEqual([[1, 2], [1, 2], [1]])
    expect(bob.text(id)).toContain('After that.')
    expect(desk.text(id)).not.toContain('After that.')
    expect(desk.registry.openIn(1, id)).toMatchObject({
      mode: 'read-only',
      readOnlyReason: expect.stringMatching(/This computer was removed/) as string,
    })
    await desk.registry.release(id, 1)
    expect(desk.on(id, ({ members }) => members.newcomer)).toBeNull()
    expect(opened(desk)).toBeNull()
    // The document stays in the vault for the others.
    opened(alice)
    await alice.recovery.keep()
    desk.on(id, (document) => desk.sharing.membersChanged(document, new Map()))
    await desk.recovery.keep()
    const third = await secondOf(alice, 'Alice on the sofa')
    await comeIn(third)
    expect(third.text(id)).toContain('After that.')
  })

  it('MEMBER-51: the second removes the first, and the words bring a third one in through it', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    await comeIn(desk)
    await desk.sharing.removeDevice(id, device(alice))
    street.meet(id)
    await desk.write(id, 'Alice began.', 'After that.')
    street.meet(id)
    expect(alice.text(id)).not.toContain('After that.')
    const third = await secondOf(desk, 'Alice on the sofa')
    await comeIn(third)
    expect(third.text(id)).toContain('After that.')
    expect((await third.sharing.view(id)).people[0]?.devices).toHaveLength(2)
  })

  it('MEMBER-51: a computer that was removed comes back, as another device, when the words are typed on it once more', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    await comeIn(desk)
    const before = device(desk)
    await alice.sharing.removeDevice(id, before)
    street.meet(id)
    await alice.write(id, 'Alice began.', 'After that.')
    opened(alice)
    await alice.recovery.keep()
    await desk.recovery.restore(await alice.recovery.words(), RELAY)
    await comeIn(desk)
    expect(desk.text(id)).toContain('After that.')
    expect(device(desk)).not.toBe(before)
    expect(await alice.sharing.view(id)).toMatchObject({ people: [{ devices: [{}, {}] }, {}] })
  })

  it('MEMBER-51: who is no owner removes their own, an owner’s device begins the epoch; others’ they can’t', async () => {
    const desk = await secondOf(bob, 'Bob at the desk')
    await comeIn(desk)
    await expect(desk.sharing.removeDevice(id, device(alice))).rejects.toMatchObject({ kind: 'no-permission' })
    await bob.sharing.removeDevice(id, device(desk))
    street.meet(id)
    alice.on(id, (document) => alice.sharing.membersChanged(document, new Map()))
    await vi.waitFor(() => expect(alice.on(id, ({ members }) => members.membership.epoch)).toBe(2))
    street.meet(id)
    expect([epochs(bob), epochs(desk)]).toEqual([[1, 2], [1]])
    await expect(bob.sharing.removeDevice(id, device(desk))).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('MEMBER-51: an owner removes another person’s computer', async () => {
    const desk = await secondOf(bob, 'Bob at the desk')
    await comeIn(desk)
    const { people } = await alice.sharing.removeDevice(id, device(desk))
    expect(people[1]?.devices.map(({ id: one }) => one)).toEqual([device(bob)])
    street.meet(id)
    expect([epochs(bob), epochs(desk)]).toEqual([[1, 2], [1]])
  })

  it('MEMBER-52: what one computer shares later comes to the other by itself, in both directions', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    await comeIn(desk)
    for (const [from, to] of [
      [alice, desk],
      [desk, alice],
    ] as const) {
      id = await from.registry.create(shape('Later', `${from.name} shares it.`))
      await from.sharing.setRelay(id, RELAY)
      opened(from)
      await from.recovery.keep()
      await to.recovery.look()
      expect(to.registry.isKnown(id)).toBe(true)
      await comeIn(to)
      expect(to.text(id)).toContain(`${from.name} shares it.`)
      expect(device(to)).not.toBe(device(from))
    }
  })

  it('MEMBER-52: a computer that was removed anywhere comes into nothing more by itself', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    await comeIn(desk)
    await alice.sharing.removeDevice(id, device(desk))
    const later = await alice.registry.create(shape('Later', 'Not for it.'))
    await alice.sharing.setRelay(later, RELAY)
    for (const one of [id, later]) alice.on(one, (document) => alice.sharing.access(document))
    await alice.recovery.keep()
    await desk.recovery.look()
    expect(desk.registry.isKnown(later)).toBe(false)
  })

  it('MEMBER-50: a document on no relay is opened as the other device, and no row is made', async () => {
    const desk = await secondOf(alice, 'Alice at the desk')
    const own = await alice.registry.create(shape('Own', 'Never shared.'))
    await desk.registry.takeIn(await alice.content(own))
    expect(desk.on(own, ({ members }) => [members.newcomer, members.role()])).toEqual([null, 'owner'])
    expect(desk.registry.openIn(1, own).mode).toBe('write')
    await desk.registry.release(own, 1)
  })
})
