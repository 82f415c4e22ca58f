/**
 * Yjs updates with bytes changed, correctly signed: each is refused with the log as it was, or is an update that can be
 * folded. None keeps anybody waiting.
 */
import * as Y from 'yjs'
import { foldInto } from '../../main/log/fold.ts'
import { RecordLog } from '../../main/log/record-log.ts'
import { Writer } from '../../main/log/writer.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { encodeBody, ORDINARY, RECORD_TYPE, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { randomEdit } from '../merge/random-edit.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { fingerprint } from '../merge/replica.ts'

/** Milliseconds within which one update is done with, on whatever machine: what hangs takes for ever. */
const HANGS = 5000
/** Updates that once kept Yjs busy for ever, or broke what was read after them. */
const KNOWN = ['', '00', 'ff'.repeat(27), '01'.repeat(27), '0101ffffffffffffff0f0004010474657874', '8080808080808080']

/** Answers how many were taken in. */
export function mutateUpdates(seed: number, count: number, judgement: Judgement): number {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const documentId = suite.random(32)
  const secrets = { seed: suite.random(32), salt: suite.random(32) }
  const writer = new Writer(suite, documentId, secrets, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
  const doc = new Y.Doc()
  doc.clientID = writer.clientId(0)
  for (let edits = 6; edits > 0; edits--) randomEdit(doc, random)
  const update = Y.encodeStateAsUpdate(doc)
  const log = new RecordLog(suite, documentId)
  const before = fingerprint(log.records())
  let taken = 0
  for (let at = 0; at < count; at++) {
    const known = at < KNOWN.length ? KNOWN[at] : undefined
    const y = known === undefined ? mutated(update, random) : Uint8Array.from(Buffer.from(known, 'hex'))
    const payload = encodeBody({ ...ORDINARY, s: suite.random(16), t: 0, d: [], m: 0, n: [0], y })
    const place = { type: RECORD_TYPE.update, stream: 0, seq: 1, prev: ZERO_ID, payload }
    const record = signRecord(suite, documentId, writer.key, place)
    const begun = performance.now()
    const victim = new RecordLog(suite, documentId)
    const { refused } = victim.add([record])
    if (refused.length > 0) judgement.equal('a refused update left something', fingerprint(victim.records()), before)
    else {
      taken += 1
      const copy = createSteadyDocument()
      foldInto(copy, [...victim.chains().values()].flat(), 0)
      readShape(copy)
      judgement.checks += 1
    }
    if (performance.now() - begun > HANGS) judgement.equal('an update kept everybody waiting', toText(y), 'nothing')
  }
  return taken
}

function mutated(update: Uint8Array, random: Random): Uint8Array {
  let bytes = update
  for (let times = 1 + random.below(3); times > 0 && bytes.length > 0; times--) {
    const at = random.below(bytes.length)
    const cut = Math.min(bytes.length, at + 1 + random.below(12))
    bytes = random.pick<() => Uint8Array>([
      () => bytes.with(at, (bytes[at] ?? 0) ^ (1 << random.below(8))),
      () => bytes.with(at, random.pick([0, 1, 127, 128, 255])),
      () => Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(cut)]),
      () => Uint8Array.from([...bytes.subarray(0, cut), ...bytes.subarray(at)]),
      // A number as large as can be written.
      () => Uint8Array.from([...bytes.subarray(0, at), 255, 255, 255, 255, 255, 255, 255, 15, ...bytes.subarray(at)]),
      () => bytes.subarray(0, Math.max(1, at)),
    ])()
  }
  return bytes
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
