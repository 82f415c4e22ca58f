import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { SheafError } from '../../../shared/errors.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import type { JoinRequest } from '../../sharing/invite-desk.ts'
import { SharedDocument } from '../shared-document.fixture.ts'
import type { ServedDesk } from './desk-counter.ts'
import {
  decodeAnswer,
  decodeQuestion,
  encodeAnswer,
  encodeQuestion,
  knockSecret,
  type Question,
} from './desk-message.ts'
import { anyDocument, App, SOON, turns } from './lan.fixture.ts'

const apps: App[] = []

function app(parts: ConstructorParameters<typeof App>[0] = {}): App {
  const one = new App(parts)
  apps.push(one)
  return one
}

afterEach(async () => {
  await Promise.all(apps.splice(0).map(({ hub }) => hub.stop()))
})

const shared = new SharedDocument()
const { documentId } = shared
const key = suite.random(32)
const request: JoinRequest = {
  root: suite.random(32),
  member: suite.random(32),
  consent: suite.random(64),
  name: suite.random(40),
}

/** A desk that notes what it is asked, and gives what it is told to. */
class NotingDesk implements ServedDesk {
  readonly asked: unknown[][] = []
  readonly seed = suite.random(32)
  chain = shared.chain
  answer: 'stale' | 'waiting' | WhyNot | null = null
  failure: Error | null = null

  lanSecrets(): readonly Uint8Array[] {
    return [suite.random(32), knockSecret(suite, this.seed)]
  }

  async look(...asked: Parameters<ServedDesk['look']>): ReturnType<ServedDesk['look']> {
    this.note('look', asked)
    return this.answer === null ? { chain: this.chain } : (this.answer as WhyNot)
  }

  async take(...asked: Parameters<ServedDesk['take']>): ReturnType<ServedDesk['take']> {
    this.note('take', asked)
    return this.answer === null ? { chain: this.chain, box: suite.hash(key) } : (this.answer as 'stale')
  }

  async ask(...asked: Parameters<ServedDesk['ask']>): ReturnType<ServedDesk['ask']> {
    this.note('ask', asked)
    return this.answer === null ? { chain: this.chain } : (this.answer as 'waiting')
  }

  private note(what: string, asked: readonly unknown[]): void {
    this.asked.push([what, ...asked])
    if (this.failure !== null) throw this.failure
  }
}

async function served(
  parts: ConstructorParameters<typeof App>[0] = {},
): Promise<{ desk: NotingDesk; address: string }> {
  const [owner, desk] = [app(parts), new NotingDesk()]
  owner.hub.serve(desk)
  return { desk, address: await owner.address() }
}

describe('an invite on a local network', () => {
  it('LAN-15: who holds it asks the desk of who made it, and gets its answers', async () => {
    const { desk, address } = await served()
    const remote = app().hub.desk([address], desk.seed)
    const [row] = shared.chain
    if (row === undefined) throw new Error('A chain has a row.')
    expect(await remote.look(documentId, key)).toEqual({ chain: shared.chain })
    expect(await remote.take(documentId, key, row, request.name)).toEqual({ chain: shared.chain, box: suite.hash(key) })
    expect(await remote.ask(documentId, key, request)).toEqual({ chain: shared.chain })
    expect(desk.asked).toEqual([
      ['look', documentId, key],
      ['take', documentId, key, row, request.name],
      ['ask', documentId, key, request],
    ])
    desk.answer = 'stale'
    expect(await remote.take(documentId, key, row, request.name)).toBe('stale')
    desk.answer = 'waiting'
    expect(await remote.ask(documentId, key, request)).toBe('waiting')
    desk.answer = 'expired'
    expect(await remote.look(documentId, key)).toBe('expired')
  })

  it('LAN-15: a chain of any length comes whole', async () => {
    const { desk, address } = await served()
    const rows = Array.from({ length: 6000 }, () => ({
      op: suite.random(400),
      hash: suite.random(32),
      sig: suite.random(64),
    }))
    desk.chain = rows
    const found = await app().hub.desk([address], desk.seed).look(documentId, key)
    expect(typeof found === 'string' ? found : found.chain.length).toBe(6000)
  })

  it('LAN-15: it is found among addresses that lead elsewhere, nowhere, and to who knows of no such invite', async () => {
    const { desk, address } = await served()
    const other = app()
    other.open(anyDocument())
    const silent = net.createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const there = silent.address()
    const addresses = [
      '127.0.0.1:9',
      'no address',
      `127.0.0.1:${typeof there === 'object' ? there?.port : 0}`,
      await other.address(),
      address,
    ]
    expect(await app().hub.desk(addresses, desk.seed).look(documentId, key)).toEqual({ chain: shared.chain })
    silent.close()
  })

  it('LAN-16: one who does not hold the invite is answered like anybody, and the desk is not asked', async () => {
    const { desk, address } = await served()
    expect(await app().hub.desk([address], suite.random(32)).look(documentId, key)).toBe('no-such-invite')
    expect(desk.asked).toEqual([])
  })

  it('LAN-12: why the desk is not reached is known', async () => {
    const { desk } = await served()
    const hub = app({ times: { ...SOON, connect: 200 } }).hub
    expect(await hub.desk(['127.0.0.1:9'], desk.seed).look(documentId, key)).toBe('nobody-near')
    expect(await hub.desk([], desk.seed).look(documentId, key)).toBe('nobody-near')
    const silent = net.createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const there = silent.address()
    const address = `127.0.0.1:${typeof there === 'object' ? there?.port : 0}`
    expect(await hub.desk([address], desk.seed).look(documentId, key)).toBe('firewall')
    silent.close()
  })

  it('LAN-17: what the desk can’t do is said, and the app goes on', async () => {
    const told: string[] = []
    const logger = { info: () => undefined, error: (event: string) => void told.push(event) }
    const { desk, address } = await served({ logger })
    const remote = app().hub.desk([address], desk.seed)
    desk.failure = new SheafError('not-found', 'It is not here.')
    expect(await remote.look(documentId, key)).toBe('unknown-document')
    desk.failure = new Error('a broken invariant')
    expect(await remote.look(documentId, key)).toBe('busy')
    desk.failure = null
    expect(await remote.look(documentId, key)).toEqual({ chain: shared.chain })
    expect(told).toEqual(['lan-desk', 'lan-desk'])
  })

  it('LAN-17: what nobody asks and nobody answers is neither question nor answer', () => {
    const [row] = shared.chain
    if (row === undefined) throw new Error('A chain has a row.')
    const questions: Question[] = [
      { do: 'look', document: documentId, invite: key },
      { do: 'take', document: documentId, invite: key, row, name: request.name },
      { do: 'ask', document: documentId, invite: key, request },
    ]
    for (const question of questions) {
      const bytes = encodeQuestion(question)
      expect(decodeQuestion(bytes)).toEqual(question)
      for (let length = 0; length < bytes.length; length++) expect(decodeQuestion(bytes.subarray(0, length))).toBeNull()
    }
    for (const answer of ['stale', 'busy', { chain: [row], box: null }, { chain: [], box: key }] as const) {
      expect(decodeAnswer(encodeAnswer(answer))).toEqual(answer)
    }
    for (let round = 0; round < 2000; round++) {
      const bytes = encodeQuestion(questions[round % 3] as Question)
      const [at = 0, value = 0] = suite.random(2)
      bytes[at % bytes.length] = value
      decodeQuestion(bytes)
      decodeAnswer(bytes)
      decodeQuestion(suite.random(round % 60))
    }
  })

  it('LAN-12: a desk that was reached and is gone is said to be gone', async () => {
    const { desk, address } = await served()
    const [owner] = apps
    const remote = app().hub.desk([address], desk.seed)
    expect(await remote.look(documentId, key)).toEqual({ chain: shared.chain })
    await owner?.hub.stop()
    await turns(10)
    expect(await remote.look(documentId, key)).toBe('nobody-near')
  })
})
