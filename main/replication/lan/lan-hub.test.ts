import os from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { toHex } from '../../../shared/ids.ts'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { DocumentReplica } from '../document-replica.ts'
import { LogDocument } from '../log-document.fixture.ts'
import { Replicator } from '../replicator.ts'
import { Scribe, SharedDocument, type Someone, someone } from '../shared-document.fixture.ts'
import { Access, anyDocument, App, epochs, LOOPBACK, ring, SOON, turns, until } from './lan.fixture.ts'
import { LAN_TIMES } from './lan-limits.ts'

const apps: App[] = []

function app(parts: ConstructorParameters<typeof App>[0] = {}): App {
  const one = new App(parts)
  apps.push(one)
  return one
}

afterEach(async () => {
  await Promise.all(apps.splice(0).map(({ hub }) => hub.stop()))
})

/** A document that Alice founded and shares with Bob. */
function document() {
  const shared = new SharedDocument()
  const bob = someone()
  const add = (one: Someone) =>
    shared.change({ type: 'add', root: one.root.publicKey, member: one.member.publicKey, role: 'editor', key: null })
  add(bob)
  return { shared, alice: shared.founder, bob, add }
}

const isLinked = (one: App) => () => one.status?.state === 'connected'
const isTold = (one: App, problem: string) => () => one.status?.problem === problem

/** Another session of the same document on what a link hears. */
function replicate(one: App, access: Access, log: LogDocument): Replicator {
  const replicator = new Replicator({
    suite,
    documentId: access.documentId,
    replica: new DocumentReplica(suite, access.documentId, log, () => access.keys()),
    clock: { now: () => performance.now() },
    tell: () => undefined,
  })
  const transport = one.hub.transport(access)
  transport.watch((status) => one.statuses.push(status))
  transport.start((link) => {
    one.linked.push(link)
    replicator.meet({
      peer: link.peer,
      member: link.member,
      send: (frame) => link.send(frame),
      close: () => link.close(),
      listen: (listener) =>
        link.listen({
          receive: (frame) => {
            one.heard.push(frame)
            listener.receive(frame)
          },
          closed: () => listener.closed(),
        }),
    })
  })
  const timer = setInterval(() => replicator.tick(), 50)
  timer.unref()
  return replicator
}

describe('documents on a local network', () => {
  it('LAN-1: all documents of two apps go over one connection, each to who has it too', async () => {
    const [one, two] = [app(), app()]
    const documents = Array.from({ length: 20 }, () => document())
    const keys = documents.map(() => epochs(1))
    for (const [index, { shared, alice, bob }] of documents.entries()) {
      one.open(new Access(alice.member, shared.chain, keys[index] ?? []))
      // Of every second one the other has another key.
      two.open(new Access(bob.member, shared.chain, index % 2 === 0 ? (keys[index] ?? []) : epochs(1)))
    }
    one.hub.dial(await two.address())
    await until(() => one.linked.length >= 10 && two.linked.length >= 10, 'ten are linked')
    await turns(20)
    expect([one.linked.length, two.linked.length]).toEqual([10, 10])
    one.linked.forEach((link, index) => link.send(Uint8Array.of(6, index)))
    await until(() => two.heard.length === 10, 'each heard its frame')
    expect(new Set(two.heard.map(([, index]) => index)).size).toBe(10)
  })

  it('LAN-4: links name the member at the other end', async () => {
    const { shared, alice, bob } = document()
    const keys = epochs(1)
    const [one, two] = [app(), app()]
    one.open(new Access(alice.member, shared.chain, keys))
    two.open(new Access(bob.member, shared.chain, keys))
    two.hub.dial(await one.address())
    await until(() => isLinked(one)() && isLinked(two)(), 'they are linked')
    expect(one.linked[0]).toMatchObject({ member: toHex(bob.member.publicKey), peer: toHex(bob.member.publicKey) })
    expect(two.linked[0]).toMatchObject({ member: toHex(alice.member.publicKey) })
  })

  it('LAN-11: a computer is reached by its name and by IPv6, where there is that', async () => {
    const hasIPv6 = Object.values(os.networkInterfaces()).some((infos = []) =>
      infos.some(({ address }) => address === '::1'),
    )
    for (const host of ['localhost', ...(hasIPv6 ? ['[::1]'] : [])]) {
      const { shared, alice, bob } = document()
      const keys = epochs(1)
      const [one, two] = [app(), app()]
      one.open(new Access(alice.member, shared.chain, keys))
      two.open(new Access(bob.member, shared.chain, keys))
      one.hub.dial((await two.address()).replace('127.0.0.1', host))
      await until(isLinked(one), `${host} is reached`)
      expect(one.linked, host).toHaveLength(1)
    }
  })

  it('LAN-3: one that is an epoch behind is found, and is sent what there is', async () => {
    const { shared, alice, bob } = document()
    const keys = epochs(3)
    const [one, two] = [app(), app()]
    one.open(new Access(alice.member, shared.chain, keys))
    two.open(new Access(bob.member, shared.chain, keys.slice(0, 2)))
    one.hub.dial(await two.address())
    await until(() => isLinked(one)() && isLinked(two)(), 'they are linked')
    one.linked[0]?.send(Uint8Array.of(4))
    await until(() => two.heard.length > 0, 'what is sent arrives')
    expect(two.heard).toEqual([Uint8Array.of(4)])
  })

  it('LAN-2: two that dial each other at the same moment have one link, again and again', async () => {
    const { shared, alice, bob } = document()
    const keys = epochs(1)
    for (let round = 0; round < 8; round++) {
      const [one, two] = [app(), app()]
      one.open(anyDocument())
      two.open(anyDocument())
      const [here, there] = [await one.address(), await two.address()]
      one.hub.transport(new Access(alice.member, shared.chain, keys)).start((link) => one.linked.push(link))
      two.hub.transport(new Access(bob.member, shared.chain, keys)).start((link) => two.linked.push(link))
      one.hub.dial(there)
      two.hub.dial(here)
      // And by another of its addresses.
      if (round % 2 === 0) one.hub.dial(there.replace('127.0.0.1', '127.0.0.2'))
      await until(() => one.linked.length > 0 && two.linked.length > 0, 'they are linked')
      await turns(20)
      expect([one.linked.length, two.linked.length], `round ${round}`).toEqual([1, 1])
    }
  })

  it('LAN-5: one who was removed gets nothing, and is told why', async () => {
    const { shared, alice, bob } = document()
    const keys = epochs(2)
    const rows = [...shared.chain]
    shared.change({ type: 'remove', root: bob.root.publicKey, cut: [] })
    const [one, two] = [app(), app()]
    one.open(new Access(alice.member, shared.chain, keys))
    two.open(new Access(bob.member, rows, keys.slice(0, 1)))
    one.hub.dial(await two.address())
    await until(isTold(two, 'revoked'), 'Bob is told')
    one.linked.forEach((link) => link.send(Uint8Array.of(4, 1)))
    await turns(20)
    expect([one.linked.length, two.heard]).toEqual([0, []])
    expect(one.status?.state).not.toBe('connected')
  })

  it('LAN-5: one who is removed while linked hears no frame more', async () => {
    const { shared, alice, bob } = document()
    const keys = epochs(2)
    const [one, two] = [app(), app()]
    const access = new Access(alice.member, shared.chain, keys.slice(0, 1))
    one.open(access)
    two.open(new Access(bob.member, shared.chain, keys.slice(0, 1)))
    one.hub.dial(await two.address())
    await until(() => isLinked(one)() && isLinked(two)(), 'they are linked')
    shared.change({ type: 'remove', root: bob.root.publicKey, cut: [] })
    access.learn(shared.chain, keys)
    // At once, whoever sends it.
    one.linked[0]?.send(Uint8Array.of(4, 1))
    await until(isTold(two, 'revoked'), 'Bob is told')
    expect(two.heard).toEqual([])
  })

  it('LAN-6: one who was let in is let in by who has not heard of it, and gets words once the chain has come', async () => {
    const { shared, alice, bob, add } = document()
    const keys = epochs(1)
    const before = [...shared.chain]
    const carol = someone()
    add(carol)
    const [older, newer] = [new LogDocument(suite, before), new LogDocument(suite, shared.chain)]
    const scribe = new Scribe(shared.documentId, alice.member)
    older.log.add([scribe.write(1)])
    const [one, two] = [app(), app()]
    const access = new Access(bob.member, before, keys)
    const follow = older.follow.bind(older)
    const unknown: number[][] = []
    older.follow = (rows) => {
      unknown.push(two.heard.map(([op = 0]) => op))
      const followed = follow(rows)
      access.learn(older.chain().rows)
      return followed
    }
    const carols = new Access(carol.member, shared.chain, keys)
    replicate(one, access, older)
    replicate(two, carols, newer)
    one.hub.dial(await two.address())
    await until(() => one.linked.length > 0 && two.linked.length > 0, 'they meet')
    expect(one.status?.state).not.toBe('connected')
    await until(() => newer.log.records().length === 1, 'Carol has the words')
    expect(older.chain().rows).toHaveLength(3)
    // While Carol was not known she heard hellos, pulses and the chain, and nothing else.
    const [ops = []] = unknown
    expect(ops).not.toEqual([])
    expect(ops.filter((op) => op !== 1 && op !== 7 && op !== 9)).toEqual([])
  })

  it('LAN-6: to one whom the chain does not know nothing is told but the chain, and after a while not even that', async () => {
    const { shared, alice } = document()
    const keys = epochs(1)
    const stranger = someone()
    const times = { ...SOON, newcomer: 500 }
    const [one, two] = [app({ times }), app({ times })]
    one.open(new Access(alice.member, shared.chain, keys))
    two.open(new Access(stranger.member, shared.chain, keys))
    one.hub.dial(await two.address())
    await until(() => one.linked.length > 0, 'they meet')
    for (const op of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) one.linked[0]?.send(Uint8Array.of(op))
    await until(() => two.heard.length >= 4, 'what is let through arrives')
    await until(isTold(two, 'key'), 'the stranger is told')
    expect(two.heard.map(([op]) => op)).toEqual([1, 7, 8, 9])
  })

  it('LAN-6: one whom the chain does not know and who has only an older key is a stranger', async () => {
    const { shared, alice } = document()
    const keys = epochs(2)
    const [one, two] = [app(), app()]
    one.open(new Access(alice.member, shared.chain, keys))
    two.open(new Access(someone().member, shared.chain, keys.slice(0, 1)))
    one.hub.dial(await two.address())
    await until(isTold(two, 'key'), 'the stranger is told')
    expect(one.linked).toEqual([])
  })

  it('LAN-7: documents and keys that come later are found', async () => {
    const { shared, alice, bob } = document()
    const keys = epochs(1)
    const [one, two] = [app(), app()]
    one.open(anyDocument())
    two.open(anyDocument())
    one.hub.dial(await two.address())
    const late = new Access(bob.member, shared.chain, epochs(1))
    two.open(late)
    await turns(30)
    const transport = one.open(new Access(alice.member, shared.chain, keys))
    await turns(30)
    expect(two.linked).toEqual([])
    late.held = ring(keys)
    await until(() => one.linked.length === 1, 'the key has come')
    transport.stop()
    await turns(20)
    one.open(new Access(alice.member, shared.chain, keys))
    await until(() => one.linked.length === 2, 'it is open again')
  })
})

describe('why not', () => {
  const open = (one: App, member = someone()) => {
    const { shared, add } = document()
    add(member)
    one.open(new Access(member.member, shared.chain, epochs(1)))
  }

  it('LAN-12: nobody near, no network, a port nobody listens on', async () => {
    const [alone, cut] = [app(), app({ interfaces: () => ({}) })]
    open(alone)
    open(cut)
    await until(isTold(alone, 'nobody-near'), 'nobody is near')
    await until(isTold(cut, 'offline'), 'there is no network')
    const typed = app({ times: { ...SOON, verdict: 60_000 } })
    open(typed)
    typed.hub.dial('127.0.0.1:9')
    await until(isTold(typed, 'nobody-near'), 'nobody listens there')
    expect([alone, cut, typed].map(({ status }) => status?.state)).toEqual(['problem', 'problem', 'problem'])
  })

  it('LAN-12: an address that is known and does not answer', async () => {
    const { createServer } = await import('node:net')
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const one = app({ times: { ...SOON, connect: 300 } })
    open(one)
    one.hub.dial(`127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    await until(isTold(one, 'firewall'), 'it is told')
    expect(one.status).toEqual({ state: 'problem', problem: 'firewall' })
    silent.close()
  })

  it('LAN-30: an address somebody was at another day is looked at, and nobody is told that it does not answer', async () => {
    const { createServer } = await import('node:net')
    let knocks = 0
    const silent = createServer(() => (knocks += 1))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const one = app({ times: { ...SOON, connect: 100 } })
    open(one)
    one.hub.remember(`127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    await until(() => knocks > 1, 'it is looked at again')
    await until(isTold(one, 'nobody-near'), 'it is told')
    expect(one.statuses.some(({ problem }) => problem === 'firewall')).toBe(false)
    silent.close()
  })

  it('LAN-12: another version, and something that is no Sheaf', async () => {
    const { createServer } = await import('node:net')
    const answers = [Uint8Array.of(2), new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n')]
    const problems = []
    for (const answer of answers) {
      const other = createServer((socket) => void socket.end(answer))
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      const address = other.address()
      const one = app()
      open(one)
      one.hub.dial(`127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
      await until(() => one.status?.state === 'problem', 'it is told')
      problems.push(one.status?.problem)
      other.close()
    }
    expect(problems).toEqual(['version', 'nobody-near'])
  })

  it('LAN-12: an app at a typed address that does not have the document', async () => {
    const [one, two] = [app(), app()]
    open(one)
    open(two)
    one.hub.dial(await two.address())
    await until(isTold(one, 'unknown-document'), 'it is told')
    // Who was dialled asked for nothing.
    await until(isTold(two, 'nobody-near'), 'nobody is near')
    expect([one.linked, two.linked]).toEqual([[], []])
  })

  it('LAN-12: all of it is known within ten seconds', () => {
    expect(LAN_TIMES.verdict + LAN_TIMES.tick).toBeLessThan(10_000)
    expect(LAN_TIMES.connect + 2 * LAN_TIMES.tick).toBeLessThan(10_000)
  })

  it('LAN-9: when it has stopped nothing listens, and nothing more is said', async () => {
    const [one, two] = [app(), app()]
    const { shared, alice, bob } = document()
    const keys = epochs(1)
    one.open(new Access(alice.member, shared.chain, keys))
    two.open(new Access(bob.member, shared.chain, keys))
    const there = await two.address()
    one.hub.dial(there)
    await until(isLinked(one), 'they are linked')
    await two.hub.stop()
    expect(two.hub.addresses()).toEqual([])
    expect(two.status).toEqual({ state: 'off', problem: null })
    await until(() => one.status?.state !== 'connected', 'the other notices')
    const { connect } = await import('node:net')
    const [host = '', port = ''] = there.split(':')
    const refused = new Promise((resolve) => connect(Number(port), host).on('error', resolve))
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('LAN-9: it listens only while a document is open', async () => {
    const one = app({ interfaces: LOOPBACK })
    await turns(5)
    expect(one.hub.addresses()).toEqual([])
    const transport = one.open(anyDocument())
    await one.address()
    transport.stop()
    await until(() => one.hub.addresses().length === 0, 'it listens no more')
  })
})
