/** Records that nobody may take in: changed on the way, signed by the wrong hand, or signed by one that lies. */
import { encode } from 'cborg'
import * as Y from 'yjs'
import { closeRun } from '../../main/log/closed-run.ts'
import { RecordLog } from '../../main/log/record-log.ts'
import { Writer } from '../../main/log/writer.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { encodeBody, ORDINARY, RECORD_TYPE, type SignedRecord, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import type { Random } from '../seeded-random.ts'

export interface Hostility {
  readonly what: string
  readonly records: readonly SignedRecord[]
}

/** One hostile set of records, by chance or of a chosen kind; `good` are correctly signed ones that a victim lacks. */
export function hostileRecords(
  suite: CryptoSuite,
  documentId: Uint8Array,
  good: readonly SignedRecord[],
  random: Random,
  chosen?: number,
): Hostility {
  const victim = random.pick(good)
  const secrets = { seed: suite.random(32), salt: suite.random(32) }
  const liar = new Writer(suite, documentId, secrets, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
  const sign = (body: Uint8Array, place: Partial<SignedRecord> = {}): SignedRecord =>
    signRecord(suite, documentId, liar.key, {
      type: RECORD_TYPE.update,
      stream: 0,
      seq: 1,
      prev: ZERO_ID,
      payload: body,
      ...place,
    })
  const body = (y: Uint8Array): Uint8Array =>
    encodeBody({ ...ORDINARY, s: suite.random(16), t: 0, d: [], m: 0, n: [0], y })
  const own = writing(liar.clientId(0), 'true words, at first')
  const kinds: Record<string, () => SignedRecord[]> = {
    'a changed field': () => [changed(victim, random)],
    'another’s signature': () => [{ ...signRecord(suite, documentId, liar.key, victim), writer: victim.writer }],
    'another’s name on own words': () => [{ ...sign(body(own)), writer: victim.writer }],
    'another document’s record': () => [
      signRecord(suite, suite.hash(documentId), liar.key, { ...sign(body(own)), payload: body(own) }),
    ],
    'words under another’s client id': () => [sign(body(writing(random.below(2 ** 31), 'not mine')))],
    'an update cut off': () => [sign(body(own.slice(0, random.below(own.length))))],
    'a body that is none': () => [sign(suite.random(random.below(60)))],
    'a body of another form': () => [sign(encode({ v: 2, y: own }))],
    'a gap': () => [sign(body(own), { seq: 2 + random.below(5), prev: suite.random(32) })],
    'a beginning that continues something': () => [sign(body(own), { prev: suite.random(32) })],
    'a run of nothing readable': () => [sign(body(suite.random(80)), { type: RECORD_TYPE.close })],
    'a run that says other words': () => lyingRun(suite, documentId, liar, secrets.salt, sign, body),
  }
  const names = Object.keys(kinds)
  const what = chosen === undefined ? random.pick(names) : (names[chosen % names.length] ?? '')
  const make = kinds[what]
  if (make === undefined) throw new Error('There is no such hostility.')
  // A liar hides best among honest people.
  return { what, records: random.below(2) === 0 ? make() : [...good, ...make()] }
}

function writing(client: number, text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('body').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

/** Two records, and a closed run that puts other words in place of the second's. */
function lyingRun(
  suite: CryptoSuite,
  documentId: Uint8Array,
  liar: Writer,
  salt: Uint8Array,
  sign: (body: Uint8Array, place: Partial<SignedRecord>) => SignedRecord,
  body: (y: Uint8Array) => Uint8Array,
): SignedRecord[] {
  const doc = new Y.Doc()
  doc.clientID = liar.clientId(0)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const drafts = ['these words', ' and those'].map((text) => {
    doc.getText('body').insert(doc.getText('body').length, text)
    return { instance: 0, stream: 0, update: updates.at(-1) ?? new Uint8Array(0), at: 0 }
  })
  const log = new RecordLog(suite, documentId)
  const records = drafts.flatMap((draft) => liar.seal([draft], new Map()))
  log.extendOwn(records)
  const covered = log.closable(liar.key.publicKey).map((record) => {
    if (record.seq !== 2) return record
    const y = new Uint8Array(record.body.y)
    y[y.length - 2] = 'x'.charCodeAt(0)
    return { ...record, body: { ...record.body, y } }
  })
  const last = records.at(-1)
  if (last === undefined) throw new Error('The liar wrote nothing.')
  return [sign(body(closeRun(suite, salt, covered)), { type: RECORD_TYPE.close, seq: 3, prev: last.recId })]
}

function changed(record: SignedRecord, random: Random): SignedRecord {
  const field = random.pick(['writer', 'recId', 'prev', 'sig', 'payload', 'seq', 'type', 'stream'] as const)
  switch (field) {
    case 'seq':
    case 'type':
    case 'stream':
      return { ...record, [field]: record[field] + 1 + random.below(3) }
    default: {
      const bytes = new Uint8Array(record[field])
      const at = random.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
      return { ...record, [field]: bytes }
    }
  }
}
