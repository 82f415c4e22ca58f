import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../shared/ids.ts'
import { decodeBody, type Dependency, type SignedRecord } from '../../shared/log/record.ts'
import { signAdmission } from '../../shared/membership/admission.ts'
import { judgeRecords } from '../../shared/membership/judge-records.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { Role } from '../../shared/membership/role.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { RecordLog } from '../log/record-log.ts'
import { Scribe, SharedDocument, someone, type Someone } from './shared-document.fixture.ts'

/** The founder, and bob in a role, each with a writer. */
function pair(role: Role) {
  const document = new SharedDocument()
  const bob = someone()
  document.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role, key: null })
  const [ours, theirs] = [
    new Scribe(document.documentId, document.founder.member),
    new Scribe(document.documentId, bob.member),
  ]
  return { document, bob, ours, theirs }
}

function judge(membership: Membership, records: readonly SignedRecord[]) {
  const log = new RecordLog(suite, membership.documentId)
  expect(log.add(records).refused).toEqual([])
  const objections = judgeRecords(suite, membership, log.chains())
  return records.map((record) => objections.get(toHex(record.recId)) ?? 'counts')
}

const at = (record: SignedRecord): Dependency => [record.writer, record.seq]
const remove = (document: SharedDocument, who: Someone, cut: readonly Dependency[]): void => {
  expect(document.change({ type: 'remove', root: who.root.publicKey, cut })).toBe('appended')
}

describe('records that count', () => {
  it('MEMBER-11: a commenter’s count in the stream of comments only, a reader’s nowhere, an editor’s everywhere', () => {
    const verdicts = (['reader', 'commenter', 'editor', 'owner'] as const).map((role) => {
      const { document, theirs } = pair(role)
      return judge(document.membership, [theirs.write(1, 0), theirs.write(1, 1)])
    })
    expect(verdicts).toEqual([
      ['not-allowed', 'not-allowed'],
      ['not-allowed', 'counts'],
      ['counts', 'counts'],
      ['counts', 'counts'],
    ])
  })

  it('MEMBER-11: nobody’s count before they heard that they were let in', () => {
    const { document, theirs } = pair('editor')
    expect(judge(document.membership, [theirs.write(0), theirs.write(1)])).toEqual(['not-allowed', 'counts'])
  })

  it('MEMBER-12: those of a writer no member vouches for wait; in a document nobody was let into, all count', () => {
    const { document, ours, bob } = pair('editor')
    const stranger = new Scribe(document.documentId, null)
    const outsider = new Scribe(document.documentId, someone().member)
    expect(judge(document.membership, [stranger.write(1), outsider.write(1)])).toEqual(['stranger', 'stranger'])
    const forged = new Scribe(new SharedDocument().documentId, bob.member).write(1)
    expect(judgeRecords(suite, document.membership, new Map([['x', [judged(forged)]]])).size).toBe(1)
    expect(judge(new SharedDocument().membership, [])).toEqual([])
    const alone = new SharedDocument()
    expect(judge(alone.membership, [new Scribe(alone.documentId, null).write(0)])).toEqual(['counts'])
    expect(judge(document.membership, [ours.write(1)])).toEqual(['counts'])
  })

  it('MEMBER-12: a stranger’s count that a member built on before the document was shared', () => {
    const { document, ours } = pair('editor')
    const stranger = new Scribe(document.documentId, null)
    const [first, second] = [stranger.write(0), stranger.write(0)]
    expect(judge(document.membership, [first, second, ours.write(0, 0, [at(first)])])).toEqual([
      'counts',
      'stranger',
      'counts',
    ])
    expect(judge(document.membership, [...stranger.records, ...ours.records, ours.write(1, 0, [at(second)])])[1]).toBe(
      'stranger',
    )
  })

  it('MEMBER-13: of one who was removed, those up to the cut count, and those beyond it that others had built on before', () => {
    const { document, bob, ours, theirs } = pair('editor')
    const carol = someone()
    document.change({
      type: 'add',
      root: carol.root.publicKey,
      member: carol.member.publicKey,
      role: 'editor',
      key: null,
    })
    const hers = new Scribe(document.documentId, carol.member)
    const [one, two, three, four] = [1, 1, 1, 1].map((knows) => theirs.write(knows)) as [
      SignedRecord,
      SignedRecord,
      SignedRecord,
      SignedRecord,
    ]
    remove(document, bob, [at(one)])
    const built = hers.write(2, 0, [at(two)])
    const later = ours.write(3, 0, [at(three)])
    expect(judge(document.membership, [one, two, three, four, built, later])).toEqual([
      'counts',
      'counts',
      'too-late',
      'too-late',
      'counts',
      'counts',
    ])
  })

  it('MEMBER-13: what was built on counts through others’ records too', () => {
    const { document, bob, ours, theirs } = pair('editor')
    const stranger = new Scribe(document.documentId, null)
    const late = theirs.write(1)
    const between = stranger.write(0, 0, [at(late)])
    const built = ours.write(1, 0, [at(between)])
    remove(document, bob, [])
    expect(judge(document.membership, [late, between, built])[0]).toBe('counts')
  })

  it('MEMBER-13: one who was removed can’t vouch for their own late work, by record or by admission', () => {
    const { document, bob, theirs } = pair('editor')
    const late = theirs.write(1)
    remove(document, bob, [])
    const again = new Scribe(document.documentId, bob.member)
    const admission = signAdmission(suite, document.documentId, { member: bob.member, name: 'Bob' }, KNOWN, [late])
    expect(judge(document.membership, [late, again.write(1, 0, [at(late)]), admission])).toEqual([
      'too-late',
      'too-late',
      'too-late',
    ])
  })

  it('MEMBER-14: an editor’s admission lets in late work and a stranger’s, that record and those before it, and no other', () => {
    const { document, bob, theirs } = pair('editor')
    const stranger = new Scribe(document.documentId, null)
    const late = [theirs.write(1), theirs.write(1), theirs.write(1)] as const
    const foreign = stranger.write(0)
    remove(document, bob, [])
    const by = { member: document.founder.member, name: 'Alice' }
    const admission = signAdmission(suite, document.documentId, by, KNOWN, [late[1], foreign])
    expect(judge(document.membership, [...late, foreign, admission])).toEqual([
      'counts',
      'counts',
      'too-late',
      'counts',
      'counts',
    ])
    const other = signAdmission(suite, document.documentId, by, KNOWN, [{ ...late[2], recId: suite.random(32) }])
    expect(judge(document.membership, [...late, other])[2]).toBe('too-late')
  })

  it('MEMBER-14: a commenter’s admission lets nothing in', () => {
    const { document, bob } = pair('commenter')
    const foreign = new Scribe(document.documentId, null).write(0)
    const admission = signAdmission(suite, document.documentId, { member: bob.member, name: 'Bob' }, KNOWN, [foreign])
    expect(judge(document.membership, [foreign, admission])[0]).toBe('stranger')
  })

  it('MEMBER-15: an editor made commenter keeps what counted, and writes comments from then on; raised again, all', () => {
    const { document, bob, theirs } = pair('editor')
    const before = theirs.write(1)
    const root = bob.root.publicKey
    document.change({ type: 'role', root, role: 'commenter', cut: [at(before)] })
    const [body, comment] = [theirs.write(2, 0), theirs.write(2, 1)]
    expect(judge(document.membership, [before, body, comment])).toEqual(['counts', 'too-late', 'counts'])
    document.change({ type: 'role', root, role: 'editor', cut: [] })
    const again = theirs.write(3, 0)
    expect(judge(document.membership, [before, body, comment, again])).toEqual([
      'counts',
      'too-late',
      'counts',
      'counts',
    ])
  })

  it('MEMBER-15: one who was removed and let in again writes on; what came too late stays so', () => {
    const { document, bob, theirs } = pair('editor')
    const late = theirs.write(1)
    remove(document, bob, [])
    document.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
    expect(judge(document.membership, [late, theirs.write(3)])).toEqual(['too-late', 'counts'])
  })

  it('MEMBER-16: whatever the order records arrive in, and in whatever pieces, the same count', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(1), fc.nat(3), fc.nat(9)), { minLength: 1, maxLength: 20 }),
        fc.nat(3),
        fc.infiniteStream(fc.nat(1000)),
        (steps, cut, chance) => {
          const { document, bob, ours, theirs } = pair('editor')
          const scribes = [
            ours,
            theirs,
            new Scribe(document.documentId, null),
            new Scribe(document.documentId, bob.member),
          ]
          const records: SignedRecord[] = []
          for (const [who, knows, stream, whom, far] of steps) {
            const named = scribes[whom]?.records[far]
            const scribe = scribes[who] ?? ours
            records.push(scribe.write(knows, stream, named === undefined || whom === who ? [] : [at(named)]))
          }
          document.change({ type: 'remove', root: bob.root.publicKey, cut: [[theirs.key.publicKey, cut]] })
          const { membership } = document
          const log = new RecordLog(suite, membership.documentId)
          // Each writer's records come in order, writers interleaved by chance.
          const queues = scribes.map(({ records }) => [...records]).filter((queue) => queue.length > 0)
          while (queues.length > 0) {
            const index = (chance.next().value ?? 0) % queues.length
            const queue = queues[index] ?? []
            expect(log.add(queue.splice(0, 1 + ((chance.next().value ?? 0) % 3))).refused).toEqual([])
            if (queue.length === 0) queues.splice(index, 1)
          }
          const found = judgeRecords(suite, membership, log.chains())
          const verdicts = records.map((record) => found.get(toHex(record.recId)) ?? 'counts')
          expect(verdicts).toEqual(judge(membership, records))
          // What the cut leaves in always counts; the founder's always does.
          for (const [index, record] of records.entries()) {
            if (toHex(record.writer) === ours.name) expect(verdicts[index]).toBe('counts')
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

const KNOWN = { memberSeq: 9, time: 0 }

function judged(record: SignedRecord) {
  return { ...record, body: decodeBody(record.payload) }
}
