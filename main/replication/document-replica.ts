/**
 * A document as sessions see it: its records sealed for those it is shared with, what comes in opened and merged. It keeps
 * nothing of its own but what saves work: the document is the truth.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import { type Chain, type ChainEnd, chainEnd, type Followed } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { type RecordHeader, recordId, type SignedRecord } from '../../shared/log/record.ts'
import { openEnvelope, readEnvelope, sealRecord } from '../../shared/protocol/envelope.ts'
import type { Taken } from '../../shared/protocol/session-state.ts'
import { sameEnds, type Tip, type Tips, tipsOf } from '../../shared/protocol/tips.ts'
import type { AddReport } from '../log/record-log.ts'
import type { WriterLog } from '../log/writer-log.ts'
import { LogTips } from './log-tips.ts'
import type { Replica } from './replica.ts'
import { holdsRecord } from './writer-tips.ts'

/** What replication needs of an open document. `merge` is its only way in for records. */
export interface ReplicatedDocument {
  /** Every record, by its writer. Edits made so far are sealed first. */
  logs(): ReadonlyMap<string, WriterLog>
  /** All or none; on disk when it answers. */
  merge(records: readonly SignedRecord[]): AddReport
  /** The membership chain, row 0 first. */
  chain(): Chain
  /** All or none; on disk when it answers. */
  follow(rows: readonly StoredLink[]): Followed
  /** Appends the row when it follows and this replica is the one that appends. */
  propose(row: StoredLink): void
}

/** Keys of all epochs that are known here; records are sealed for the last one. */
export interface KeyRing {
  readonly current: EpochKey
  readonly all: ReadonlyMap<number, EpochKey>
}

export class DocumentReplica implements Replica {
  private readonly suite: CryptoSuite
  private readonly documentId: Uint8Array
  private readonly document: ReplicatedDocument
  private readonly keys: () => KeyRing
  private readonly logTips = new LogTips()

  constructor(suite: CryptoSuite, documentId: Uint8Array, document: ReplicatedDocument, keys: () => KeyRing) {
    this.suite = suite
    this.documentId = documentId
    this.document = document
    this.keys = keys
  }

  tips(): Tips {
    return this.logTips.of(this.document.logs())
  }

  find(theirs: Tips, maxBytes: number): readonly Uint8Array[] {
    const { current } = this.keys()
    const envelopes: Uint8Array[] = []
    let bytes = 0
    const logs = this.document.logs()
    for (const [writer, ours] of this.logTips.of(logs)) {
      const { lacking, whole } = this.lacking(ours, theirs.get(writer) ?? [], logs.get(writer)?.stored ?? [])
      for (const record of lacking) {
        if (bytes >= maxBytes && !whole) break
        const envelope = sealRecord(this.suite, this.documentId, current, record)
        envelopes.push(envelope)
        bytes += envelope.length
      }
      if (bytes >= maxBytes) break
    }
    return envelopes
  }

  take(envelopes: readonly Uint8Array[], isCarried = false): Taken {
    const { all } = this.keys()
    const opened = new Map<SignedRecord, Uint8Array>()
    const waiting: Uint8Array[] = []
    const spoilt: RecordHeader[] = []
    for (const envelope of envelopes) {
      const record = openEnvelope(this.suite, this.documentId, all, envelope)
      // Its key may be on its way: who is let in hears of it in the membership chain.
      if (record === 'unknown-epoch') waiting.push(envelope)
      else if (typeof record !== 'string' && (!isCarried || this.isNamed(record))) opened.set(record, envelope)
      else {
        const header = isCarried ? readEnvelope(this.documentId, envelope) : null
        if (header === null || typeof header === 'string')
          return { kind: 'refused', reason: typeof record === 'string' ? record : 'forged' }
        spoilt.push(header)
      }
    }
    const writers = [...new Set([...opened.keys(), ...spoilt].map((record) => toHex(record.writer)))]
    for (;;) {
      const { refused } = this.document.merge([...opened.keys()])
      if (refused.length === 0) break
      const wrong = refused.filter(({ reason }) => reason !== 'gap')
      if (wrong[0] !== undefined && !isCarried) return { kind: 'refused', reason: wrong[0].reason }
      spoilt.push(...wrong.map(({ record }) => record))
      // Records that follow others we do not hold wait for them; the rest is taken in.
      for (const { record, reason } of refused) {
        const envelope = opened.get(record)
        if (reason === 'gap' && envelope !== undefined) waiting.push(envelope)
        if (!opened.delete(record)) throw new Error('Broken invariant: a record was refused that was not offered')
      }
    }
    const kept = { kind: 'kept', tips: this.tips(), writers, waiting } as const
    return spoilt.length === 0 ? kept : { ...kept, spoilt: tipsOf(spoilt) }
  }

  /** Whether the id names the payload. Of a record that is held already the log would not ask. */
  private isNamed(record: SignedRecord): boolean {
    return equalBytes(record.recId, recordId(this.suite, this.documentId, record))
  }

  chainEnd(): ChainEnd {
    return chainEnd(this.document.chain())
  }

  links(after: number): readonly StoredLink[] {
    return this.document.chain().rows.slice(after + 1)
  }

  follow(rows: readonly StoredLink[]): Followed {
    return this.document.follow(rows)
  }

  propose(row: StoredLink): void {
    this.document.propose(row)
  }

  /** What of one writer's records, which end with `ours`, somebody lacks who holds it up to `theirs`, and whether to send it all at once. */
  private lacking(
    ours: readonly Tip[],
    theirs: readonly Tip[],
    records: readonly SignedRecord[],
  ): { readonly lacking: readonly SignedRecord[]; readonly whole: boolean } {
    const [own] = ours
    const [tip] = theirs
    if (own === undefined || sameEnds(ours, theirs)) return { lacking: [], whole: false }
    if (tip === undefined) return { lacking: records, whole: ours.length > 1 }
    if (ours.length === 1 && theirs.length === 1) {
      // They are ahead, or on another branch: they can tell, and we can't.
      if (tip.seq > own.seq) return { lacking: [], whole: false }
      if (holdsRecord(this.suite, this.documentId, records, tip)) {
        return { lacking: records.filter((record) => record.seq > tip.seq), whole: false }
      }
    }
    // Two histories: numbers say nothing. A part that both have would not show that it came, and would be sent for ever.
    const isLacked = ours.some((end) => theirs.every((one) => one.recId !== end.recId))
    return { lacking: isLacked ? records : [], whole: true }
  }
}
