/**
 * An admission: an editor's signed word that records from outside count, or records that somebody wrote after they were
 * removed. It is a record like any other, the only one of a writer of its own, so it never stands in a closed run.
 */
import { decode, encode } from 'cborg'
import type { CryptoSuite, KeyPair } from '../crypto/crypto-suite.ts'
import {
  certifyWriter,
  encodeBody,
  ORDINARY,
  RECORD_TYPE,
  type RecordBody,
  recordSalt,
  type SignedRecord,
  signRecord,
  ZERO_ID,
} from '../log/record.ts'

/** A record, and with it those of its writer before it. */
export interface Admitted {
  readonly writer: Uint8Array
  readonly seq: number
  readonly recId: Uint8Array
}

export function signAdmission(
  suite: CryptoSuite,
  documentId: Uint8Array,
  by: { readonly member: KeyPair; readonly name: string },
  known: { readonly memberSeq: number; readonly time: number },
  admitted: readonly Admitted[],
): SignedRecord {
  const writer = suite.keyPair(suite.random(32))
  const payload = encodeBody({
    ...ORDINARY,
    s: recordSalt(suite, suite.random(32), 1),
    t: Math.floor(known.time / 1000),
    d: [],
    m: known.memberSeq,
    n: [],
    y: encode(admitted.map(({ writer, seq, recId }) => [writer, seq, recId])),
    cert: { ...certifyWriter(suite, documentId, writer.publicKey, by.member, by.name) },
  })
  return signRecord(suite, documentId, writer, { type: RECORD_TYPE.admit, stream: 0, seq: 1, prev: ZERO_ID, payload })
}

/** What an admission names; empty when it is of no known form: then it admits nothing, and is kept all the same. */
export function readAdmission(body: RecordBody): readonly Admitted[] {
  let value: unknown
  try {
    value = decode(body.y, { strict: true, allowIndefinite: false, allowUndefined: false })
  } catch {
    return []
  }
  return Array.isArray(value) && value.every(isTriple)
    ? value.map(([writer, seq, recId]) => ({ writer, seq, recId }))
    : []
}

function isTriple(value: unknown): value is [Uint8Array, number, Uint8Array] {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [writer, seq, recId] = value as unknown[]
  const isKey = (bytes: unknown): boolean => bytes instanceof Uint8Array && bytes.length === 32
  return isKey(writer) && isKey(recId) && typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0
}
