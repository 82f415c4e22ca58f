/** One person with two computers, over a real relay: whole Sheafs, their own sockets, and the words on paper. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import type { Hubs } from '../../main/network/hubs.ts'
import { type Neighbour, Neighbourhood } from '../../main/network/neighbours.fixture.ts'
import { openHubs } from '../../main/network/open-hubs.ts'
import { TestRelay } from '../relay/relay.fixture.ts'

const LONG = { timeout: 40_000, interval: 50 }
const silent = { info: () => undefined, error: () => undefined }

class RealNeighbourhood extends Neighbourhood {
  override hubs(): Hubs {
    return openHubs({ suite, clock: { now: () => Date.now() }, logger: silent, secret: suite.random(32) })
  }
}

let place: string
let relay: TestRelay
let around: RealNeighbourhood
let laptop: Neighbour
beforeEach(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-own-'))
  relay = await TestRelay.start()
  around = new RealNeighbourhood(place)
  laptop = await start('Laptop')
})
afterEach(async () => {
  await around.clear()
  await relay.clear()
  fs.rmSync(place, { recursive: true, force: true })
})

async function start(name: string): Promise<Neighbour> {
  const one = await around.neighbour(name)
  await one.sheaf.settings.set({ lan: false })
  return one
}

async function restored(name: string): Promise<Neighbour> {
  const words = await laptop.sheaf.recovery.words()
  const one = await start(name)
  // The vault is written some seconds after the document was shared.
  await vi.waitFor(async () => {
    const { coming } = await one.sheaf.recovery.restore(words, url())
    expect(coming).toBe(1)
  }, LONG)
  return one
}

const url = (): string => relay.url.replace('http', 'ws')
const devicesOn = async (one: Neighbour, id: string) =>
  (await one.sheaf.sharing.view(id)).people.find(({ you }) => you)?.devices ?? []

test('MEMBER-50, MEMBER-51: two computers of one person write together; one that is removed reads nothing more', async () => {
  const { documentId: id } = await laptop.sheaf.library.create('Letter')
  await laptop.show(id)
  await laptop.type(id, 'one')
  await laptop.sheaf.network.setWays(id, { relay: url(), lan: false })
  await vi.waitFor(async () => expect(await laptop.sheaf.network.view(id)).toMatchObject({ sent: true }), LONG)

  const desk = await restored('Desk')
  await vi.waitFor(async () => expect(await devicesOn(desk, id)).toHaveLength(2), LONG)
  await desk.show(id)
  await vi.waitFor(() => expect(desk.text(id)).toBe('one'), LONG)
  await desk.type(id, ' two')
  await vi.waitFor(() => expect(laptop.text(id)).toBe('one two'), LONG)
  await laptop.type(id, ' three')
  await vi.waitFor(() => expect(desk.text(id)).toBe('one two three'), LONG)
  // Each counts as itself: what one has is not taken for what the other has.
  for (const one of [laptop, desk])
    await vi.waitFor(
      async () => expect(await one.sheaf.network.view(id)).toMatchObject({ received: 1, devices: 1 }),
      LONG,
    )

  const other = (await devicesOn(laptop, id)).find(({ here }) => !here)
  await laptop.sheaf.sharing.removeDevice(id, other?.id ?? '')
  await laptop.type(id, ' secret')
  await vi.waitFor(async () => expect(await laptop.sheaf.network.view(id)).toMatchObject({ sent: true }), LONG)
  const isOut = { ways: [{ way: 'relay', problem: 'revoked', peers: 0 }] }
  await vi.waitFor(async () => expect(await desk.sheaf.network.view(id)).toMatchObject(isOut), LONG)
  await desk.stop()
  await desk.start()
  await desk.show(id)
  await vi.waitFor(async () => expect(await desk.sheaf.network.view(id)).toMatchObject(isOut), LONG)
  expect(desk.text(id)).toBe('one two three')
}, 120_000)

test('MEMBER-52: what is shared later is on the other computer after its next start at the latest', async () => {
  const share = async (title: string): Promise<string> => {
    const { documentId } = await laptop.sheaf.library.create(title)
    await laptop.show(documentId)
    await laptop.type(documentId, title)
    await laptop.sheaf.network.setWays(documentId, { relay: url(), lan: false })
    return documentId
  }
  await share('First')
  const desk = await restored('Desk')
  const later = await share('Second')
  const has = (): boolean => desk.sheaf.library.view().entries.some(({ documentId }) => documentId === later)
  await vi.waitFor(async () => {
    await desk.stop()
    await desk.start()
    // As long as it takes until the vault is written, there and here.
    await vi.waitFor(() => expect(has()).toBe(true), { timeout: 8000, interval: 100 })
  }, LONG)
  await vi.waitFor(async () => expect(await devicesOn(desk, later)).toHaveLength(2), LONG)
  await desk.show(later)
  await vi.waitFor(() => expect(desk.text(later)).toBe('Second'), LONG)
  await desk.type(later, ' too')
  await vi.waitFor(() => expect(laptop.text(later)).toBe('Second too'), LONG)
}, 120_000)
