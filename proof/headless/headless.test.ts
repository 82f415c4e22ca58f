import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SEAL_CONNECTED } from '../../main/network/gathering.ts'
import { freePort, until, World } from './headless.fixture.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

let world: World
beforeEach(() => {
  world = new World()
})
afterEach(async () => {
  await world.clear()
})

describe('sheaf join and sheaf sync', () => {
  it('PEER-1: an invite to read is enough; the file holds the words there are, and those that come', async () => {
    const { alice, id, url } = await world.onRelay('one')
    const { server } = world
    const joined = await server.join(await world.invite(alice, id))
    expect(await server.text()).toBe('one')
    expect(joined.events().map(({ event }) => event)).toEqual(
      expect.arrayContaining(['connected', 'published', 'in-step']),
    )
    const sync = server.sync()
    await until('it is in step', () => sync.said('in-step'))
    await alice.type(id, ' two')
    await until('the file has it', async () => (await server.text()) === 'one two')
    await until('who is there was said', () => sync.said('here'))
    expect(sync.events()).toContainEqual(expect.objectContaining({ event: 'connected', way: 'relay', relay: url }))
    expect(sync.events()).toContainEqual(expect.objectContaining({ event: 'here', name: 'Alice' }))
    expect(sync.events()).toContainEqual(expect.objectContaining({ event: 'received', entries: 1 }))
    const { people } = await alice.sheaf.sharing.view(id)
    expect(people).toContainEqual(expect.objectContaining({ name: 'Attic', role: 'reader' }))
    expect(people.map(({ devices }) => devices.length)).toEqual([1, 1])
    await until('it is counted', async () => (await alice.sheaf.network.view(id)).received === 1)
  })

  it('PEER-2: killed in the middle and started again it loses nothing and is the same place', async () => {
    const { alice, id } = await world.onRelay('begin')
    const { server } = world
    await server.join(await world.invite(alice, id))
    let words = 'begin'
    for (const after of [300, 900, 1600]) {
      const sync = server.sync()
      await until('it is in step', () => sync.said('in-step'))
      const end = performance.now() + after
      while (performance.now() < end) {
        words += ` ${words.length}`
        await alice.type(id, ` ${words.split(' ').at(-1)}`)
      }
      await sync.end('SIGKILL')
      expect(words.startsWith((await server.text()) ?? 'no file')).toBe(true)
    }
    const last = server.sync('--once')
    expect(await last.ended()).toBe(0)
    expect(await server.text()).toBe(words)
    const { people } = await alice.sheaf.sharing.view(id)
    expect(people.map(({ name, devices }) => [name, devices.length])).toEqual([
      ['Alice', 1],
      ['Attic', 1],
    ])
    const verified = server.run('verify', 'kept.sheaf')
    expect({ code: await verified.ended(), err: verified.err }).toEqual({ code: 0, err: '' })
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('PEER-3: %s ends it well, with everything in the file', async (signal) => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id))
    const sync = server.sync()
    await until('it is in step', () => sync.said('in-step'))
    await alice.type(id, ' two')
    // The file is published a second later; it is told to end before that.
    await until('it came', () => sync.said('received'))
    expect(await sync.end(signal)).toBe(0)
    expect(await server.text()).toBe('one two')
    expect(sync.events().at(-1)).toMatchObject({ event: 'ended' })
    expect(sync.err).toBe('')
  })

  it('PEER-4: with --once it ends when all is here, and says in one sentence why it can’t be', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id))
    await alice.type(id, ' two')
    // By then the words are a record.
    await new Promise((resolve) => setTimeout(resolve, 2 * SEAL_CONNECTED))
    await until('the relay has it', async () => (await alice.sheaf.network.view(id)).sent)
    await alice.stop()
    const once = server.sync('--once')
    expect({ code: await once.ended(), err: once.err }).toEqual({ code: 0, err: '' })
    expect(await server.text()).toBe('one two')
    world.relay?.clear()
    const alone = server.sync('--once')
    expect({ code: await alone.ended(), err: alone.err }).toEqual({
      code: 1,
      err: `sheaf: ${server.file}: The relay does not answer.\n`,
    })
  })

  it('PEER-5: over the local network the same, at the port it was told', async () => {
    const alice = await world.person('Alice')
    const id = await world.write(alice, 'one')
    const { server } = world
    await server.join(await world.nearInvite(alice, id))
    expect(await server.text()).toBe('one')
    const port = await freePort()
    const sync = server.sync('--lan', '--listen', String(port))
    await until('it began', () => sync.said('keeping'))
    await alice.sheaf.network.connect(id, `127.0.0.1:${port}`)
    await until('it is in step', () => sync.said('in-step'))
    await alice.type(id, ' two')
    await until('the file has it', async () => (await server.text()) === 'one two')
    expect(sync.events()).toContainEqual(expect.objectContaining({ event: 'connected', way: 'lan' }))
    await sync.end('SIGKILL')
    await alice.type(id, ' three')
    const again = server.sync('--lan', '--listen', String(port))
    await until('it has what was written meanwhile', async () => (await server.text()) === 'one two three')
    expect(await again.end('SIGTERM')).toBe(0)
  })

  it('PEER-6: who was not let in is told so, and nobody’s file is touched', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    const made = server.run('new', 'kept.sheaf', '--title', 'Mine')
    expect(await made.ended()).toBe(0)
    const before = fs.readFileSync(server.file)
    const taken = server.run('join', await world.invite(alice, id), 'kept.sheaf')
    expect(await taken.ended()).toBe(1)
    expect(taken.err).toBe(`sheaf: ${server.file}: Another document is there already and was not touched.\n`)
    const stranger = server.sync('--once')
    expect(await stranger.ended()).toBe(1)
    expect(stranger.err).toContain('This place was not let in to the document')
    expect(fs.readFileSync(server.file)).toEqual(before)
    expect((await alice.sheaf.sharing.view(id)).people).toHaveLength(1)
  })

  it('PEER-7: two programs never keep one document in step at the same time', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id))
    const first = server.sync()
    await until('it is in step', () => first.said('in-step'))
    const second = server.sync()
    expect(await second.ended()).toBe(1)
    expect(second.err).toContain('keeps this document in step already')
    expect(first.code).toBeNull()
  })

  it('PEER-8: once it was removed it ends and says so, and its file stays as it was', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id))
    const sync = server.sync()
    await until('it is in step', () => sync.said('in-step'))
    const attic = (await alice.sheaf.sharing.view(id)).people.find(({ name }) => name === 'Attic')
    await alice.sheaf.sharing.remove(id, attic?.id ?? '')
    await alice.type(id, ' secret')
    expect(await sync.ended()).toBe(1)
    expect(sync.err).toContain('no longer one of those in the document')
    expect(await server.text()).toBe('one')
  })

  it('PEER-9: a file that is gone is written again; another program’s is never written over', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id))
    fs.rmSync(server.file)
    expect(await server.sync('--once').ended()).toBe(0)
    expect(await server.text()).toBe('one')
    fs.writeFileSync(server.file, 'somebody’s notes')
    const sync = server.sync('--once')
    expect(await sync.ended()).toBe(1)
    expect(fs.readFileSync(server.file, 'utf8')).toBe('somebody’s notes')
  })

  it('PEER-9: a file that goes while it is kept in step is back within seconds; what else stands there is said, and stays', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id))
    const sync = server.sync()
    await until('it is in step', () => sync.said('in-step'))
    fs.rmSync(server.file)
    const gone = performance.now()
    await until('the file is back', async () => (await server.text()) === 'one')
    expect(performance.now() - gone).toBeLessThan(15_000)
    fs.writeFileSync(server.file, 'somebody’s notes')
    await until('it was said', () => sync.said('not-published'))
    expect(fs.readFileSync(server.file, 'utf8')).toBe('somebody’s notes')
    fs.rmSync(server.file)
    await alice.type(id, ' two')
    await until('the file is back and has it', async () => (await server.text()) === 'one two')
  })

  it('PEER-9: a file whose folder is gone is said to be gone, and is back when that is there again', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    const folder = path.join(server.place, 'disk')
    fs.mkdirSync(folder)
    await server.run('join', await world.invite(alice, id), 'disk/kept.sheaf', '--name', 'Attic').ended()
    const sync = server.run('sync', 'disk/kept.sheaf', '--json')
    await until('it is in step', () => sync.said('in-step'))
    fs.rmSync(folder, { recursive: true })
    await until('it was said', () => sync.said('not-published'))
    expect(fs.existsSync(folder)).toBe(false)
    fs.mkdirSync(folder)
    await until('the file is back', () => fs.existsSync(path.join(folder, 'kept.sheaf')))
    expect(await sync.end('SIGTERM')).toBe(0)
  })

  it('PEER-10: where an owner has to answer it waits for that', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    const link = await world.invite(alice, id, { role: 'reader', uses: 1, hours: 1, approval: true })
    const join = server.run('join', link, 'kept.sheaf', '--name', 'Attic')
    let request = ''
    await until('it asked', async () => {
      request = (await alice.sheaf.sharing.view(id)).requests[0]?.id ?? ''
      return request !== ''
    })
    await alice.sheaf.sharing.answer(id, request, true)
    expect(await join.ended()).toBe(0)
    expect(join.err).toBe('Asked to be let in; an owner of the document has to answer.\n')
    expect(await server.text()).toBe('one')
  })

  it('PEER-11: what it keeps goes to whoever lacks it when nobody else is there', async () => {
    const alice = await world.person('Alice')
    const bob = await world.person('Bob')
    const id = await world.write(alice, 'one')
    const near = await world.nearInvite(alice, id)
    expect(await bob.sheaf.sharing.join(await world.nearInvite(alice, id))).toMatchObject({ kind: 'joined' })
    await bob.show(id)
    await until('Bob has the beginning', () => bob.text(id) === 'one')
    await bob.stop()
    const { server } = world
    await server.join(near)
    await alice.type(id, ' two')
    const port = await freePort()
    const sync = server.sync('--lan', '--listen', String(port))
    await until('it began', () => sync.said('keeping'))
    await alice.sheaf.network.connect(id, `127.0.0.1:${port}`)
    await until('the file has it', async () => (await server.text()) === 'one two')
    await alice.stop()
    await bob.start()
    await bob.show(id)
    await bob.sheaf.network.connect(id, `127.0.0.1:${port}`)
    await until('Bob has it from there', () => bob.text(id) === 'one two')
  })

  it('PEER-12: keys and the private store are in a folder only its owner may read, and no key is in the file', async () => {
    const { alice, id } = await world.onRelay('one')
    const { server } = world
    await server.join(await world.invite(alice, id), '--store', 'vault')
    const folder = path.join(server.place, 'vault', id)
    expect(fs.statSync(folder).mode & 0o077).toBe(0)
    expect(fs.readdirSync(server.place).filter((name) => name.endsWith('.sheaf'))).toEqual(['kept.sheaf'])
    const elsewhere = server.sync('--once')
    expect(await elsewhere.ended()).toBe(1)
    expect(elsewhere.err).toContain('This place was not let in to the document')
    expect(await server.sync('--once', '--store', 'vault').ended()).toBe(0)
  })
})
