import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { NO_FAULTS } from '../replication/memory-transport.ts'
import { DocumentStore } from '../storage/document-store.ts'
import { readSheafFile } from '../storage/read-sheaf-file.ts'
import { type Neighbour, Neighbourhood } from './neighbours.fixture.ts'

const LONG = { timeout: 60_000, interval: 100 }
const WISH = { role: 'editor', uses: 2, hours: 1, approval: false } as const

let place: string
let around: Neighbourhood
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-neighbours-'))
  around = new Neighbourhood(place)
})
afterEach(async () => {
  await around.clear()
  fs.rmSync(place, { recursive: true, force: true })
})

async function neighbours(): Promise<[Neighbour, Neighbour, Neighbour]> {
  return [await around.neighbour('Alice'), await around.neighbour('Bob'), await around.neighbour('Carol')]
}

async function inStep(documentId: string, ...all: readonly Neighbour[]): Promise<void> {
  await vi.waitFor(async () => {
    expect(new Set(await Promise.all(all.map((one) => one.bytes(documentId)))).size).toBe(1)
    expect(new Set(all.map((one) => one.text(documentId))).size).toBe(1)
  }, LONG)
}

test('NET-9: three people share, join, write apart and together, remove one, and end with the same bytes', async () => {
  const [alice, bob, carol] = await neighbours()
  const { documentId: id } = await alice.sheaf.library.create('Letter')
  await alice.show(id)
  await alice.type(id, 'one')
  expect(await alice.sheaf.sharing.view(id)).toMatchObject({ shared: false, people: [] })

  // Share, invite, join.
  const { link, view } = await alice.sheaf.sharing.invite(id, WISH)
  expect(view).toMatchObject({ shared: true, invites: [{ left: 2 }] })
  for (const one of [bob, carol]) {
    expect(await one.sheaf.sharing.join(link)).toEqual({ kind: 'joined', documentId: id })
    await one.show(id)
  }
  await vi.waitFor(() => expect(carol.text(id)).toBe('one'), LONG)
  await inStep(id, alice, bob, carol)

  // At once, and apart in one paragraph.
  await Promise.all([alice, bob, carol].map((one) => one.type(id, ` ${one.name}`)))
  await inStep(id, alice, bob, carol)
  around.connect(id, false)
  await alice.type(id, 'early ', 'start')
  await bob.type(id, ' late')
  around.connect(id, true)
  await inStep(id, alice, bob, carol)
  for (const words of ['early one', ' late', 'Alice', 'Bob', 'Carol']) expect(carol.text(id)).toContain(words)
  await vi.waitFor(
    async () => expect(await alice.sheaf.network.view(id)).toMatchObject({ received: 2, devices: 2 }),
    LONG,
  )
  await vi.waitFor(() => expect(alice.last('sync.changed')).toMatchObject({ documentId: id, received: 2 }), LONG)

  // People are seen, by name; a picture travels; who is there is told to windows.
  await vi.waitFor(async () => {
    const { people } = await bob.sheaf.sharing.view(id)
    expect(people.map(({ name }) => name).sort()).toEqual(['Alice', 'Bob', 'Carol'])
    expect(people.every(({ online }) => online)).toBe(true)
  }, LONG)
  const picture = concat(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), suite.random(70_000))
  const name = await carol.picture(id, picture)
  await vi.waitFor(async () => expect((await alice.sheaf.documents.image(id, name))?.bytes).toEqual(picture), LONG)
  expect(alice.last('document.picture')).toEqual({ documentId: id, name })
  alice.sheaf.network.say(id, 1, { anchor: Uint8Array.of(7), head: Uint8Array.of(7), typing: true })
  await vi.waitFor(
    () => expect(bob.last('presence.changed')).toMatchObject({ peers: [{ name: 'Alice', typing: true }] }),
    LONG,
  )

  // One is started again, and finds what was written meanwhile without a window.
  await bob.stop()
  await alice.type(id, ' meanwhile')
  await bob.start()
  await vi.waitFor(async () => expect(await bob.bytes(id)).toContain(' meanwhile'), LONG)
  await bob.show(id)

  // One is removed.
  const { people } = await alice.sheaf.sharing.view(id)
  const gone = people.find((person) => person.name === 'Carol')
  await alice.sheaf.sharing.remove(id, gone?.id ?? '')
  await alice.type(id, ' without her')
  await inStep(id, alice, bob)
  expect(bob.text(id)).toContain(' without her')
  await vi.waitFor(async () => expect(await carol.sheaf.sharing.view(id)).toMatchObject({ role: 'reader' }), LONG)
  expect(carol.text(id)).not.toContain(' without her')
  await vi.waitFor(
    async () => expect(await alice.sheaf.network.view(id)).toMatchObject({ received: 1, devices: 1 }),
    LONG,
  )
  expect([alice, bob, carol].flatMap(({ errors }) => errors)).toEqual([])
}, 180_000)

test('NET-13: words are in their file and runs are closed at the end, also when a way to others fails at its own', async () => {
  const hubs = around.hubs.bind(around)
  around.hubs = (one) => ({ ...hubs(one), stop: () => Promise.reject(new Error('The network is gone.')) })
  const alice = await around.neighbour('Alice')
  const { documentId: id } = await alice.sheaf.library.create('Letter')
  await alice.show(id)
  await alice.type(id, 'the last words')
  await expect(alice.sheaf.close()).rejects.toThrow('The network is gone.')
  around.neighbours.splice(0)
  const { previews } = await readSheafFile(path.join(place, 'Alice', 'library', 'Letter.sheaf'))
  expect(previews['text/plain']).toContain('the last words')
  const store = DocumentStore.open(path.join(place, 'Alice', 'data', 'store', `${id}.db`))
  expect(store.writers()).toEqual([])
  store.close()
})

test('NET-15: what was typed right before Sheaf is closed goes to who is there, and is not said to be there before', async () => {
  const [alice, bob] = [await around.neighbour('Alice'), await around.neighbour('Bob')]
  const { documentId: id } = await alice.sheaf.library.create('Letter')
  await alice.show(id)
  await alice.type(id, 'one')
  const { link } = await alice.sheaf.sharing.invite(id, WISH)
  await bob.sheaf.sharing.join(link)
  await bob.show(id)
  await vi.waitFor(async () => expect(await alice.sheaf.network.view(id)).toMatchObject({ received: 1 }), LONG)
  await alice.type(id, ' and the last words')
  expect(await alice.sheaf.network.view(id)).toMatchObject({ received: 0, devices: 1 })
  await alice.stop()
  await vi.waitFor(() => expect(bob.text(id)).toBe('one and the last words'), { timeout: 2000, interval: 50 })
}, 60_000)

test('NET-15: who is there and says nothing keeps Sheaf from closing for two seconds at most', async () => {
  const [alice, bob] = [await around.neighbour('Alice'), await around.neighbour('Bob')]
  const { documentId: id } = await alice.sheaf.library.create('Letter')
  await alice.show(id)
  await alice.type(id, 'one')
  const { link } = await alice.sheaf.sharing.invite(id, WISH)
  await bob.sheaf.sharing.join(link)
  await vi.waitFor(async () => expect(await alice.sheaf.network.view(id)).toMatchObject({ received: 1 }), LONG)
  // Every frame is lost from now on, and nobody is told.
  around.networkOf(id).faults = { ...NO_FAULTS, lost: 100 }
  await alice.type(id, ' and the last words')
  const before = performance.now()
  await alice.stop()
  expect(performance.now() - before).toBeLessThan(10_000)
  await alice.start()
  around.networkOf(id).faults = NO_FAULTS
  await vi.waitFor(async () => expect(await bob.bytes(id)).toContain(' and the last words'), LONG)
}, 60_000)
