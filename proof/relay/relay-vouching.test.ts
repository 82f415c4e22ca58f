import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Replica as Author } from '../../main/log/replica.fixture.ts'
import { coveredRuns } from '../../main/replication/relay/covered-runs.ts'
import type { Someone } from '../../main/replication/shared-document.fixture.ts'
import { toHex } from '../../shared/ids.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import type { RunClaim } from '../../shared/relay/relay-message.ts'
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
const seal = (record: SignedRecord): Uint8Array =>
  sealRecord(suite, circle.shared.documentId, circle.keys.current, record)

/** A device that says what it is told to, in a session of its own. */
async function device(by: Someone): Promise<{ readonly one: Bare; readonly chan: number }> {
  const one = new Bare(relay.url)
  open.push(one)
  const chan = await one.open(circle.shared, by)
  one.frame(chan, { op: 'hello', min: 1, max: 1, documentId: circle.shared.documentId, session: '0102030405060708' })
  return { one, chan }
}

/** How the relay answers what somebody says of closed runs. */
async function say(by: Someone, runs: readonly RunClaim[]): Promise<string> {
  const { one, chan } = await device(by)
  one.say({ t: 'covers', id: 7, chan, runs })
  const answer = (): Bare['heard'][number] | undefined => one.heard.find((heard) => 'id' in heard && heard.id === 7)
  await until('answered', () => answer() !== undefined)
  const heard = answer()
  return heard?.t === 'no' ? heard.why : (heard?.t ?? '')
}

/** Words in rows of their own, and the run that closes them. */
function closed(count: number): { readonly rows: readonly SignedRecord[]; readonly run: SignedRecord } {
  const author = new Author(circle.shared.documentId, 'ana')
  for (let i = 0; i < count; i++) {
    author.type(`word ${i} `)
    author.seal()
  }
  const rows = [...author.log.records()]
  author.close()
  const [run] = author.log.records()
  if (run === undefined) throw new Error('a run')
  return { rows, run }
}

describe('what closed runs cover', () => {
  it('RELAY-16: records in a closed run go when two say what it covers, an owner and another, and who comes later lacks nothing', async () => {
    const [ben, eva] = [circle.add('editor'), circle.add('editor')]
    const author = new Author(circle.shared.documentId, 'ana')
    for (let i = 0; i < 30; i++) {
      author.type(`word ${i} `)
      author.seal()
    }
    const open = [...author.log.records()]
    author.close()
    const ana: RelayWriter = circle
      .writer(circle.shared.founder, {}, () => coveredRuns(ana.document.log.records()))
      .start()
    ana.document.merge(open)
    ana.replicator.changed()
    await until('kept', () => relay.server.metrics.read('envelopes_kept') === open.length)
    ana.document.merge(author.log.records())
    ana.replicator.changed()
    await until('the run too', () => relay.server.metrics.read('envelopes_kept') === open.length + 1)
    await pause(6000)
    expect(relay.server.metrics.read('envelopes_let_go')).toBe(0)
    const other: RelayWriter = circle.writer(ben, {}, () => coveredRuns(other.document.log.records())).start()
    await until('let go', () => relay.server.metrics.read('envelopes_let_go') === open.length)
    const late = circle.writer(eva).start()
    await until('it has all', () => late.held === ana.held)
    expect(late.count).toBe(1)
    // One who has half of it, in rows that are let go by now, is brought up to date as well.
    const behind = circle.writer(circle.shared.founder)
    behind.document.merge(open.slice(0, 10))
    behind.start()
    await until('it has the rest', () => behind.held === ana.held)
  })

  it('RELAY-16: whoever reads or comments, and however many they come as without an owner, make nothing go', async () => {
    const [reader, commenter, one, other] = (['reader', 'commenter', 'editor', 'editor'] as const).map((role) =>
      circle.add(role),
    )
    if (reader === undefined || commenter === undefined || one === undefined || other === undefined)
      throw new Error('four')
    const { rows, run } = closed(5)
    const ana = await device(circle.shared.founder)
    ana.one.frame(ana.chan, { op: 'records', envelopes: [...rows, run].map(seal) })
    await until('kept', () => relay.server.metrics.read('envelopes_kept') === 6)
    const claim = { writer: run.writer, recId: run.recId, first: 1, beside: [] }
    expect(await say(reader, [claim])).toBe('refused')
    expect(await say(commenter, [claim])).toBe('refused')
    expect([await say(one, [claim]), await say(other, [claim])]).toEqual(['done', 'done'])
    expect(relay.server.metrics.read('envelopes_let_go')).toBe(0)
    expect(await say(circle.shared.founder, [claim])).toBe('done')
    expect(relay.server.metrics.read('envelopes_let_go')).toBe(5)
  })

  it('RELAY-39: what stands beside a run is believed on the same words, and not on one', async () => {
    const editor = circle.add('editor')
    const { rows, run } = closed(5)
    const ana = await device(circle.shared.founder)
    let ends = 0
    const writer = toHex(run.writer)
    ana.one.onFrame = (frame) => {
      if (frame.op === 'heads') ends = frame.tips.get(writer)?.length ?? 0
    }
    ana.one.frame(ana.chan, { op: 'records', envelopes: [...rows.slice(0, 3), run].map(seal) })
    await until('kept', () => relay.server.metrics.read('envelopes_kept') === 4)
    const beside = rows.slice(2, 3).map(({ recId }) => recId)
    const claim = { writer: run.writer, recId: run.recId, first: 1, beside }
    const looked = async (): Promise<number> => {
      ends = 0
      const pulse = { op: 'pulse', revision: 1, digest: suite.random(32) } as const
      await until('the relay says what it holds', () => {
        ana.one.frame(ana.chan, { ...pulse, chain: { seq: 0, hash: circle.shared.documentId } })
        return ends > 0
      })
      return ends
    }
    expect(await say(editor, [claim])).toBe('done')
    expect(await looked()).toBe(1)
    expect(await say(circle.shared.founder, [claim])).toBe('done')
    expect(await looked()).toBe(2)
  })

  it('RELAY-40: what is said of runs is looked at one message of a device at a time, 200 runs in each, and holds nobody up', async () => {
    const { rows, run } = closed(5)
    const ana = await device(circle.shared.founder)
    ana.one.frame(ana.chan, { op: 'records', envelopes: [...rows, run].map(seal) })
    await until('kept', () => relay.server.metrics.read('envelopes_kept') === 6)
    // Of as many writers, so that each is looked up by itself.
    const runs = Array.from({ length: 200 }, () => ({
      writer: suite.random(32),
      recId: suite.random(32),
      first: 1,
      beside: [],
    }))
    for (let id = 10; id < 20; id++) ana.one.say({ t: 'covers', id, chan: ana.chan, runs })
    await until('answered', () => ana.one.heard.filter((heard) => 'id' in heard && heard.id >= 10).length === 10)
    const answers = ana.one.heard.flatMap((heard) => ('id' in heard && heard.id >= 10 ? [heard.t] : []))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
    // One commit for each writer: whoever else has something to commit comes in between.
    expect(relay.server.metrics.read('commits')).toBeGreaterThan(200)
    ana.one.say({ t: 'covers', id: 20, chan: ana.chan, runs: [...runs, ...runs.slice(0, 1)] })
    await until('that is no message', () => ana.one.code === 4400)
  })

  it('RELAY-16: a run that came without what it covers stands for it, on a relay that lost everything', async () => {
    const eva = circle.add('editor')
    const author = new Author(circle.shared.documentId, 'ana')
    for (let i = 0; i < 5; i++) {
      author.type(`word ${i} `)
      author.seal()
    }
    const open = [...author.log.records()]
    author.close()
    author.type('after')
    author.seal()
    const ana = circle.writer(circle.shared.founder).start()
    ana.document.merge(author.log.records())
    ana.replicator.changed()
    await until('kept', () => relay.server.metrics.read('envelopes_kept') === 2)
    await relay.restart(() => relay.wipe())
    await until('refilled', () => relay.server.metrics.read('envelopes_kept') === 2)
    ana.stop()
    // One who has nothing, and one who has what the run covers in rows.
    const late = circle.writer(eva).start()
    const behind = circle.writer(circle.shared.founder)
    behind.document.merge(open.slice(0, 3))
    behind.start()
    for (const one of [late, behind]) {
      await until('they have all', () => one.held === ana.held)
      await until('and are in step', () => one.told.some(({ kind }) => kind === 'in-step'))
      expect(one.told.some(({ kind }) => kind === 'forked')).toBe(false)
    }
  })
})
