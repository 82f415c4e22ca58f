/**
 * The log of one document: a set of signed records. Merging is set union, so it is commutative, associative and
 * idempotent; everything else (heads, text, titles) is a function of the set.
 *
 * The set is kept in its shortest form: records that a closed run covers are dropped, because the run gives them back.
 * Of a writer that signed two different records with one number, the branch with the lower id is folded everywhere.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import {
  decodeBody,
  type Dependency,
  RECORD_TYPE,
  recordId,
  type SignedRecord,
  verifyRecord,
  ZERO_ID,
} from '../../shared/log/record.ts'
import { checkWriterIds } from './check-writer-ids.ts'
import { coveredRange, expandRun, type LogRecord, runDependencies } from './closed-run.ts'
import { RunRoom } from './run-room.ts'
import { impliedHeads } from './implied-heads.ts'
import { assemble, type Expanded, extend, linear, type WriterLog } from './writer-log.ts'

/** Records that a writer's last run takes in again: enough for a usual session, few enough for one pause. */
const LAST_RUN = 2048

/** Why a record, and with it everything it came with, was not taken in. */
export type Refusal = 'bad-signature' | 'bad-body' | 'bad-run' | 'foreign-ids' | 'too-large' | 'gap'

export interface AddReport {
  /** Records that are new here, in the form they are kept. */
  readonly added: readonly SignedRecord[]
  /** Records a new closed run covers: their rows may go, in the same transaction that keeps the run. */
  readonly covered: readonly SignedRecord[]
  readonly refused: readonly { readonly record: SignedRecord; readonly reason: Refusal }[]
  /** Whether a fork changed which branch is folded: what was folded so far must be folded anew. */
  readonly refold: boolean
}

export class RecordLog {
  private readonly suite: CryptoSuite
  private readonly documentId: Uint8Array
  private readonly writers = new Map<string, WriterLog>()
  /** What the last `add` took apart: whoever folds it next need not do so again. */
  private readonly fresh = new Map<SignedRecord, Expanded>()

  constructor(suite: CryptoSuite, documentId: Uint8Array) {
    this.suite = suite
    this.documentId = documentId
  }

  /**
   * Takes records from our own store. Their signatures were verified when they were added; here only their ids are, so
   * that what a failing disk garbled is noticed. Throws `damaged` then.
   */
  load(records: readonly SignedRecord[]): void {
    this.writers.clear()
    this.fresh.clear()
    for (const record of records) {
      if (!equalBytes(record.recId, recordId(this.suite, this.documentId, record))) {
        throw new SheafError('damaged', 'An entry of this document was garbled on the disk.')
      }
    }
    for (const [writer, stored] of byWriter(records)) {
      const { stored: kept, head } = linear(stored) ?? assemble(this.expand(stored))
      this.writers.set(writer, { stored: kept, head, linear: linear(kept) !== null })
    }
  }

  /**
   * Adds records from anywhere, all or none: each is verified first, and if one is refused nothing is added. A record
   * that is held already adds nothing.
   */
  add(records: readonly SignedRecord[]): AddReport {
    const added: SignedRecord[] = []
    const covered: SignedRecord[] = []
    const refused: { record: SignedRecord; reason: Refusal }[] = []
    let refold = false
    const next = new Map<string, WriterLog>()
    this.fresh.clear()
    for (const [writer, incoming] of byWriter(records)) {
      const before = this.writers.get(writer)
      const held = new Set((before?.stored ?? []).map((record) => toHex(record.recId)))
      const fresh: Expanded[] = []
      for (const record of incoming) {
        if (held.has(toHex(record.recId))) continue
        const verified = this.verify(record)
        if (typeof verified === 'string') refused.push({ record, reason: verified })
        else {
          fresh.push(verified)
          this.fresh.set(record, verified)
        }
      }
      if (fresh.length === 0) continue
      const extended = extend(before, fresh)
      if (extended !== null) {
        next.set(writer, extended)
        const kept = new Set(extended.stored)
        added.push(...fresh.map((one) => one.record).filter((record) => kept.has(record)))
        covered.push(...(before?.stored ?? []).filter((record) => !kept.has(record)))
        continue
      }
      const after = assemble([...this.expand(before?.stored ?? []), ...fresh])
      for (const record of after.unreachable) refused.push({ record, reason: 'gap' })
      const kept = new Set(after.stored)
      added.push(...fresh.map((one) => one.record).filter((record) => kept.has(record)))
      covered.push(...(before?.stored ?? []).filter((record) => !kept.has(record)))
      const isLinear = linear(after.stored) !== null
      // The chain folded so far must be a prefix of the chain folded from now on; and of a log with a fork in it Yjs has
      // to remember what it otherwise lets go.
      if (before !== undefined && !after.chain.has(toHex(before.head.recId))) refold = true
      if (!isLinear && (before?.linear ?? true)) refold = true
      next.set(writer, { stored: after.stored, head: after.head, linear: isLinear })
    }
    if (refused.length > 0) {
      this.fresh.clear()
      return { added: [], covered: [], refused, refold: false }
    }
    for (const [writer, log] of next) this.writers.set(writer, log)
    return { added, covered, refused, refold }
  }

  /** Every record in the form it is kept, writers and numbers ascending: the same set gives the same list. */
  records(): SignedRecord[] {
    return [...this.writers].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, log]) => log.stored)
  }

  /** Every record, by its writer. Each value is never changed, only replaced. */
  logs(): ReadonlyMap<string, WriterLog> {
    return this.writers
  }

  heads(): Heads {
    return new Map([...this.writers].map(([writer, log]) => [writer, log.head.seq]))
  }

  /** The heads that a new writer need not name: others' records, named by it, name them. */
  implied(): Heads {
    const named = new Map<string, Map<string, number>>()
    for (const [writer, log] of this.writers) {
      const furthest = new Map<string, number>()
      for (const [other, seq] of log.stored.flatMap(dependencies)) {
        const name = toHex(other)
        furthest.set(name, Math.max(seq, furthest.get(name) ?? 0))
      }
      named.set(writer, furthest)
    }
    return impliedHeads(this.heads(), named)
  }

  /** Id of a writer's last folded record; 32 zero bytes when there is none. */
  headId(writer: Uint8Array): Uint8Array {
    return this.writers.get(toHex(writer))?.head.recId ?? ZERO_ID
  }

  /** The records to fold, per writer in chain order, runs expanded: those after `since`, up to `until` when given. */
  chains(since: Heads = new Map(), until: Heads | null = null): Map<string, readonly LogRecord[]> {
    const chains = new Map<string, readonly LogRecord[]>()
    for (const [writer, log] of this.writers) {
      const from = since.get(writer) ?? 0
      const to = until === null ? log.head.seq : Math.min(until.get(writer) ?? 0, log.head.seq)
      if (from >= to) continue
      const chain = log.linear
        ? this.expand(log.stored.filter((record) => record.seq > from)).flatMap((one) => one.nodes)
        : [...assemble(this.expand(log.stored)).chain.values()]
      chains.set(
        writer,
        chain.filter((record) => record.seq > from && record.seq <= to),
      )
    }
    return chains
  }

  /** How many of a writer's records stand in rows of their own since its last closed run. */
  openRows(writer: Uint8Array): number {
    const stored = this.writers.get(toHex(writer))?.stored ?? []
    return stored.length - 1 - stored.findLastIndex((record) => record.type === RECORD_TYPE.close)
  }

  /**
   * What a writer's next closed run covers: its records in rows of their own, and its last closed runs as long as they
   * are not much larger than what they would join. So runs stay few, and each record is compressed few times. A writer
   * that is `ending` joins more: its last run stays for ever, and long runs are the smaller ones.
   */
  closable(writer: Uint8Array, ending = false): LogRecord[] {
    const stored = [...(this.writers.get(toHex(writer))?.stored ?? [])]
    const rows: Expanded[] = []
    const room = new RunRoom()
    let covers = 0
    for (let record = stored.pop(); record !== undefined; record = stored.pop()) {
      let count = 1
      if (record.type === RECORD_TYPE.close) {
        const { first, last } = coveredRange(record)
        if (last - first > Math.max(covers * 2, ending ? LAST_RUN : 0)) break
        count = last - first + 1
      }
      const row = this.expand([record])
      if (!room.take(row.flatMap(({ nodes }) => nodes))) break
      covers += count
      rows.unshift(...row)
    }
    return rows.flatMap((one) => one.nodes)
  }

  /**
   * Adds the records this process just signed for its own writer; they are known to be good. Answers the rows that a
   * closed run among them covers.
   */
  extendOwn(records: readonly SignedRecord[]): readonly SignedRecord[] {
    const [first] = records
    if (first === undefined) return []
    const writer = toHex(first.writer)
    const before = this.writers.get(writer)
    const links = records.map((record) => ({ record, nodes: [record] }))
    const after = extend(before, links)
    if (after === null) throw new Error("Broken invariant: a writer's own record does not follow its last one")
    this.writers.set(writer, after)
    if (records.every((record) => record.type !== RECORD_TYPE.close)) return []
    const kept = new Set(after.stored)
    return (before?.stored ?? []).filter((record) => !kept.has(record))
  }

  /** Whether a writer signed two histories. */
  isForked(): boolean {
    return [...this.writers.values()].some(({ linear: isLinear }) => !isLinear)
  }

  /** Signed records that stand on a branch of a forked writer that is not folded. */
  forks(): number {
    let count = 0
    for (const log of this.writers.values()) {
      if (log.linear) continue
      const { chain, nodes } = assemble(this.expand(log.stored))
      count += nodes - chain.size
    }
    return count
  }

  private verify(record: SignedRecord): Expanded | Refusal {
    if (!verifyRecord(this.suite, this.documentId, record)) return 'bad-signature'
    const expanded = this.expandOne(record)
    if (typeof expanded === 'string') return expanded
    return checkWriterIds(this.suite, expanded.nodes) ?? expanded
  }

  private expand(records: readonly SignedRecord[]): Expanded[] {
    return records.map((record) => {
      const expanded = this.fresh.get(record) ?? this.expandOne(record)
      this.fresh.delete(record)
      if (typeof expanded === 'string')
        throw new Error(`Broken invariant: a record in the log is not readable (${expanded})`)
      return expanded
    })
  }

  private expandOne(record: SignedRecord): Expanded | Refusal {
    try {
      const body = decodeBody(record.payload)
      const own: LogRecord = { ...record, body }
      if (record.type !== RECORD_TYPE.close) return { record, nodes: [own] }
      try {
        return { record, nodes: [...expandRun(this.suite, this.documentId, record), own] }
      } catch {
        // A function of bytes from elsewhere and nothing else: whatever it throws, they are to blame.
        return 'bad-run'
      }
    } catch (cause) {
      if (cause instanceof RangeError) return 'bad-body'
      throw cause
    }
  }
}

function dependencies(record: SignedRecord): readonly Dependency[] {
  return record.type === RECORD_TYPE.close ? runDependencies(record) : decodeBody(record.payload).d
}

function byWriter(records: readonly SignedRecord[]): Map<string, SignedRecord[]> {
  const writers = new Map<string, SignedRecord[]>()
  for (const record of records) {
    const writer = toHex(record.writer)
    const list = writers.get(writer)
    if (list === undefined) writers.set(writer, [record])
    else list.push(record)
  }
  return writers
}
