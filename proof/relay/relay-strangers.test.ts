import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { RelayHub } from '../../main/replication/relay/relay-hub.ts'
import type { KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { signMemberOp } from '../../shared/membership/member-op.ts'
import { vaultBytes } from '../../shared/relay/relay-proof.ts'
import { Bare } from './bare.fixture.ts'
import { Circle, type RelayWriter, suite, TestRelay, until, WORLD } from './relay.fixture.ts'

const clearing: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const clear of clearing.splice(0).reverse()) await clear()
})

async function begin(limits: Parameters<typeof TestRelay.start>[0] = {}): Promise<TestRelay> {
  const relay = await TestRelay.start(limits)
  clearing.push(() => relay.clear())
  return relay
}

function bare(relay: TestRelay): Bare {
  const one = new Bare(relay.url)
  clearing.push(() => one.socket.terminate())
  return one
}

/** Sends the bytes as they are; answers what comes back until the caller is let go. */
function call(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(request))
    let answer = ''
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('strangers at a relay', () => {
  it('RELAY-33: whatever the request line, it is answered, and the relay goes on', async () => {
    const relay = await begin()
    const upgrade =
      'Host: relay\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: sheaf-relay\r\n\r\n'
    for (const target of [
      '//',
      '//relay',
      'http://',
      '/%',
      '/?',
      '?',
      '*',
      '\\\\',
      '/relay//',
      `/${'x'.repeat(4000)}`,
    ]) {
      const plain = await call(relay.port, `GET ${target} HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n`)
      expect([target, plain.slice(0, 13)]).toEqual([
        target,
        plain.includes(' 400 ') ? 'HTTP/1.1 400 ' : 'HTTP/1.1 404 ',
      ])
      expect([target, await call(relay.port, `GET ${target} HTTP/1.1\r\n${upgrade}`)]).toEqual([
        target,
        expect.stringMatching(/^HTTP\/1\.1 40[04] /),
      ])
    }
    expect(await call(relay.port, 'no request at all\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    const one = bare(relay)
    await until('it goes on', () => one.heard.length > 0)
  })

  it('RELAY-36: one address begins so many documents and vaults, and what was begun goes on', async () => {
    const relay = await begin({ newAtOnce: 4, newPerHour: 0 })
    const putting = vaults(relay)
    const key = suite.keyPair(suite.random(32))
    expect([await putting(key, 1), await putting(key, 2)]).toEqual(['kept', 'kept'])
    const writers: RelayWriter[] = []
    for (let i = 0; i < 5; i++) {
      const circle = new Circle(relay)
      clearing.push(() => circle.clear())
      writers.push(circle.writer(circle.shared.founder).start())
    }
    await until('three are founded, two are not', () =>
      writers.every(({ met, status }) => met === 1 || status.problem === 'busy'),
    )
    expect(writers.filter(({ met }) => met === 1)).toHaveLength(3)
    expect(relay.server.metrics.read('documents')).toBe(3)
    expect([await putting(key, 3), await putting(suite.keyPair(suite.random(32)), 1)]).toEqual(['kept', 'busy'])
    const [one] = writers.filter(({ met }) => met === 1)
    one?.write(2)
    await until('what is there goes on', () => one?.acknowledged === 2)
  })

  it('RELAY-36: the chain of another document begins nothing, and costs a beginning all the same', async () => {
    const relay = await begin({ newAtOnce: 1, newPerHour: 0 })
    const [circle, honest] = [new Circle(relay), new Circle(relay)]
    const one = bare(relay)
    const opening = await one.opening(circle.shared)
    if (opening.t !== 'open') throw new Error('it opens')
    one.say({ t: 'hello', min: 1, max: 1 })
    one.say({ ...opening, rows: honest.shared.chain })
    one.say({ ...opening, id: 2 })
    await until('answered', () => one.heard.filter(({ t }) => t === 'no').length === 2)
    expect(one.heard.slice(1)).toEqual(
      expect.arrayContaining([
        { t: 'no', id: 1, why: 'refused' },
        { t: 'no', id: 2, why: 'busy' },
      ]),
    )
  })

  it('RELAY-37: rows and vaults count; a relay that is full begins nothing new', async () => {
    const relay = await begin({ allBytes: 6000 })
    const held = (): number => relay.server.metrics.read('held_bytes')
    const circle = new Circle(relay)
    clearing.push(() => circle.clear())
    const ana = circle.writer(circle.shared.founder).start()
    await until('founded', () => ana.met === 1)
    const rows = held()
    expect(rows).toBeGreaterThan(300)
    const putting = vaults(relay)
    const [key, other] = [suite.keyPair(suite.random(32)), suite.keyPair(suite.random(32))]
    expect(await putting(key, 1, 3000)).toBe('kept')
    expect(held()).toBe(rows + 3000)
    expect([await putting(key, 2, 2000), held()]).toEqual(['kept', rows + 2000])
    expect([await putting(other, 1, 5000), await putting(key, 3, 6000)]).toEqual(['refused', 'refused'])
    expect(await putting(key, 3, 6000 - rows)).toBe('kept')
    await relay.restart()
    expect(held()).toBe(6000)
    const late = new Circle(relay)
    clearing.push(() => late.clear())
    const eva = late.writer(late.shared.founder).start()
    await until('refused', () => eva.status.problem === 'refused')
    expect(relay.server.metrics.read('documents')).toBe(1)
  })

  it('RELAY-38: a membership chain grows no further than it may, in rows and in time', async () => {
    const relay = await begin({ rows: 12, rowsPerSecond: 5 })
    const circle = new Circle(relay)
    clearing.push(() => circle.clear())
    const ana = circle.writer(circle.shared.founder).start()
    await until('in', () => ana.met === 1)
    const propose = (): void => {
      const { membership } = ana.document.chain()
      const change = { type: 'relay', url: `wss://relay-${membership.seq}.example` } as const
      const { founder, documentId } = circle.shared
      ana.replicator.propose(signMemberOp(suite, documentId, membership, founder.member, change))
    }
    const begun = Date.now()
    await until('it is as long as it may be', () => {
      propose()
      return ana.document.chain().rows.length === 12
    })
    expect(Date.now() - begun).toBeGreaterThan(900)
    for (let i = 0; i < 10; i++) propose()
    ana.write(1)
    await until('words go on', () => ana.acknowledged === 1)
    expect(relay.server.metrics.read('rows_kept')).toBe(12)
  })
})

/** Puts a version of somebody's vault, of so many bytes; answers how that ended. */
function vaults(relay: TestRelay) {
  const hub = new RelayHub(WORLD)
  clearing.push(() => hub.stop())
  return (key: KeyPair, version: number, size = 100) => {
    const bytes = suite.random(size)
    const sig = suite.sign(vaultBytes(suite, key.publicKey, version, bytes), key)
    return hub.relay(relay.url).putVault(key.publicKey, version, bytes, sig)
  }
}
