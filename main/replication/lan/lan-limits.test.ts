import net from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { SharedDocument, someone } from '../shared-document.fixture.ts'
import { GATE_LIMITS } from './handshake-gate.ts'
import { Access, anyDocument, App, epochs, SOON, turns, until } from './lan.fixture.ts'
import { Dialling, GREETING, newStaticKey } from './lan-greeting.ts'
import { MAX_PEERS } from './lan-limits.ts'

const apps: App[] = []
const sockets: net.Socket[] = []

function app(parts: ConstructorParameters<typeof App>[0] = {}): App {
  const one = new App(parts)
  apps.push(one)
  return one
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(apps.splice(0).map(({ hub }) => hub.stop()))
})

/** Dials like any other app, and answers how many bytes came back before it was over or enough. */
async function knock(address: string, first = new Dialling(suite, newStaticKey()).begin().send): Promise<number> {
  const socket = net.connect(Number(address.split(':')[1]), '127.0.0.1')
  sockets.push(socket)
  let [heard, isOver] = [0, false]
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => (heard += bytes.length))
  socket.on('close', () => (isOver = true))
  if (first !== null) socket.write(first)
  await until(() => heard >= GREETING.second || isOver, 'it is answered')
  return heard
}

it('LAN-8: who begins more handshakes than five in ten seconds is not answered any more', async () => {
  const one = app({ limits: GATE_LIMITS })
  one.open(anyDocument())
  const address = await one.address()
  const heard = []
  for (let time = 0; time < 8; time++) heard.push(await knock(address))
  expect(heard).toEqual([...Array<number>(5).fill(GREETING.second), 0, 0, 0])
})

it('LAN-8: one who does not finish is let go', async () => {
  const one = app({ times: { ...SOON, handshake: 200 } })
  one.open(anyDocument())
  expect(await knock(await one.address(), new Uint8Array())).toBe(0)
})

it('LAN-8: no more than 32 apps are connected at a time, and the next is told so', async () => {
  const one = app()
  one.open(anyDocument())
  const address = await one.address()
  const others = Array.from({ length: MAX_PEERS + 1 }, () => app())
  for (const other of others) {
    other.open(anyDocument())
    other.hub.dial(address)
  }
  await until(() => others.some(({ status }) => status?.problem === 'busy'), 'one is told')
  await until(
    () => others.filter(({ status }) => status?.problem === 'unknown-document').length === MAX_PEERS,
    'all others are connected',
  )
  expect(others.filter(({ status }) => status?.problem === 'busy')).toHaveLength(1)
})

it('LAN-19: a side that falls silent is lost, and one that is only quiet is not', async () => {
  const shared = new SharedDocument()
  const bob = someone()
  shared.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
  const keys = epochs(1)
  const times = { ...SOON, idle: 100, lost: 1500 }
  const [one, two] = [app({ times }), app({ times })]
  one.open(new Access(shared.founder.member, shared.chain, keys))
  two.open(new Access(bob.member, shared.chain, keys))
  // Something between them that passes on what they say, until it does not.
  const [host, port] = [await two.address(), Number((await two.address()).split(':')[1])]
  expect(host).toContain('127.0.0.1')
  let isCut = false
  const wire = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.push(from)
      from.on('error', () => undefined)
      from.on('data', (bytes) => {
        if (!isCut) to.write(bytes)
      })
    }
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const there = wire.address()
  one.hub.dial(`127.0.0.1:${typeof there === 'object' ? there?.port : 0}`)
  await until(() => one.status?.state === 'connected' && two.status?.state === 'connected', 'they are linked')
  await turns(200)
  expect([one.linked.length, two.linked.length]).toEqual([1, 1])
  isCut = true
  await until(() => one.status?.state !== 'connected' && two.status?.state !== 'connected', 'both notice')
  isCut = false
  await until(() => one.linked.length > 1 && two.linked.length > 1, 'they are linked again')
  wire.close()
})

it('LAN-18: a pairing code leads to the computer that showed it, once', async () => {
  const shared = new SharedDocument()
  const bob = someone()
  shared.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
  const keys = epochs(1)
  const [one, two, three] = [app(), app(), app()]
  expect(one.hub.pairingCode()).toBeNull()
  one.open(new Access(shared.founder.member, shared.chain, keys))
  await one.address()
  const code = one.hub.pairingCode() ?? ''
  two.open(new Access(bob.member, shared.chain, keys))
  two.hub.dial(code)
  await until(() => two.status?.state === 'connected', 'they are linked')
  three.open(anyDocument())
  three.hub.dial(code)
  await until(() => three.status?.problem === 'key', 'the code is used up')
})
