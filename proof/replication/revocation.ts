/** Somebody is removed while others write, offline and not: the removed read nothing more, and those who stay lose nothing. */
import { judgeRecords } from '../../shared/membership/judge-records.ts'
import type { Dependency, SignedRecord } from '../../shared/log/record.ts'
import { toHex } from '../../shared/ids.ts'
import { Scribe, SharedDocument, someone } from '../../main/replication/shared-document.fixture.ts'
import { shuffled } from '../merge/fold-ways.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { sealAll, ShelteredReplica } from './sheltered-replica.ts'

export function revoke(seed: number, judgement: Judgement): void {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const shared = new SharedDocument(suite)
  const { documentId } = shared
  shared.rotate()
  const people = Array.from({ length: 2 + random.below(3) }, () => someone(suite))
  for (const { root, member } of people)
    shared.change({
      type: 'add',
      root: root.publicKey,
      member: member.publicKey,
      role: 'editor',
      key: shared.keyFor(member.publicKey),
    })
  const scribes = people.map(({ member }) => new Scribe(documentId, member, suite))
  const [out, ...rest] = scribes
  const [removed] = people
  if (out === undefined || removed === undefined) throw new Error('Nobody was let in.')
  const write = (scribe: Scribe, knows: number, after: readonly Dependency[] = []): SignedRecord =>
    scribe.write(knows, 0, after)
  const knew = shared.membership.seq
  for (let left = 2 + random.below(12); left > 0; left--) write(random.pick(scribes), knew)
  const before = scribes.flatMap(({ records }) => records)
  const cut = random.below(out.records.length + 1)
  shared.change({ type: 'remove', root: removed.root.publicKey, cut: cut === 0 ? [] : [[out.key.publicKey, cut]] })
  judgement.equal('the next epoch began', shared.rotate(), 'appended')
  const [first, second] = shared.epochs
  if (first === undefined || second === undefined) throw new Error('There are two epochs.')
  const late = Array.from({ length: 1 + random.below(3) }, () => write(out, knew))
  // Those who stay: some have heard of it, some were offline and built on a late record before they heard.
  const builtOn = random.below(3) === 0 ? random.pick(late).seq : 0
  const after = rest.flatMap((scribe, index) => {
    const knows = random.below(2) === 0 || (index === 0 && builtOn > 0) ? knew : shared.membership.seq
    const dependencies = index === 0 && builtOn > 0 ? ([[out.key.publicKey, builtOn]] as const) : []
    return [write(scribe, knows, dependencies), write(scribe, shared.membership.seq)]
  })

  const all = { current: second, all: new Map(shared.epochs.map((key) => [key.epoch, key])) }
  const old = { current: first, all: new Map([[1, first]]) }
  const envelopes = [...sealAll(suite, documentId, old, before), ...sealAll(suite, documentId, all, after)]
  const outside = new ShelteredReplica(suite, shared.chain, old, [...before, ...late])
  const had = outside.ids().length
  const { kind } = outside.replica.take(shuffled(envelopes, random))
  judgement.equal(
    'one who was removed opened an envelope of the next epoch',
    [kind, outside.ids().length].join(),
    `kept,${had}`,
  )

  const inside = new ShelteredReplica(suite, shared.chain, all)
  let waiting = shuffled([...envelopes, ...sealAll(suite, documentId, all, late)], random)
  while (waiting.length > 0) {
    const taken = inside.replica.take(waiting)
    if (taken.kind !== 'kept' || taken.waiting.length === waiting.length) break
    waiting = [...taken.waiting]
  }
  judgement.equal('one who stays lacks a record', inside.ids().length, before.length + late.length + after.length)

  const chains = inside.log.chains()
  const objections = judgeRecords(suite, shared.membership, chains)
  const reordered = judgeRecords(suite, shared.membership, new Map(shuffled([...chains], random)))
  judgement.equal('the order of arrival decides what counts', names(reordered), names(objections))
  const expected = out.records
    .filter(({ seq }) => seq > Math.max(cut, builtOn))
    .map(({ recId }) => `${toHex(recId)} too-late`)
  judgement.equal('other records wait than those beyond the cut', names(objections), expected.sort().join())
}

function names(objections: ReadonlyMap<string, string>): string {
  return [...objections]
    .map(([id, objection]) => `${id} ${objection}`)
    .sort()
    .join()
}
