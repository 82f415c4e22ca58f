/** A document that is a log and a membership chain in memory: what a replica needs, and no disk. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { type Chain, chainEnd, type Followed, followRows, readChain } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { type AddReport, RecordLog } from '../log/record-log.ts'
import type { WriterLog } from '../log/writer-log.ts'
import type { ReplicatedDocument } from './document-replica.ts'

export class LogDocument implements ReplicatedDocument {
  readonly log: RecordLog
  /** Whether it appends what others propose. */
  appends = false
  private readonly suite: CryptoSuite
  private known: Chain

  constructor(suite: CryptoSuite, rows: readonly StoredLink[], records: readonly SignedRecord[] = []) {
    const chain = readChain(suite, [...rows])
    if ('refusal' in chain) throw new Error(`row ${chain.row}: ${chain.refusal}`)
    this.suite = suite
    this.known = chain
    this.log = new RecordLog(suite, chain.membership.documentId)
    if (this.log.add(records).refused.length > 0) throw new Error('Good records were refused.')
  }

  records(): readonly SignedRecord[] {
    return this.log.records()
  }

  logs(): ReadonlyMap<string, WriterLog> {
    return this.log.logs()
  }

  merge(records: readonly SignedRecord[]): AddReport {
    return this.log.add(records)
  }

  chain(): Chain {
    return this.known
  }

  follow(rows: readonly StoredLink[]): Followed {
    const after = followRows(this.suite, this.known, rows)
    if (after === 'forked') return { kind: 'forked' }
    if (typeof after === 'string') return { kind: 'refused', reason: after }
    this.known = after
    return { kind: 'followed', end: chainEnd(after) }
  }

  propose(row: StoredLink): void {
    if (this.appends) this.follow([row])
  }
}
