import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Guest, ROOM, type RunningServer, startServer } from '../replication/yjs-server/yjs-servers.fixture.ts'
import { DocumentStore } from '../storage/document-store.ts'
import { type Neighbour, Neighbourhood } from './neighbours.fixture.ts'

const LONG = { timeout: 30_000, interval: 50 }

let place: string
let around: Neighbourhood
let alice: Neighbour
let server: RunningServer
beforeEach(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-rooms-'))
  around = new Neighbourhood(place)
  alice = await around.neighbour('Alice')
  server = await startServer('y-websocket')
})
afterEach(async () => {
  await around.clear()
  await server.kill()
  fs.rmSync(place, { recursive: true, force: true })
})

test('NET-12: a document is kept in step with a room of a plain Yjs server, after a restart too, until told to stop', async () => {
  const { documentId: id } = await alice.sheaf.library.create('Letter')
  await alice.show(id)
  await alice.type(id, 'one')
  const room = { url: server.url, room: ROOM }
  expect(await alice.sheaf.network.connectYjs(id, room)).toMatchObject({ ways: [{ way: 'yjs' }] })
  const eve = new Guest('y-websocket', server.url)
  try {
    await vi.waitFor(() => expect(eve.body.toString()).toContain('one'), LONG)
    eve.write('from outside')
    await vi.waitFor(() => expect(alice.text(id)).toContain('from outside'), LONG)
    await alice.type(id, ' two')
    await vi.waitFor(() => expect(eve.body.toString()).toContain(' two'), LONG)
    await vi.waitFor(() => expect(alice.last('sync.changed')).toMatchObject({ ways: [{ state: 'connected' }] }), LONG)

    await alice.stop()
    await alice.start()
    await alice.show(id)
    await alice.type(id, ' three')
    await vi.waitFor(() => expect(eve.body.toString()).toContain(' three'), LONG)

    expect(await alice.sheaf.network.connectYjs(id, null)).toMatchObject({ ways: [] })
    await alice.type(id, ' kept here')
    eve.write('kept there')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(eve.body.toString()).not.toContain('kept here')
    expect(alice.text(id)).not.toContain('kept there')
    await expect(alice.sheaf.network.connectYjs(id, { url: 'nowhere', room: ROOM })).rejects.toMatchObject({
      kind: 'invalid-argument',
    })
  } finally {
    eve.provider.destroy()
  }
}, 90_000)

test('YJS-15: a document opens and can be written in when what was kept of its room is garbled, and that is said', async () => {
  const { documentId: id } = await alice.sheaf.library.create('Letter')
  await alice.sheaf.network.connectYjs(id, { url: server.url, room: ROOM })
  await alice.stop()
  const store = DocumentStore.open(path.join(place, 'Alice', 'data', 'store', `${id}.db`))
  const { host, pathname } = new URL(server.url)
  const garbled = { updates: [Uint8Array.of(9, 9, 9)], pairs: Uint8Array.of(7) }
  store.mirrors.keep({ place: JSON.stringify([host + pathname, ROOM]), row: garbled })
  store.close()
  await alice.start()
  await alice.show(id)
  await alice.type(id, 'all the same')
  expect(await alice.sheaf.network.view(id)).toMatchObject({ ways: [{ way: 'yjs', state: 'problem' }] })
  expect(alice.text(id)).toContain('all the same')
})
