/** Frames nobody sends: changed, cut, put together from others, or well formed and lying. A session goes on or parts. */
import { SharedDocument } from '../../main/replication/shared-document.fixture.ts'
import { Replicator } from '../../main/replication/replicator.ts'
import type { Link } from '../../main/replication/transport.ts'
import type { LinkListener } from '../../shared/protocol/link-inbox.ts'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { encodeFrame, FAREWELLS, type Frame, MAX_FRAME, PIECE } from '../../shared/protocol/frames.ts'
import { BEAT } from '../../shared/protocol/session-state.ts'
import type { Tips } from '../../shared/protocol/tips.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { honestRecords, sealAll, ShelteredReplica } from './sheltered-replica.ts'

/** Answers how many links the victim closed. */
export function throwFrames(seed: number, count: number, judgement: Judgement): number {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const shared = new SharedDocument(suite)
  const { documentId, chain } = shared
  while (chain.length < 4)
    shared.change({ type: 'invite', invite: suite.random(32), role: 'editor', uses: 1, expires: 1, approval: false })
  const current = { epoch: 1, key: suite.random(32) }
  const keys = { current, all: new Map([[1, current]]) }
  const honest = honestRecords(suite, documentId, random)
  const half = honest.slice(0, 1)
  const victim = new ShelteredReplica(suite, chain.slice(0, 2), keys, half)
  const { replica } = new ShelteredReplica(suite, chain, keys, honest)
  const envelopes = sealAll(suite, documentId, keys, honest)
  let now = 0
  const { replica: attacked } = victim
  const replicator = new Replicator({ suite, documentId, replica: attacked, clock: { now: () => now }, tell: () => {} })
  const hello: Frame = { op: 'hello', min: 1, max: 1, documentId, session: toHex(suite.random(8)) }
  let link = new Peer('peer 0')
  let links = 0
  for (let i = 0; i < count; i++) {
    if (link.isClosed || i === 0) {
      link = new Peer(`peer ${(links += 1)}`)
      replicator.meet(link)
      if (random.below(10) > 0) link.deliver(encodeFrame(hello))
    }
    const tips = random.below(2) === 0 ? replica.tips() : lyingTips(suite.random, replica.tips(), random)
    const bytes = encodeFrame(randomFrame(tips, envelopes, chain, suite.random, random, hello))
    link.deliver(random.below(4) > 0 ? bytes : mutated(bytes, suite.random, random))
    if (random.below(20) === 0) {
      now += BEAT
      replicator.tick()
    }
  }
  const good = new Set(honest.map(({ recId }) => toHex(recId)))
  judgement.checks += count
  judgement.equal('records nobody signed were kept', victim.ids().filter((id) => !good.has(id)).length, 0)
  const { rows } = victim.document.chain()
  judgement.equal(
    'rows nobody signed were followed',
    rows.every(({ hash }, at) => equalBytes(hash, chain[at]?.hash ?? new Uint8Array())),
    true,
  )
  judgement.equal('a record was lost', victim.ids().length >= half.length, true)
  judgement.equal('frames larger than one may be were sent', Peer.largest <= MAX_FRAME, true)
  return links
}

class Peer implements Link {
  static largest = 0
  readonly peer: string
  readonly member = 'somebody'
  isClosed = false
  private listener: LinkListener | null = null

  constructor(peer: string) {
    this.peer = peer
  }

  deliver(frame: Uint8Array): void {
    if (this.listener === null) throw new Error('Nobody listens.')
    if (!this.isClosed) this.listener.receive(frame)
  }

  send(frame: Uint8Array): void {
    Peer.largest = Math.max(Peer.largest, frame.length)
  }

  listen(listener: LinkListener): void {
    this.listener = listener
  }

  close(): void {
    this.isClosed = true
  }
}

function lyingTips(bytes: (length: number) => Uint8Array, tips: Tips, random: Random): Tips {
  const seq = random.pick([1, 2, 1000, Number.MAX_SAFE_INTEGER])
  const writer = random.below(2) === 0 ? (tips.keys().next().value ?? '') : toHex(bytes(32))
  return new Map([[writer, [{ seq, recId: toHex(bytes(32)) }]]])
}

function randomFrame(
  tips: Tips,
  envelopes: readonly Uint8Array[],
  chain: readonly StoredLink[],
  bytes: (length: number) => Uint8Array,
  random: Random,
  hello: Frame,
): Frame {
  const revision = random.pick([0, 1, 7, random.below(2 ** 31), 2 ** 32 - 1])
  const some = envelopes.filter(() => random.below(3) > 0)
  const page = random.below(2)
  const at = random.below(chain.length)
  const row = chain[at]
  const end = { seq: at, hash: row === undefined || (at > 0 && random.below(4) === 0) ? bytes(32) : row.hash }
  const rows = chain.slice(1 + random.below(chain.length - 1))
  return random.pick<() => Frame>([
    () => hello,
    () => ({ op: 'heads', revision, page, pages: 1 + page + random.below(2), chain: end, tips }),
    () => ({ op: 'holds', revision, tips }),
    () => ({ op: 'records', envelopes: some.length > 0 ? some : [bytes(random.below(300))] }),
    () => ({ op: 'piece', id: toHex(bytes(32)), index: 1, count: 2, bytes: bytes(1 + random.below(9)) }),
    () => ({ op: 'piece', id: '00'.repeat(32), index: 0, count: 2 + random.below(3), bytes: new Uint8Array(PIECE) }),
    () => ({ op: 'live', counter: 1 + random.below(2 ** 31), bytes: bytes(random.below(64)) }),
    () => ({ op: 'pulse', revision, digest: bytes(32), chain: end }),
    () => ({ op: 'chain', from: 1 + random.below(chain.length), rows }),
    () => ({ op: 'propose', row: random.pick(rows) }),
    () => (random.below(10) > 0 ? hello : { op: 'bye', reason: random.pick(FAREWELLS) }),
  ])()
}

function mutated(input: Uint8Array, bytes: (length: number) => Uint8Array, random: Random): Uint8Array {
  const at = random.below(Math.min(input.length, 2000))
  return random.pick<() => Uint8Array>([
    () => input.with(at, (input[at] ?? 0) ^ (1 << random.below(8))),
    () => input.slice(0, at),
    () => concat(input.subarray(0, at), bytes(1 + random.below(8)), input.subarray(at)),
    () => concat(input.subarray(0, at), input.subarray(Math.min(input.length, at + 1 + random.below(40)))),
    () => bytes(random.below(200)),
  ])()
}
