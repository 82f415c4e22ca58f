import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Scribe, type Someone } from '../../main/replication/shared-document.fixture.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { Bare } from './bare.fixture.ts'
import { Circle, type RelayWriter, suite, TestRelay, until } from './relay.fixture.ts'

let relay: TestRelay
let circle: Circle
const open: Bare[] = []

beforeEach(async () => {
  relay = await TestRelay.start()
  circle = new Circle(relay)
})

afterEach(async () => {
  for (const one of open.splice(0)) one.socket.terminate()
  circle.clear()
  await relay.clear()
})

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The record's header, signed and true, with a ciphertext that nobody can open. */
function garbage(record: SignedRecord): Uint8Array {
  const envelope = sealRecord(suite, circle.shared.documentId, circle.keys.current, record)
  return envelope.with(envelope.length - 1, (envelope.at(-1) ?? 0) ^ 1)
}

/** The record's header with another payload, encrypted as a member can. */
function forgery(record: SignedRecord): Uint8Array {
  const payload = Uint8Array.from(record.payload).reverse()
  return sealRecord(suite, circle.shared.documentId, circle.keys.current, { ...record, payload })
}

async function put(by: Someone, envelopes: readonly Uint8Array[]): Promise<void> {
  const one = new Bare(relay.url)
  open.push(one)
  const chan = await one.open(circle.shared, by)
  const before = relay.server.metrics.read('envelopes_kept')
  one.frame(chan, { op: 'hello', min: 1, max: 1, documentId: circle.shared.documentId, session: '0102030405060708' })
  one.frame(chan, { op: 'records', envelopes })
  await until('kept', () => relay.server.metrics.read('envelopes_kept') === before + envelopes.length)
}

const refusals = ({ told }: RelayWriter): number => told.filter(({ kind }) => kind === 'refused').length

describe('records on a relay that nobody can open', () => {
  it('RELAY-34: are passed over: everybody stays in step over that relay, and they are not sent again and again', async () => {
    // No owner is there, who could have them taken out.
    const [mallory, eva, ben] = [circle.add('editor'), circle.add('editor'), circle.add('editor')]
    const [ana, other] = [circle.writer(eva).start(), circle.writer(ben).start()]
    await until('both are in', () => ana.met + other.met === 2)
    const scribe = new Scribe(circle.shared.documentId, mallory.member)
    await put(mallory, [
      garbage(scribe.write(0)),
      sealRecord(suite, circle.shared.documentId, circle.keys.current, scribe.write(0)),
    ])
    for (let i = 1; i <= 10; i++) {
      ana.write(1)
      await until('the other has it', () => other.count === i)
    }
    const sent = relay.server.metrics.read('envelopes_sent')
    for (let i = 11; i <= 20; i++) {
      ana.write(1)
      await until('the other has it', () => other.count === i)
    }
    expect(relay.server.metrics.read('envelopes_sent') - sent).toBe(10)
    await until('and the other way', () => {
      other.write(1)
      return ana.count > 20
    })
    expect([ana.met, other.met, refusals(ana), refusals(other)]).toEqual([1, 1, 0, 0])
  })

  for (const [what, spoil] of [
    ['garbage', garbage],
    ['another payload', forgery],
  ] as const) {
    it(`RELAY-35: ${what} in the place of somebody’s record goes when an owner can’t open it, and the true one comes`, async () => {
      const [mallory, ben] = [circle.add('editor'), circle.add('editor')]
      const ana = circle.writer(circle.shared.founder)
      ana.write(5)
      const [, second] = ana.document.records()
      if (second === undefined) throw new Error('there are five')
      const [first] = ana.document.records()
      if (first === undefined) throw new Error('there are five')
      const seal = (record: SignedRecord) => sealRecord(suite, circle.shared.documentId, circle.keys.current, record)
      await put(mallory, [seal(first), spoil(second), ...ana.document.records().slice(2).map(seal)])
      // The owner holds the true one, and by what the relay says it does too.
      ana.start()
      await until('in step', () => ana.told.some(({ kind }) => kind === 'in-step'))
      await pause(300)
      expect(relay.server.metrics.read('envelopes_spoilt')).toBe(0)
      const other = circle.writer(ben).start()
      await until('he has all', () => other.count === 5)
      expect(other.held).toBe(ana.held)
      expect(relay.server.metrics.read('envelopes_spoilt')).toBe(1)
      expect([ana.met, other.met]).toEqual([1, 1])
      const late = circle.writer(circle.shared.founder).start()
      await until('one who comes later lacks nothing', () => late.count === 5)
      expect(late.told.filter(({ kind }) => kind === 'refused')).toEqual([])
    })
  }

  it('RELAY-35: on nobody’s word but an owner’s does anything go, and a good record not at all', async () => {
    const [mallory, ben] = [circle.add('editor'), circle.add('reader')]
    const ana = circle.writer(circle.shared.founder).start()
    ana.write(3)
    await until('kept', () => ana.acknowledged === 3)
    const tips = new Map([
      [
        ana.scribe.name,
        ana.document.records().map(({ seq, recId }) => ({ seq, recId: Buffer.from(recId).toString('hex') })),
      ],
    ])
    for (const person of [mallory, ben]) {
      const one = new Bare(relay.url)
      open.push(one)
      const chan = await one.open(circle.shared, person)
      one.frame(chan, {
        op: 'hello',
        min: 1,
        max: 1,
        documentId: circle.shared.documentId,
        session: '0102030405060708',
      })
      one.frame(chan, { op: 'spoilt', tips })
    }
    // The owner is shown them, and can open them.
    await pause(1500)
    expect(relay.server.metrics.read('envelopes_spoilt')).toBe(0)
    const late = circle.writer(ben).start()
    await until('all is there', () => late.count === 3)
  })
})
