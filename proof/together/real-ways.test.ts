/** Two whole Sheafs over the real ways: sockets of a local network, and a relay. Nothing here is in memory but the people. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import type { Hubs } from '../../main/network/hubs.ts'
import { type Neighbour, Neighbourhood } from '../../main/network/neighbours.fixture.ts'
import { openHubs } from '../../main/network/open-hubs.ts'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { TestRelay } from '../relay/relay.fixture.ts'

const LONG = { timeout: 40_000, interval: 50 }
const WISH = { role: 'editor', uses: 1, hours: 1, approval: false } as const
const silent = { info: () => undefined, error: () => undefined }
const hasNetwork = Object.values(os.networkInterfaces()).some((some) => some?.some(({ internal }) => !internal))

class RealNeighbourhood extends Neighbourhood {
  override hubs(): Hubs {
    return openHubs({ suite, clock: { now: () => Date.now() }, logger: silent, secret: suite.random(32) })
  }
}

let place: string
let around: RealNeighbourhood
let alice: Neighbour
let bob: Neighbour
beforeEach(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-ways-'))
  around = new RealNeighbourhood(place)
  alice = await around.neighbour('Alice')
  bob = await around.neighbour('Bob')
})
afterEach(async () => {
  await around.clear()
  fs.rmSync(place, { recursive: true, force: true })
})

/** Alice's letter, with one word in it. */
async function letter(): Promise<string> {
  const { documentId } = await alice.sheaf.library.create('Letter')
  await alice.show(documentId)
  await alice.type(documentId, 'one')
  return documentId
}

async function writeTogether(id: string): Promise<void> {
  const { link } = await alice.sheaf.sharing.invite(id, WISH)
  expect(await bob.sheaf.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
  await bob.show(id)
  await vi.waitFor(() => expect(bob.text(id)).toBe('one'), LONG)
  await bob.type(id, ' two')
  await vi.waitFor(() => expect(alice.text(id)).toBe('one two'), LONG)
  alice.sheaf.network.say(id, 1, { anchor: Uint8Array.of(1), head: Uint8Array.of(1), typing: true })
  await vi.waitFor(() => expect(bob.last('presence.changed')).toMatchObject({ peers: [{ name: 'Alice' }] }), LONG)
  await vi.waitFor(
    async () => expect(await alice.sheaf.network.view(id)).toMatchObject({ received: 1, devices: 1 }),
    LONG,
  )
}

async function sendPicture(id: string): Promise<void> {
  const picture = concat(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), suite.random(700_000))
  const name = await alice.picture(id, picture)
  await vi.waitFor(async () => expect((await bob.sheaf.documents.image(id, name))?.bytes).toEqual(picture), LONG)
}

test.skipIf(!hasNetwork)(
  'NET-11: two Sheafs share a document over the real local network',
  async () => {
    const id = await letter()
    await writeTogether(id)
    expect(await alice.sheaf.network.view(id)).toMatchObject({ ways: [{ way: 'lan', state: 'connected', peers: 1 }] })
    await sendPicture(id)
  },
  120_000,
)

test('NET-11: two Sheafs share a document over a real relay alone', async () => {
  const relay = await TestRelay.start()
  try {
    for (const one of [alice, bob]) await one.sheaf.settings.set({ lan: false })
    const id = await letter()
    await alice.sheaf.network.setWays(id, { relay: relay.url.replace('http', 'ws'), lan: false })
    await vi.waitFor(async () => expect(await alice.sheaf.network.view(id)).toMatchObject({ sent: true }), LONG)
    await writeTogether(id)
    expect(await alice.sheaf.network.view(id)).toMatchObject({ sent: true, ways: [{ way: 'relay', peers: 1 }] })
    await sendPicture(id)
  } finally {
    await around.clear()
    await relay.clear()
  }
}, 120_000)
