/** Members that lie: envelopes changed on the way, records of the wrong hand, and correctly signed words nobody types. */
import * as Y from 'yjs'
import { Writer } from '../../main/log/writer.ts'
import type { KeyRing } from '../../main/replication/document-replica.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { foundDocument, type StoredGenesis } from '../../shared/log/genesis.ts'
import { encodeBody, ORDINARY, RECORD_TYPE, type SignedRecord, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { hostileRecords } from '../merge/hostile-records.ts'
import { randomEdit } from '../merge/random-edit.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { honestRecords, sealAll, ShelteredReplica } from './sheltered-replica.ts'

interface Scene {
  readonly suite: CryptoSuite
  readonly genesis: StoredGenesis
  readonly documentId: Uint8Array
  readonly keys: KeyRing
  readonly honest: readonly SignedRecord[]
  readonly random: Random
}

/** Answers how many bits were changed and how many odd words were taken in as what they are. */
export function sendLies(seed: number, judgement: Judgement): { bits: number; odd: number } {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const genesis = foundDocument(suite, 0, suite.random(16), null)
  const documentId = genesis.hash
  const current = { epoch: 1, key: suite.random(32) }
  const keys = { current, all: new Map([[1, current]]) }
  const scene = { suite, genesis, documentId, keys, honest: honestRecords(suite, documentId, random), random }
  const bits = changeBits(scene, judgement)
  // Each kind comes round, whatever the seed.
  for (const kind of [seed, seed + 1]) sendHostileRecords(scene, kind, judgement)
  sendBehindGap(scene, judgement)
  return { bits, odd: sendOddWords(scene, judgement) }
}

/** Bits of one envelope, a few of them each time: none may be taken for another. */
function changeBits({ suite, genesis, documentId, keys, honest, random }: Scene, judgement: Judgement): number {
  const [envelope] = sealAll(suite, documentId, keys, honest.slice(0, 1))
  if (envelope === undefined) throw new Error('There is one.')
  const victim = new ShelteredReplica(suite, [genesis], keys)
  const step = 61
  let changed = 0
  for (let bit = random.below(step); bit < envelope.length * 8; bit += step, changed++) {
    victim.replica.take([envelope.with(bit >> 3, (envelope[bit >> 3] ?? 0) ^ (1 << (bit & 7)))])
    judgement.equal(`an envelope with bit ${bit} changed was taken in`, victim.ids().length, 0)
  }
  judgement.equal('the unchanged one', victim.replica.take([envelope]).kind, 'kept')
  return changed
}

function sendHostileRecords(
  { suite, genesis, documentId, keys, honest, random }: Scene,
  kind: number,
  judgement: Judgement,
): void {
  const { what, records } = hostileRecords(suite, documentId, honest, random, kind)
  for (const before of [[], honest]) {
    const victim = new ShelteredReplica(suite, [genesis], keys, before)
    const text = victim.text()
    const taken = victim.replica.take(sealAll(suite, documentId, keys, records))
    // What merely follows something not held waits, and the honest ones with it are taken in.
    if (taken.kind === 'refused') judgement.equal(`${what} changed the text`, victim.text(), text)
    else judgement.equal(`${what} was taken in`, victim.ids().length <= honest.length, true)
  }
}

/** Words behind a gap in the liar's own id wait, alone: nothing of others waits with them. */
function sendBehindGap({ suite, genesis, documentId, keys, honest, random }: Scene, judgement: Judgement): void {
  const secrets = { seed: suite.random(32), salt: suite.random(32) }
  const liar = new Writer(suite, documentId, secrets, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
  const y = behindGap(liar.clientId(0))
  const payload = encodeBody({ ...ORDINARY, s: suite.random(16), t: 0, d: [], m: 0, n: [0], y })
  const place = { type: RECORD_TYPE.update, stream: 0, seq: 1, prev: ZERO_ID, payload }
  const record = signRecord(suite, documentId, liar.key, place)
  const good = new ShelteredReplica(suite, [genesis], keys, honest)
  const at = random.below(honest.length)
  const victim = new ShelteredReplica(suite, [genesis], keys)
  for (const some of [honest.slice(0, at), [record], honest.slice(at)])
    judgement.equal(
      'what is sent beside a gap',
      victim.replica.take(sealAll(suite, documentId, keys, some)).kind,
      'kept',
    )
  judgement.equal('words behind a gap changed the text', victim.text(), good.text())
}

/** The second of two updates, without the first. */
function behindGap(client: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('body').insert(0, 'never sent')
  const before = Y.encodeStateVector(doc)
  doc.getText('body').insert(0, 'sent')
  return Y.encodeStateAsUpdate(doc, before)
}

/** An update under the liar's own id with a byte or two changed: refused, or folded without a complaint. */
function sendOddWords({ suite, genesis, documentId, keys, honest, random }: Scene, judgement: Judgement): number {
  const secrets = { seed: suite.random(32), salt: suite.random(32) }
  const liar = new Writer(suite, documentId, secrets, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
  const good = new ShelteredReplica(suite, [genesis], keys, honest)
  let odd = 0
  for (let attempt = 0; attempt < 10; attempt++) {
    const doc = new Y.Doc()
    doc.clientID = liar.clientId(0)
    for (const { body } of [...good.log.chains().values()].flat()) Y.applyUpdate(doc, body.y)
    const before = Y.encodeStateVector(doc)
    for (let edits = 1 + random.below(4); edits > 0; edits--) randomEdit(doc, random)
    let y = Y.encodeStateAsUpdate(doc, before)
    for (let flips = random.below(3); flips > 0; flips--) y = y.with(random.below(y.length), random.below(256))
    const payload = encodeBody({ ...ORDINARY, s: suite.random(16), t: 0, d: [], m: 0, n: [0], y })
    const record = signRecord(suite, documentId, liar.key, {
      type: RECORD_TYPE.update,
      stream: 0,
      seq: 1,
      prev: ZERO_ID,
      payload,
    })
    const victim = new ShelteredReplica(suite, [genesis], keys, honest)
    const taken = victim.replica.take(sealAll(suite, documentId, keys, [record]))
    if (taken.kind === 'kept') odd += 1
    judgement.equal('a text that odd words were taken into', readable(victim), 'readable')
  }
  return odd
}

function readable(victim: ShelteredReplica): string {
  try {
    victim.text()
    return 'readable'
  } catch (cause) {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  }
}
