import fs from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SheafError } from '../../shared/errors.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { encodeBody, ORDINARY, signRecord } from '../../shared/log/record.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frames.ts'
import { BEAT, LOST, PAGE, SILENCE, WITHHELD } from '../../shared/protocol/session-state.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { DocumentStore } from '../storage/document-store.ts'
import { type Place, World } from './places.fixture.ts'
import type { Replica } from './replica.ts'
import { SHUNNED } from './replicator.ts'

let world: World

beforeEach(() => {
  world = new World()
})

afterEach(() => world.clear())

function expectSame(...places: Place[]): void {
  const [first, ...others] = places
  const ids = (place: Place | undefined): string[] => (place?.document.records() ?? []).map(({ recId }) => toHex(recId))
  for (const other of others) {
    expect(ids(other)).toEqual(ids(first))
    expect(other.text).toBe(first?.text)
  }
}

describe('replication', () => {
  it('SYNC-4: two that wrote apart end with one text, whole, and know it', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    await alice.write('one ')
    await bob.write('two ')
    world.pass(5000)
    expectSame(alice, bob)
    expect(alice.text).toContain('one')
    expect(alice.text).toContain('two')
    expect([alice.heard('in-step').length, bob.heard('in-step').length]).toEqual([1, 1])
  })

  it('SYNC-5: what is written while they are linked arrives at once, without waiting for a beat', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    world.pass(5000)
    await alice.write('now')
    world.network.pass(10)
    expect(bob.text).toContain('now')
    world.network.pass(10)
    expect(alice.heard('received')).toHaveLength(1)
  })

  it('SYNC-6: what one hears goes on to those the other can’t reach', async () => {
    const [alice, bob, carol] = [world.place('alice'), world.place('bob'), world.place('carol')]
    world.network.connect('alice', 'carol', false)
    world.pass(3000)
    await alice.write('from far')
    await carol.write('and back')
    world.network.pass(20)
    expect(carol.text).toContain('from far')
    world.pass(5000)
    expectSame(alice, bob, carol)
  })

  it('SYNC-7: those of another document, and those that speak no common version, part and say why', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    const other = new World()
    world.network.transport('zoe').start((found) => {
      found.send(
        encodeFrame({ op: 'hello', min: 2, max: 9, documentId: fromHex(world.documentId), session: '00'.repeat(8) }),
      )
    })
    world.network.transport('mallory').start((found) => {
      found.send(
        encodeFrame({ op: 'hello', min: 1, max: 1, documentId: fromHex(other.documentId), session: '00'.repeat(8) }),
      )
    })
    world.network.pass(300)
    expect(alice.heard('parted').map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['version', 'other-document']),
    )
    expect(bob.heard('parted')).toHaveLength(2)
    other.clear()
  })

  it('SYNC-8: a long history comes in pages, each kept before the next; after a loss it goes on where it was', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    world.network.connect('alice', 'bob', false)
    for (let i = 0; i < 8; i++) {
      await alice.write(noise(150_000))
      alice.document.seal()
    }
    let taken: number[] = []
    world.wrap = (replica, name) => ({
      ...bound(replica),
      take: (envelopes, isCarried) => {
        if (name === 'bob') taken.push(envelopes.reduce((sum, { length }) => sum + length, 0))
        return replica.take(envelopes, isCarried)
      },
    })
    bob.restart()
    world.network.connect('alice', 'bob', true)
    world.network.pass(205)
    expect(taken.length).toBeGreaterThan(0)
    const before = taken.reduce((sum, bytes) => sum + bytes, 0)
    bob.restart()
    taken = []
    world.pass(5000)
    expectSame(alice, bob)
    const whole = alice.document.records().reduce((sum, { payload }) => sum + payload.length, 0)
    expect(before + taken.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(whole * 1.2)
    expect(Math.max(...taken)).toBeLessThan(PAGE + 300_000)
  })

  it('SYNC-9: a record larger than a frame comes in pieces', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    for (let i = 0; i < 12; i++) {
      await alice.write(noise(150_000))
      alice.document.seal()
    }
    alice.document.finish()
    expect(Math.max(...alice.document.records().map(({ payload }) => payload.length))).toBeGreaterThan(2 ** 20)
    world.pass(8000)
    expectSame(alice, bob)
  })

  it('SYNC-10: records that come before those they follow wait, and both are kept when these have come', async () => {
    world.clear()
    world = new World({ delay: [1, 900], overtaking: true, doubled: 30 }, 3)
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    world.pass(5000)
    for (let i = 0; i < 12; i++) {
      await alice.write(`a${i} `)
      await bob.write(`b${i} `)
      world.pass(200)
    }
    world.pass(20_000)
    expectSame(alice, bob)
    for (let i = 0; i < 12; i++) expect(alice.text).toContain(`b${i} `)
  })

  it('SYNC-11: half of all frames lost, others doubled and out of order: still all arrives', async () => {
    world.clear()
    world = new World({ lost: 50, doubled: 20, delay: [1, 300], overtaking: true }, 11)
    const [alice, bob, carol] = [world.place('alice'), world.place('bob'), world.place('carol')]
    for (let i = 0; i < 6; i++) {
      for (const place of [alice, bob, carol]) await place.write(`${place.name}${i} `)
      world.pass(700)
    }
    world.pass(60_000)
    expectSame(alice, bob, carol)
    expect(alice.heard('rolled-back')).toEqual([])
  })

  it('SYNC-12: of a writer that signed two histories both come to all, one is folded, and all are told', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    world.network.connect('alice', 'bob', false)
    await alice.write('both ')
    const before = alice.document.records()
    bob.document.merge(before)
    const key = suite.keyPair(suite.random(32))
    const fork = (text: number) =>
      signRecord(suite, fromHex(world.documentId), key, {
        type: 9,
        stream: 0,
        seq: 1,
        prev: new Uint8Array(32),
        payload: bodyOf(text),
      })
    alice.document.merge([fork(1)])
    bob.document.merge([fork(2)])
    world.network.connect('alice', 'bob', true)
    alice.restart()
    bob.restart()
    world.pass(10_000)
    expectSame(alice, bob)
    expect(alice.document.records()).toHaveLength(before.length + 2)
    expect([alice.heard('forked').length, bob.heard('forked').length]).toEqual([1, 1])
    expect([alice.heard('in-step').length, bob.heard('in-step').length]).toEqual([1, 1])
    // Whoever begins a session with it is told too: nobody may have listened when it was found.
    alice.restart()
    world.pass(1000)
    expect(alice.heard('forked')).toHaveLength(2)
  })

  it('SYNC-13: a record its writer did not sign ends the session, and nothing that came with it is kept', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    await alice.write('good ')
    const documentId = fromHex(world.documentId)
    const forged = alice.document.records().map((record) => ({ ...record, sig: suite.random(64) }))
    const envelopes = forged.map((record) => sealRecord(suite, documentId, world.keys.current, record))
    world.wrap = (replica) => ({ ...bound(replica), find: () => envelopes })
    alice.restart()
    world.pass(2000)
    expect(bob.heard('refused')[0]).toMatchObject({ reason: 'bad-signature' })
    expect(bob.heard('parted')[0]).toMatchObject({ by: 'us', reason: 'refused' })
    expect(bob.document.records()).toEqual([])
    expect(alice.heard('parted')[0]).toMatchObject({ by: 'them', reason: 'refused' })
    world.pass(SHUNNED - 3000)
    expect(bob.heard('met')).toHaveLength(1)
    world.wrap = (replica) => replica
    alice.restart()
    world.pass(5000)
    expectSame(alice, bob)
  })

  it('SYNC-13: a peer that says a second hello is parted from', () => {
    const alice = world.place('alice')
    const documentId = fromHex(world.documentId)
    world.network.transport('mallory').start((link) => {
      for (const session of ['01', '02'])
        link.send(encodeFrame({ op: 'hello', min: 1, max: 1, documentId, session: session.repeat(8) }))
    })
    world.network.pass(205)
    expect(alice.heard('parted')).toMatchObject([{ by: 'us', reason: 'malformed' }])
  })

  it('SYNC-29: no more than 32 sessions are held at one time', () => {
    const alice = world.place('alice')
    let open = 0
    for (let i = 0; i < 40; i++) {
      world.network.transport(`peer ${i}`).start((link) => {
        if (link.peer !== 'alice') return
        open += 1
        link.listen({ receive: () => undefined, closed: () => (open -= 1) })
      })
    }
    world.network.pass(205)
    world.network.pass(10)
    expect(open).toBe(32)
    expect(alice.told).toEqual([])
  })

  it('SYNC-14: a peer that is an older copy than it was is noticed, and gets everything again', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    await alice.write('first ')
    world.pass(3000)
    const copy = `${bob.desk.storePath}.copy`
    bob.document.finish()
    bob.restart(() => fs.copyFileSync(bob.desk.storePath, copy))
    world.pass(1000)
    await alice.write('second ')
    world.pass(3000)
    expect(bob.text).toContain('second')
    bob.document.finish()
    bob.restart(() => {
      for (const end of ['-wal', '-shm']) fs.rmSync(bob.desk.storePath + end, { force: true })
      fs.copyFileSync(copy, bob.desk.storePath)
    })
    world.pass(3000)
    expect(alice.heard('rolled-back')).toHaveLength(1)
    expectSame(alice, bob)
    expect(bob.heard('rolled-back')).toEqual([])
  })

  it('SYNC-15: a peer that says it holds more and does not send it is noticed', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    await alice.write('kept back')
    world.wrap = (replica) => ({ ...bound(replica), find: () => [] })
    alice.restart()
    world.pass(WITHHELD - 1000)
    expect(bob.heard('withheld')).toEqual([])
    world.pass(4000)
    expect(bob.heard('withheld')).toMatchObject([{ peer: 'alice' }])
  })

  it('SYNC-16: live words are heard and not kept, in their order, and no more than ten a second', () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    world.pass(2000)
    for (let i = 1; i <= 30; i++) alice.say(Uint8Array.of(i))
    world.network.pass(10)
    expect(bob.heard('heard').map(({ bytes }) => bytes[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    world.pass(1000)
    alice.say(Uint8Array.of(99))
    world.network.pass(10)
    expect(bob.heard('heard').at(-1)).toMatchObject({ bytes: Uint8Array.of(99) })
    expect(bob.document.records()).toEqual([])
  })

  it('SYNC-17: a peer that falls silent is shown, and given up later; one that is back is met again', () => {
    const [alice] = [world.place('alice'), world.place('bob')]
    world.pass(2000)
    world.network.connect('alice', 'bob', false)
    world.pass(SILENCE + BEAT)
    expect(alice.heard('silent')).toHaveLength(1)
    world.pass(LOST - SILENCE)
    expect(alice.heard('parted')).toMatchObject([{ reason: 'lost' }])
    world.network.connect('alice', 'bob', true)
    world.pass(2000)
    expect(alice.heard('met')).toHaveLength(2)
  })

  it('SYNC-18: what can’t be kept here is not acknowledged, and comes again when it can', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    let full = true
    world.wrap = (replica) => ({
      ...bound(replica),
      take: (envelopes, isCarried) => {
        if (full) throw new SheafError('disk-full', 'The disk is full.')
        return replica.take(envelopes, isCarried)
      },
    })
    bob.restart()
    await alice.write('words')
    world.pass(1000)
    expect(bob.heard('failed').length).toBeGreaterThan(0)
    expect(alice.heard('received')).toEqual([])
    full = false
    world.pass(5000)
    expectSame(alice, bob)
  })

  it('SYNC-19: nothing is acknowledged before it is on the disk', async () => {
    const [alice, bob] = [world.place('alice'), world.place('bob')]
    await alice.write('durable')
    const documentId = fromHex(world.documentId)
    const envelopes = alice.document
      .records()
      .map((record) => sealRecord(suite, documentId, world.keys.current, record))
    world.network.crash('alice')
    const acknowledged: number[] = []
    world.network.transport('carol').start((link) => {
      link.listen({
        receive: (bytes) => {
          const frame = decodeFrame(bytes)
          if (typeof frame === 'object' && frame.op === 'holds') acknowledged.push(onDisk())
        },
        closed: () => undefined,
      })
      link.send(encodeFrame({ op: 'hello', min: 1, max: 1, documentId, session: '01'.repeat(8) }))
      link.send(encodeFrame({ op: 'records', envelopes }))
    })
    const onDisk = (): number => {
      const store = DocumentStore.open(bob.desk.storePath)
      const { length } = store.records()
      store.close()
      return length
    }
    world.network.pass(500)
    expect(acknowledged).toEqual([1])
  })
})

/** A replica's verbs, to put something in the place of one. */
function bound(replica: Replica): Replica {
  return {
    tips: () => replica.tips(),
    find: (theirs, maxBytes) => replica.find(theirs, maxBytes),
    take: (envelopes, isCarried) => replica.take(envelopes, isCarried),
    chainEnd: () => replica.chainEnd(),
    links: (after) => replica.links(after),
    follow: (rows) => replica.follow(rows),
    propose: (row) => replica.propose(row),
  }
}

/** Text that does not compress. */
function noise(length: number): string {
  return Buffer.from(suite.random(length)).toString('base64').slice(0, length)
}

function bodyOf(content: number): Uint8Array {
  return encodeBody({ ...ORDINARY, s: new Uint8Array(16), t: 0, d: [], m: 0, n: [], y: Uint8Array.of(content) })
}
