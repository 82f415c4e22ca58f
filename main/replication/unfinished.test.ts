import { afterEach, beforeEach, expect, it } from 'vitest'
import { fromHex } from '../../shared/ids.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { encodeFrame, type Frame, PIECE, VERSIONS } from '../../shared/protocol/frames.ts'
import type { LinkListener } from '../../shared/protocol/link-inbox.ts'
import { cut } from '../../shared/protocol/pieces.ts'
import { Unfinished } from '../../shared/protocol/unfinished.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { Replica } from '../log/replica.fixture.ts'
import { DocumentReplica } from './document-replica.ts'
import { World } from './places.fixture.ts'
import { Replicator } from './replicator.ts'
import type { Link } from './transport.ts'

let world: World
beforeEach(() => {
  world = new World()
})
afterEach(() => world.clear())

/** The near end of a link whose far end says what a test says. */
class Wire implements Link {
  readonly member = null
  readonly peer: string
  readonly connection: object
  isOpen = true
  private listener: LinkListener | null = null

  constructor(peer: string, connection: object) {
    this.peer = peer
    this.connection = connection
  }

  send(): void {}

  listen(listener: LinkListener): void {
    this.listener = listener
  }

  close(): void {
    this.isOpen = false
  }

  say(frame: Frame): void {
    this.listener?.receive(encodeFrame(frame))
  }

  hello(): void {
    this.say({ op: 'hello', ...VERSIONS, documentId: fromHex(world.documentId), session: '0102030405060708' })
  }
}

const LIMIT = 6 * PIECE

it('SYNC-39: whoever holds back the last piece is let go before the others lack room, on however many documents', async () => {
  const alice = world.place('alice')
  const counts: number[] = []
  const unfinished = new Unfinished(LIMIT, (bytes) => counts.push(bytes))
  const documentId = fromHex(world.documentId)
  const replica = new DocumentReplica(suite, documentId, alice.document, () => world.keys)
  // Each would be another document of the same program.
  const replicators = [1, 2, 3].map(
    () => new Replicator({ suite, documentId, replica, clock: { now: () => 0 }, tell: () => undefined, unfinished }),
  )
  const connection = {}
  const mallory = replicators.map((replicator, at) => {
    const wire = new Wire(`mallory ${at}`, connection)
    replicator.meet(wire)
    wire.hello()
    return wire
  })
  const bob = new Wire('bob', {})
  replicators[0]?.meet(bob)
  bob.hello()
  const author = new Replica(documentId, 'Bob')
  author.doc.getMap('facts').set('note', 'long '.repeat(300_000))
  const [record] = author.seal()
  if (record === undefined) throw new Error('There is a record.')
  const pieces = cut(suite, sealRecord(suite, documentId, world.keys.current, record), 'piece')
  const [last, ...first] = pieces.toReversed()
  if (last === undefined) throw new Error('It is larger than a frame.')
  for (const piece of first) bob.say(piece)
  for (let index = 0; index < 40; index++) {
    for (const [at, wire] of mallory.entries())
      if (wire.isOpen)
        wire.say({ op: 'piece', id: `0${at}`.repeat(32), index, count: 100, bytes: new Uint8Array(PIECE) })
  }
  expect(Math.max(...counts)).toBeLessThanOrEqual(LIMIT + PIECE)
  expect(mallory.some(({ isOpen }) => isOpen)).toBe(false)
  expect(bob.isOpen).toBe(true)
  bob.say(last)
  expect(alice.document.records()).toHaveLength(1)
  expect(counts.at(-1)).toBe(0)
})
