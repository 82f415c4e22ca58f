/** One writer's stored records as others need to know them: where they end, and whether a given one is among them. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { RECORD_TYPE, type SignedRecord } from '../../shared/log/record.ts'
import type { Tip } from '../../shared/protocol/tips.ts'
import { coveredRange, expandRun } from '../log/closed-run.ts'

/** The records that no other follows. A closed run follows what it covers the records after. */
export function tipsOf(records: readonly SignedRecord[]): Tip[] {
  const followed = new Set(records.map((record) => toHex(foundation(record))))
  return records
    .filter((record) => !followed.has(toHex(record.recId)))
    .map(({ seq, recId }) => ({ seq, recId: toHex(recId) }))
    .sort((a, b) => a.seq - b.seq || (a.recId < b.recId ? -1 : 1))
}

/** Whether a record is held, in a row of its own or in a closed run. */
export function holdsRecord(
  suite: CryptoSuite,
  documentId: Uint8Array,
  records: readonly SignedRecord[],
  { seq, recId }: Tip,
): boolean {
  return records.some((record) => {
    if (record.seq === seq) return toHex(record.recId) === recId
    if (record.type !== RECORD_TYPE.close || record.seq < seq || coveredRange(record).first > seq) return false
    return expandRun(suite, documentId, record).some((covered) => toHex(covered.recId) === recId)
  })
}

function foundation(record: SignedRecord): Uint8Array {
  return record.type === RECORD_TYPE.close ? coveredRange(record).prev : record.prev
}
