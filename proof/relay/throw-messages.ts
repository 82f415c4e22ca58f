/** Messages that no app says, thrown at a relay: it goes on, and those who are honest notice nothing. */
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { Scribe } from '../../main/replication/shared-document.fixture.ts'
import { signMemberOp } from '../../shared/membership/member-op.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { encodeFrame, type Frame } from '../../shared/protocol/frames.ts'
import { encodeRelayFrame, encodeRelayMessage, type RelayMessage } from '../../shared/relay/relay-message.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import type { Random } from '../seeded-random.ts'
import { Bare } from './bare.fixture.ts'
import { Circle, TestRelay, until } from './relay.fixture.ts'

/** Messages between two looks at those who are honest. */
const VOLLEY = 500

export async function throwMessages(count: number, random: Random, judgement: Judgement): Promise<void> {
  const relay = await TestRelay.start({ messagesPerSecond: 100_000, recordsPerSecond: 100_000 })
  const circle = new Circle(relay)
  const [ana, ben] = [circle.shared.founder, circle.add('editor')].map((person) => circle.writer(person).start())
  if (ana === undefined || ben === undefined) throw new Error('nobody')
  try {
    await until('both are in', () => ana.met + ben.met === 2)
    const corpus = await sayings(circle, relay)
    let written = 0
    for (let thrown = 0; thrown < count; thrown += VOLLEY) {
      ana.write(1)
      written += 1
      for (let left = Math.min(VOLLEY, count - thrown); left > 0; )
        left -= await throwSome(relay, circle, corpus, random, left)
      await until('the honest are served', () => ben.count >= written, 20_000)
      judgement.checks += VOLLEY
    }
    const failed = relay.server.metrics.read('messages_failed')
    if (failed > 0) judgement.breaches.push(`${failed} messages broke something: ${relay.lines.at(-1) ?? ''}`)
    if (ana.held !== ben.held) judgement.breaches.push('the honest hold different things')
  } finally {
    circle.clear()
    await relay.clear()
  }
}

/** On one WebSocket, until it is over or there are enough; answers how many. */
async function throwSome(
  relay: TestRelay,
  circle: Circle,
  corpus: readonly Uint8Array[],
  random: Random,
  most: number,
): Promise<number> {
  const bare = new Bare(relay.url)
  // Half of them from who has proved something.
  if (random.below(2) === 0) await bare.open(circle.shared)
  else await until('open', () => bare.heard.length > 0 || bare.isOver)
  let thrown = 0
  while (thrown < most && !bare.isOver && bare.socket.readyState === bare.socket.OPEN) {
    for (let i = 0; i < 20 && thrown < most; i++) {
      bare.socket.send(mutate(random.pick(corpus), random.pick(corpus), random))
      thrown += 1
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  bare.socket.terminate()
  return thrown
}

function mutate(message: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const bytes = Uint8Array.from(message)
  const at = (): number => random.below(Math.max(1, bytes.length))
  switch (random.below(7)) {
    case 0:
      return bytes
    case 1:
      return bytes.subarray(0, at())
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at()), ...other.subarray(random.below(other.length))])
    case 3:
      return Uint8Array.from({ length: 1 + random.below(200) }, () => random.below(256))
    case 4:
      return Uint8Array.from([...bytes, ...Array.from({ length: 1 + random.below(40) }, () => random.below(256))])
    default:
      for (let flips = 1 + random.below(4); flips > 0; flips--) {
        const where = at()
        bytes[where] = (bytes[where] ?? 0) ^ (1 << random.below(8))
      }
      return bytes
  }
}

/** One of everything an app says, true. */
async function sayings(circle: Circle, relay: TestRelay): Promise<Uint8Array[]> {
  const bare = new Bare(relay.url)
  const chan = await bare.open(circle.shared)
  const opening = await bare.opening(circle.shared)
  bare.socket.terminate()
  const { documentId, founder, membership } = circle.shared
  const scribe = new Scribe(documentId, founder.member)
  const envelopes = Array.from({ length: 3 }, () => sealRecord(suite, documentId, circle.keys.current, scribe.write(0)))
  const key = suite.random(32)
  const sig = suite.random(64)
  const row = signMemberOp(suite, documentId, membership, founder.member, { type: 'invite-drop', invite: key })
  const messages: RelayMessage[] = [
    { t: 'hello', min: 1, max: 1 },
    opening,
    { t: 'close', chan },
    { t: 'covers', id: 11, chan, runs: [{ writer: scribe.key.publicKey, recId: key, first: 1, beside: [key] }] },
    { t: 'look', id: 2, document: documentId, invite: key, sig, from: 0 },
    { t: 'take', id: 3, document: documentId, invite: key, row: [row] },
    { t: 'ask', id: 4, document: documentId, invite: key, root: key, member: key, consent: sig, name: key, sig },
    { t: 'put-invite', id: 5, chan, invite: key, box: key },
    { t: 'drop-invite', id: 6, chan, invite: key },
    { t: 'list-requests', id: 7, chan },
    { t: 'drop-request', id: 8, chan, root: key },
    { t: 'put-vault', id: 9, vault: key, version: 1, bytes: key, sig },
    { t: 'get-vault', id: 10, vault: key },
  ]
  const end = { seq: membership.seq, hash: membership.hash }
  const frames: Frame[] = [
    { op: 'hello', min: 1, max: 1, documentId, session: '0102030405060708' },
    {
      op: 'heads',
      revision: 1,
      page: 0,
      pages: 1,
      chain: end,
      tips: new Map([[scribe.name, [{ seq: 3, recId: 'ab'.repeat(32) }]]]),
    },
    { op: 'holds', revision: 2, tips: new Map([[scribe.name, []]]) },
    { op: 'records', envelopes },
    { op: 'live', counter: 1, bytes: key },
    { op: 'pulse', revision: 3, digest: key, chain: end },
    { op: 'chain', from: 1, rows: [row] },
    { op: 'propose', row },
  ]
  return [...messages.map(encodeRelayMessage), ...frames.map((frame) => encodeRelayFrame(chan, encodeFrame(frame)))]
}
