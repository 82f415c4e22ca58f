/** A replica on a log in memory, for what is thrown at it: what it takes in can be looked at after each blow. */
import type { RecordLog } from '../../main/log/record-log.ts'
import { foldInto } from '../../main/log/fold.ts'
import { DocumentReplica, type KeyRing } from '../../main/replication/document-replica.ts'
import { LogDocument } from '../../main/replication/log-document.fixture.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { toHex } from '../../shared/ids.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import type { Random } from '../seeded-random.ts'
import { forkedHistories } from './forked-histories.ts'

export class ShelteredReplica {
  readonly document: LogDocument
  readonly replica: DocumentReplica

  constructor(suite: CryptoSuite, rows: readonly StoredLink[], keys: KeyRing, records: readonly SignedRecord[] = []) {
    this.document = new LogDocument(suite, rows, records)
    this.replica = new DocumentReplica(suite, this.document.chain().membership.documentId, this.document, () => keys)
  }

  get log(): RecordLog {
    return this.document.log
  }

  ids(): readonly string[] {
    return this.log.records().map(({ recId }) => toHex(recId))
  }

  /** What a person would read. */
  text(): string {
    const doc = createSteadyDocument()
    foldInto(doc, [...this.log.chains().values()].flat(), 0)
    return canonicalJson(readShape(doc))
  }
}

/** Records of some honest writers. */
export function honestRecords(suite: CryptoSuite, documentId: Uint8Array, random: Random): readonly SignedRecord[] {
  for (;;) {
    const records = [0, 1, 2].flatMap(() => forkedHistories(suite, documentId, random)[0])
    if (records.length > 2) return records
  }
}

export function sealAll(
  suite: CryptoSuite,
  documentId: Uint8Array,
  { current }: KeyRing,
  records: readonly SignedRecord[],
): Uint8Array[] {
  return records.map((record) => sealRecord(suite, documentId, current, record))
}
