/** One writer's records in the log, and how more of them are put to what is there. */
import { equalBytes, toHex } from '../../shared/ids.ts'
import { RECORD_TYPE, type SignedRecord, ZERO_ID } from '../../shared/log/record.ts'
import { coveredRange, type LogRecord } from './closed-run.ts'

/** One writer's records: what is stored, and the chain that is folded. */
export interface WriterLog {
  readonly stored: readonly SignedRecord[]
  /** The folded chain's last number and id. */
  readonly head: { readonly seq: number; readonly recId: Uint8Array }
  /** Whether the stored records follow each other without a fork: the chain is what they hold. */
  readonly linear: boolean
}

export interface Expanded {
  readonly record: SignedRecord
  /** The record itself, after the records it covers. */
  readonly nodes: readonly LogRecord[]
}

export interface Assembled {
  readonly stored: readonly SignedRecord[]
  readonly unreachable: readonly SignedRecord[]
  /** Id (hexadecimal) -> record, in chain order. */
  readonly chain: ReadonlyMap<string, LogRecord>
  readonly head: { readonly seq: number; readonly recId: Uint8Array }
  readonly nodes: number
}

/**
 * The common case, without expanding anything: records that follow each other, each naming the one before. Null when
 * there is a fork, a gap or a run that overlaps.
 */
export function linear(records: readonly SignedRecord[]): Pick<Assembled, 'stored' | 'head'> | null {
  const stored = [...records].sort((a, b) => a.seq - b.seq)
  let prev: Uint8Array | null = ZERO_ID
  let next = 1
  for (const record of stored) {
    if (record.type === RECORD_TYPE.close) {
      const { first } = coveredRange(record)
      // A run of nothing but its own record continues the chain; otherwise it stands for the records before it.
      if (first !== next || record.seq <= next) return null
    } else if (record.seq !== next || prev === null || !equalBytes(record.prev, prev)) return null
    prev = record.recId
    next = record.seq + 1
  }
  const last = stored.at(-1)
  return last === undefined ? null : { stored, head: { seq: last.seq, recId: last.recId } }
}

/** A verified record as far as joining it to a chain goes: the records it stands for, itself last. */
interface Link {
  readonly record: SignedRecord
  readonly nodes: readonly Pick<LogRecord, 'seq' | 'prev'>[]
}

/**
 * The other common case: verified records that go on where an unforked log ends, in rows of their own or in runs, or
 * close its last rows. Null when they do anything else.
 */
export function extend(before: WriterLog | undefined, fresh: readonly Link[]): WriterLog | null {
  if (before?.linear === false) return null
  let stored = before?.stored ?? []
  let head = before?.head ?? { seq: 0, recId: ZERO_ID }
  for (const { record, nodes } of [...fresh].sort((a, b) => a.record.seq - b.record.seq)) {
    const { seq, recId } = head
    // A node that names our head as the one before it stands on all that we hold: ids chain back to the first.
    const next = nodes.find((node) => node.seq === seq + 1)
    if (next === undefined || !equalBytes(next.prev, recId)) return null
    if (record.type === RECORD_TYPE.close) {
      const { first } = coveredRange(record)
      if (first !== 1 && !stored.some((held) => held.seq === first - 1)) return null
      stored = stored.filter((held) => held.seq < first)
    }
    stored = [...stored, record]
    head = { seq: record.seq, recId: record.recId }
  }
  return { stored, head, linear: true }
}

/**
 * Puts one writer's records together: which are reachable from the beginning, which are covered by a run, and which
 * chain is folded.
 */
export function assemble(expanded: readonly Expanded[]): Assembled {
  const nodes = new Map<string, LogRecord>()
  const coveredBy = new Set<string>()
  for (const { nodes: own } of expanded) {
    for (const node of own) nodes.set(toHex(node.recId), node)
    for (const node of own.slice(0, -1)) coveredBy.add(toHex(node.recId))
  }
  const children = new Map<string, LogRecord[]>()
  for (const node of nodes.values()) {
    if (node.seq === 1 && !equalBytes(node.prev, ZERO_ID)) continue
    const parent = node.seq === 1 ? 'root' : `${node.seq - 1}:${toHex(node.prev)}`
    children.set(parent, [...(children.get(parent) ?? []), node])
  }
  const reached = new Set<string>()
  const queue = [...(children.get('root') ?? [])]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const id = toHex(node.recId)
    if (reached.has(id)) continue
    reached.add(id)
    queue.push(...(children.get(`${node.seq}:${id}`) ?? []))
  }
  const chain = new Map<string, LogRecord>()
  let last: LogRecord | null = null
  for (let step = children.get('root'); step !== undefined; step = children.get(`${last.seq}:${toHex(last.recId)}`)) {
    last = step.reduce((a, b) => (toHex(a.recId) <= toHex(b.recId) ? a : b))
    chain.set(toHex(last.recId), last)
  }
  const stored: SignedRecord[] = []
  const unreachable: SignedRecord[] = []
  for (const { record } of expanded) {
    const id = toHex(record.recId)
    if (!reached.has(id)) unreachable.push(record)
    else if (!coveredBy.has(id)) stored.push(record)
  }
  stored.sort((a, b) => a.seq - b.seq || (toHex(a.recId) < toHex(b.recId) ? -1 : 1))
  const head = last === null ? { seq: 0, recId: ZERO_ID } : { seq: last.seq, recId: last.recId }
  return { stored: unique(stored), unreachable, chain, head, nodes: reached.size }
}

/** Two copies of one record arrive when a file lists it twice. */
function unique(records: readonly SignedRecord[]): SignedRecord[] {
  const seen = new Set<string>()
  return records.filter((record) => {
    const id = toHex(record.recId)
    return !seen.has(id) && seen.add(id) !== undefined
  })
}
