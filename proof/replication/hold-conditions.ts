/**
 * What must be so when all faults have ended: nobody lost a word, all who are in know the same, the relay too, and who was
 * removed knows nothing of what came after.
 */
import { foldInto } from '../../main/log/fold.ts'
import { RecordLog } from '../../main/log/record-log.ts'
import { holdsRecord } from '../../main/replication/writer-tips.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { judgeRecords } from '../../shared/membership/judge-records.ts'
import { changeOf } from '../../shared/membership/member-op.ts'
import { personOf } from '../../shared/membership/membership.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { BEAT } from '../../shared/protocol/session-state.ts'
import { sameEnds, type Tips } from '../../shared/protocol/tips.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { fingerprint } from '../merge/replica.ts'
import type { Place } from './place.ts'
import { RELAY } from './relay-place.ts'
import type { World } from './world.ts'

/** Milliseconds in which those who can reach each other come to hold the same. */
const SOON = 4 * BEAT
const STEP = 500

/** Answers how many milliseconds it took after the faults had ended. */
export async function holdConditions(world: World, judgement: Judgement): Promise<number> {
  await world.heal()
  let took = 0
  for (; took < 10 * SOON && !isEven(world); took += STEP) await world.pass(STEP)
  // Acknowledgements are on their way still, and one who hears nothing new says nothing.
  await world.pass(2 * BEAT)
  if (world.isForked()) {
    world.counts['chains forked'] += 1
    holdFork(world, judgement)
    return 0
  }
  judgement.equal('they hold the same in time', took <= SOON, true)
  const inside = insiders(world)
  const [first, ...others] = inside
  if (first === undefined) throw new Error('Nobody is there.')
  const records = first.records()
  const union = fingerprint(records)
  for (const place of inside) {
    judgement.equal(`${place.name} keeps other records than it shows`, fingerprint(place.onDisk()), union)
    judgement.equal(`${place.name} ends with other records than ${first.name}`, fingerprint(place.records()), union)
  }
  for (const place of others) judgement.equal(`${place.name} ends with another text`, place.text(), first.text())
  if (world.relay !== null)
    judgement.equal('the relay holds something else', lacking(first.tips(), world.relay.tips()), '')
  holdLedger(world, records, judgement)
  holdFold(world, records, judgement, first)
  for (const place of world.places) if (!inside.includes(place)) holdRemoval(world, place, first, judgement)
  return took
}

/** The places of devices that are in by the longest chain. */
function insiders({ places }: World): readonly Place[] {
  const longest = places.map((place) => place.chain()).reduce((a, b) => (b.rows.length > a.rows.length ? b : a))
  return places.filter(({ keys }) => personOf(longest.membership, keys.member.publicKey) !== null)
}

function isEven(world: World): boolean {
  const inside = insiders(world)
  const [first] = inside
  if (first === undefined) return true
  const same = new Set(inside.map((place) => toHex(place.chain().membership.hash) + fingerprint(place.records())))
  return same.size === 1 && (world.relay === null || lacking(first.tips(), world.relay.tips()) === '')
}

/** Writers of whom the two hold something else. */
function lacking(a: Tips, b: Tips): string {
  return [...new Set([...a.keys(), ...b.keys()])].filter((writer) => !sameEnds(a.get(writer), b.get(writer))).join()
}

/** The chain forked, because the relay that appends to it lost rows: those who are apart are told, and nobody lost a word. */
function holdFork(world: World, judgement: Judgement): void {
  const { places } = world
  judgement.equal('a chain forked without a reason', world.mayFork(), true)
  judgement.equal(
    'a chain forked, and nobody was told',
    places.some(({ isChainForked }) => isChainForked),
    true,
  )
  for (const place of places)
    judgement.equal(
      `${place.name} keeps other records than it shows`,
      fingerprint(place.onDisk()),
      fingerprint(place.records()),
    )
}

function holdLedger(world: World, records: readonly SignedRecord[], judgement: Judgement): void {
  const id = fromHex(world.documentId)
  const byWriter = new Map<string, SignedRecord[]>()
  for (const record of records) {
    const writer = toHex(record.writer)
    byWriter.set(writer, [...(byWriter.get(writer) ?? []), record])
  }
  // Nobody waits for what only they have who were removed.
  const inside = new Set([RELAY, ...insiders(world).map(({ name }) => name)])
  const kept = world.ledger.filter(({ at }) => inside.has(at))
  const ends = new Map(kept.map(({ writer, end }) => [`${writer} ${end.recId}`, { writer, end }]))
  for (const { writer, end } of ends.values()) {
    const isHeld = holdsRecord(world.suite, id, byWriter.get(writer) ?? [], end)
    judgement.equal(`record ${end.seq} of ${writer} is lost`, isHeld, true)
  }
}

/** The set alone gives the text: chains are whole, nothing waits for what nobody has, and forks are known to all. */
function holdFold(world: World, records: readonly SignedRecord[], judgement: Judgement, first: Place): void {
  const log = new RecordLog(world.suite, fromHex(world.documentId))
  judgement.equal('a chain is broken', log.add(records).refused.length, 0)
  const doc = createSteadyDocument()
  const chains = log.chains()
  const objections = judgeRecords(world.suite, first.chain().membership, chains)
  const counting = [...chains.values()].flat().filter(({ recId }) => !objections.has(toHex(recId)))
  foldInto(doc, counting, 0)
  judgement.equal('the set of records gives another text', canonicalJson(readShape(doc)), first.text())
  for (const [writer, ends] of first.tips()) {
    if (ends.length < 2) continue
    for (const one of insiders(world)) judgement.equal(`${one.name} was told of a fork`, one.forks.has(writer), true)
  }
  // Words built on the branch of a fork that is not folded wait for it: docs/CAVEATS.md.
  if (log.forks() === 0) judgement.equal('something waits for what nobody has', doc.store.pendingStructs, null)
}

/** Who was removed has no key of a later epoch, and nothing that was written by who had heard of it. */
function holdRemoval({ suite }: World, place: Place, first: Place, judgement: Judgement): void {
  const { rows, membership } = first.chain()
  const ended = membership.periods.get(place.member)?.at(-1)?.end?.at
  // Its row never came about.
  if (ended === undefined) return
  const changes = rows.slice(1).map(changeOf)
  const next = changes.findIndex((change, at) => at + 1 > ended && change.type === 'rotate')
  judgement.equal(`no epoch began after ${place.name} was removed`, next >= 0, true)
  if (next < 0) return
  judgement.equal(`${place.name} was removed and has the newest key`, place.epochs().has(membership.epoch), false)
  const log = new RecordLog(suite, membership.documentId)
  log.add(place.records())
  // What was written by those who stay: who is out may go on for themselves.
  const theirs = [...log.chains().values()].filter(([one]) => {
    const member = one?.body.cert?.member
    return member !== undefined && personOf(membership, member) !== null
  })
  const later = theirs.flat().filter(({ body }) => body.m > next)
  judgement.equal(`${place.name} was removed and reads on`, later.length, 0)
}
