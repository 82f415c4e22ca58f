import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foundDocument } from '../../shared/log/genesis.ts'
import { cut } from '../../shared/protocol/pieces.ts'
import { pictureId, sealPicture } from '../../shared/protocol/sealed-picture.ts'
import { Circle, type RelayWriter, suite, TestRelay, until } from './relay.fixture.ts'

let relay: TestRelay
let circle: Circle

beforeEach(async () => {
  relay = await TestRelay.start()
  circle = new Circle(relay)
})

afterEach(async () => {
  circle.clear()
  await relay.clear()
})

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

function pairOf(role: 'editor' | 'commenter' | 'reader' = 'editor'): readonly [RelayWriter, RelayWriter] {
  const other = circle.add(role)
  return [circle.writer(circle.shared.founder).start(), circle.writer(other).start()]
}

describe('together over a relay', () => {
  it('RELAY-1: what one writes the others have, and who wrote it is told that the relay keeps it', async () => {
    const others = [circle.add('editor'), circle.add('editor')]
    const writers = [circle.shared.founder, ...others].map((person) => circle.writer(person).start())
    for (const writer of writers) writer.write(20)
    await until('all have all', () => writers.every(({ count }) => count === 60))
    await until('all are told', () => writers.every(({ acknowledged }) => acknowledged === 20))
    expect(new Set(writers.map(({ held }) => held)).size).toBe(1)
  })

  it('RELAY-1: a record crosses each link once: who sent it does not get it back', async () => {
    const [ana, ben] = pairOf()
    await until('both are in', () => ana.met + ben.met === 2)
    await pause(500)
    const before = relay.server.metrics.read('envelopes_sent')
    for (let i = 1; i <= 5; i++) {
      ana.write(1)
      await until('the other has it', () => ben.count === i)
      await pause(100)
    }
    expect(relay.server.metrics.read('envelopes_sent') - before).toBe(5)
  })

  it('RELAY-1: one who comes later, and one who was away, get what they lack', async () => {
    const away = circle.add('editor')
    const ana = circle.writer(circle.shared.founder).start()
    ana.write(300)
    await until('kept', () => ana.acknowledged === 300)
    ana.stop()
    const ben = circle.writer(away).start()
    await until('fetched', () => ben.count === 300)
    expect(ben.held).toBe(ana.held)
  })

  it('RELAY-1: live words reach the others, and nothing of them is kept', async () => {
    const [ana, ben] = pairOf()
    await until('both are in', () => ana.met + ben.met === 2)
    await until('both are heard', () => {
      ana.replicator.say(Buffer.from('caret'))
      return ben.heard.length > 0
    })
    expect(ben.heard[0]).toBe('caret')
    expect(ana.heard).toEqual([])
  })

  it('RELAY-4: a relay that lost everything is another relay, and gets all of it back', async () => {
    const [ana, ben] = pairOf()
    ana.write(40)
    ben.write(40)
    await until('both have all', () => ana.count === 80 && ben.count === 80)
    await relay.restart(() => relay.wipe())
    await until('refilled', () => relay.server.metrics.read('envelopes_kept') === 80)
    const late = circle.writer(circle.shared.founder).start()
    await until('one who comes has all', () => late.count === 80)
    expect(late.held).toBe(ana.held)
  })

  it('RELAY-4: after a restart everybody comes back and nothing is missing', async () => {
    const [ana, ben] = pairOf()
    ana.write(5)
    await until('kept', () => ben.count === 5)
    await relay.restart()
    ana.write(5)
    await until('the rest came', () => ben.count === 10)
    expect(ana.met).toBeGreaterThan(1)
  })
})

describe('pictures over a relay', () => {
  it('RELAY-17: a picture comes from whoever has it, is kept, and comes from the relay when they are gone', async () => {
    const [ben, eva] = [circle.add('editor'), circle.add('reader')]
    const picture = { hash: suite.hash(Uint8Array.of(1)), bytes: suite.random(1_300_000) }
    const sealed = sealPicture(suite, circle.shared.documentId, circle.keys.current, picture)
    const id = pictureId(suite, circle.shared.documentId, picture.hash)
    const [has, lacks] = [circle.writer(circle.shared.founder).start(), circle.writer(ben).start()]
    await until('both are in', () => has.met + lacks.met === 2)
    await until('asked', () => {
      lacks.exchange({ op: 'want', ids: [id] })
      return has.wanted.includes(id)
    })
    for (const part of cut(suite, sealed, 'picture')) has.exchange(part)
    await until('it came', () => lacks.pictures.some((one) => Buffer.compare(one, sealed) === 0))
    has.stop()
    lacks.stop()
    const late = circle.writer(eva).start()
    await until('it came from the relay', () => {
      if (late.pictures.length === 0 && late.told.some(({ kind }) => kind === 'in-step'))
        late.exchangeOnce({ op: 'want', ids: [id] })
      return late.pictures.length > 0
    })
    expect(Buffer.compare(late.pictures[0] ?? new Uint8Array(), sealed)).toBe(0)
  })
})

describe('who may what on a relay', () => {
  it('RELAY-5: a reader gets everything, and nothing of theirs is kept', async () => {
    const [ana, eva] = pairOf('reader')
    ana.write(3)
    await until('read', () => eva.count === 3)
    eva.write(3)
    await pause(2500)
    expect(relay.server.metrics.read('envelopes_kept')).toBe(3)
    expect(ana.count).toBe(3)
    expect(eva.status).toEqual({ state: 'connected', problem: null })
  })

  it('RELAY-5: of a commenter only comments are kept', async () => {
    const [ana, eva] = pairOf('commenter')
    await until('both are in', () => ana.met + eva.met === 2)
    eva.write(2, 1)
    await until('comments came', () => ana.count === 2)
    eva.write(1, 0)
    await pause(2500)
    expect(ana.count).toBe(2)
  })

  it('RELAY-6: who is nobody in the document gets nothing', async () => {
    const ana = circle.writer(circle.shared.founder).start()
    ana.write(3)
    await until('kept', () => ana.acknowledged === 3)
    const mallory = circle
      .writer({ root: suite.keyPair(suite.random(32)), member: suite.keyPair(suite.random(32)) })
      .start()
    await until('turned away', () => mallory.status.state === 'problem')
    expect(mallory.status.problem).toBe('refused')
    expect([mallory.met, mallory.count]).toEqual([0, 0])
  })

  it('RELAY-6: who is removed is shown out when the row comes, and told that they were', async () => {
    const ben = circle.add('editor')
    const ana = circle.writer(circle.shared.founder).start()
    const removed = circle.writer(ben).start()
    await until('both are in', () => ana.met === 1 && removed.met === 1)
    circle.shared.change({ type: 'remove', root: ben.root.publicKey, cut: [] })
    ana.document.follow(circle.shared.chain.slice(-1))
    ana.replicator.changed()
    await until('shown out', () => removed.status.problem === 'revoked')
    ana.write(2)
    await until('kept', () => ana.acknowledged === 2)
    await pause(1500)
    expect(removed.count).toBe(0)
    expect(removed.status.problem).toBe('revoked')
  })

  it('RELAY-7: a document that is new to the relay is founded by its chain, and by nothing else', async () => {
    const ana = circle.writer(circle.shared.founder)
    const other = foundDocument(suite, 0, suite.random(16), circle.shared.founder)
    const forged = { ...ana.access, chain: () => [other] }
    const transport = ana.hub.relay(relay.url).transport(forged)
    const problems: (string | null)[] = []
    transport.watch(({ problem }) => problems.push(problem))
    transport.start(() => undefined)
    await until('refused', () => problems.includes('refused'))
    expect(relay.server.metrics.read('documents')).toBe(0)
    transport.stop()
    ana.start()
    await until('founded', () => ana.met === 1)
    expect(relay.server.metrics.read('documents')).toBe(1)
  })

  it('RELAY-8: two that propose a row at once: one is appended, and both hear which', async () => {
    const second = circle.add('owner')
    const [ana, ben] = [circle.writer(circle.shared.founder).start(), circle.writer(second).start()]
    await until('both are in', () => ana.met + ben.met === 2)
    await pause(300)
    const rows = [circle.shared.founder, second].map((person, index) =>
      circle.shared.link(person.member, {
        type: 'invite',
        invite: suite.keyPair(suite.random(32)).publicKey,
        role: 'reader',
        uses: index + 1,
        expires: 0,
        approval: false,
      }),
    )
    for (const [index, writer] of [ana, ben].entries()) {
      const row = rows[index]
      if (row !== undefined) writer.replicator.propose(row)
    }
    await until('both have one more', () => [ana, ben].every(({ document }) => document.chain().rows.length === 4))
    const ends = [ana, ben].map(({ document }) => Buffer.from(document.chain().rows[3]?.hash ?? []).toString('hex'))
    expect(ends[0]).toBe(ends[1])
    expect(relay.server.metrics.read('rows_kept')).toBe(4)
  })
})
