import { describe, expect, it } from 'vitest'
import { toHex } from '../../shared/ids.ts'
import type { MemberChange, StoredLink } from '../../shared/membership/member-op.ts'
import { BEAT, type Notice } from '../../shared/protocol/session-state.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { DocumentReplica } from './document-replica.ts'
import { LogDocument } from './log-document.fixture.ts'
import { type Faults, MemoryNetwork, NO_FAULTS } from './memory-transport.ts'
import { Replicator, SHUNNED } from './replicator.ts'
import { Scribe, SharedDocument } from './shared-document.fixture.ts'

const current = { epoch: 1, key: suite.random(32) }
const keys = { current, all: new Map([[1, current]]) }

function invite(): MemberChange {
  return { type: 'invite', invite: suite.random(32), role: 'editor', uses: 1, expires: 1, approval: false }
}

function grown(shared: SharedDocument, length: number): readonly StoredLink[] {
  while (shared.chain.length < length) expect(shared.change(invite())).toBe('appended')
  return shared.chain
}

/** Replicas of documents in memory, on a network with faults. */
class Meeting {
  readonly network: MemoryNetwork
  readonly told: Notice['kind'][] = []
  private readonly replicators: Replicator[] = []

  constructor(faults: Partial<Faults>, seed: number) {
    let state = seed
    const below = (limit: number): number => (state = (state * 48_271) % 2_147_483_647) % limit
    this.network = new MemoryNetwork({ below }, { ...NO_FAULTS, ...faults })
  }

  join(name: string, document: LogDocument, ring = keys): Replicator {
    const { documentId } = document.chain().membership
    const replicator = new Replicator({
      suite,
      documentId,
      replica: new DocumentReplica(suite, documentId, document, () => ring),
      clock: { now: () => this.network.now },
      tell: (_, { kind }) => {
        if (kind === 'failed') throw new Error('A replica in memory failed.')
        this.told.push(kind)
      },
    })
    this.replicators.push(replicator)
    this.network.transport(name).start((link) => replicator.meet(link))
    return replicator
  }

  pass(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      this.network.pass(100)
      for (const replicator of this.replicators) replicator.tick()
    }
  }
}

const end = (document: LogDocument): string => toHex(document.chain().membership.hash)

describe('the membership chain in sessions', () => {
  it('MEMBER-17: all come to the longest chain, whatever is lost, doubled and late on the way', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const shared = new SharedDocument()
      const all = new LogDocument(suite, grown(shared, 30))
      const [half, none] = [
        new LogDocument(suite, shared.chain.slice(0, 9)),
        new LogDocument(suite, shared.chain.slice(0, 1)),
      ]
      const meeting = new Meeting({ lost: 40, doubled: 40, delay: [1, 900], overtaking: true }, seed)
      // The one in the middle passes on what it hears.
      meeting.network.connect('all', 'none', false)
      const replicator = meeting.join('all', all)
      meeting.join('half', half)
      meeting.join('none', none)
      meeting.pass(20 * BEAT)
      all.follow(grown(shared, 40).slice(1))
      replicator.changed()
      meeting.pass(30 * BEAT)
      expect([end(half), end(none)], `seed ${seed}`).toEqual([end(all), end(all)])
      expect(meeting.told).not.toContain('chain-forked')
      expect(meeting.told).not.toContain('refused')
    }
  })

  it('MEMBER-17: rows travel at once while a link is open, and in pages when there are many', () => {
    const shared = new SharedDocument()
    const long = Array.from({ length: 3000 }, () => [suite.random(32), 1] as const)
    for (let i = 0; i < 12; i++) {
      const { root, member } = { root: suite.random(32), member: suite.random(32) }
      shared.change({ type: 'add', root, member, role: 'editor', key: null })
      shared.change({ type: 'remove', root, cut: long })
    }
    const [alice, bob] = [new LogDocument(suite, shared.chain), new LogDocument(suite, shared.chain.slice(0, 1))]
    const meeting = new Meeting({}, 7)
    const replicator = meeting.join('alice', alice)
    meeting.join('bob', bob)
    meeting.network.pass(1000)
    expect(end(bob)).toBe(end(alice))
    shared.change(invite())
    alice.follow(shared.chain.slice(-1))
    replicator.changed()
    meeting.network.pass(5)
    expect(end(bob)).toBe(end(alice))
  })

  it('MEMBER-18: a chain that forked is noticed by both, and nothing of it is followed', () => {
    const shared = new SharedDocument()
    const common = [...grown(shared, 4)]
    const ours = new LogDocument(suite, grown(shared, 7))
    for (const length of [5, 7, 9]) {
      shared.chain.length = 0
      shared.chain.push(...common)
      const theirs = new LogDocument(suite, grown(shared, length))
      const before = [end(ours), end(theirs)]
      const meeting = new Meeting({}, 7)
      meeting.join('ours', ours)
      meeting.join('theirs', theirs)
      meeting.pass(5 * BEAT)
      expect(meeting.told.filter((kind) => kind === 'chain-forked')).toHaveLength(2)
      expect([end(ours), end(theirs)], `${length} rows`).toEqual(before)
    }
  })

  it('MEMBER-18: whose list forked and who both began an epoch can’t be read, and is met once a minute', () => {
    const shared = new SharedDocument()
    const common = [...grown(shared, 3)]
    const meeting = new Meeting({}, 7)
    const [ours, theirs] = ['ours', 'theirs'].map((name) => {
      shared.chain.length = 0
      shared.chain.push(...common)
      const records = name === 'theirs' ? [new Scribe(shared.documentId, shared.founder.member).write(4)] : []
      const document = new LogDocument(suite, grown(shared, 5), records)
      const next = { epoch: 2, key: suite.random(32) }
      meeting.join(name, document, { current: next, all: new Map([...keys.all, [2, next]]) })
      return document
    })
    const refused = (): number => meeting.told.filter((kind) => kind === 'refused').length
    meeting.pass(SHUNNED - 10_000)
    expect(meeting.told).toContain('chain-forked')
    expect(refused()).toBe(1)
    meeting.pass(SHUNNED)
    expect(refused()).toBe(2)
    expect([ours, theirs].map((document) => document?.records().length)).toEqual([0, 1])
  })

  it('MEMBER-18: rows that nobody who may has signed end the session, and none of them is kept', () => {
    const shared = new SharedDocument()
    const honest = new LogDocument(suite, grown(shared, 3))
    const stranger = suite.keyPair(suite.random(32))
    // A replica that appended what it must not.
    const liar = new LogDocument(suite, shared.chain)
    const forged = shared.link(stranger, invite())
    liar.chain = () => ({
      rows: [...shared.chain, forged],
      membership: { ...shared.membership, seq: 3, hash: forged.hash },
    })
    const meeting = new Meeting({}, 7)
    meeting.join('honest', honest)
    meeting.join('liar', liar)
    meeting.pass(3 * BEAT)
    expect(meeting.told).toContain('refused')
    expect(honest.chain().rows).toHaveLength(3)
  })

  it('MEMBER-19: what somebody proposes comes back to all as a row when it follows, and not otherwise', () => {
    const shared = new SharedDocument()
    const [alice, bob, carol] = [0, 1, 2].map(() => new LogDocument(suite, shared.chain)) as [
      LogDocument,
      LogDocument,
      LogDocument,
    ]
    alice.appends = true
    const meeting = new Meeting({}, 7)
    meeting.join('alice', alice)
    const proposing = meeting.join('bob', bob)
    meeting.join('carol', carol)
    meeting.pass(2 * BEAT)
    const [first, second] = [shared.link(shared.founder.member, invite()), shared.link(shared.founder.member, invite())]
    proposing.propose(first)
    proposing.propose(second)
    meeting.network.pass(10)
    expect([end(alice), end(bob), end(carol)]).toEqual([first, first, first].map(({ hash }) => toHex(hash)))
  })
})
