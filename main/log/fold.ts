/**
 * Folding: the log made into a Yjs document. The result depends on the set of records alone; the order here (what a
 * record depends on comes first) only spares Yjs from keeping updates waiting.
 */
import * as Y from 'yjs'
import { toHex } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import { RECORD_TYPE } from '../../shared/log/record.ts'
import { joinParsed } from '../../shared/log/join-updates.ts'
import { encodeUpdate, parseUpdate } from '../../shared/log/yjs-update.ts'
import type { LogRecord } from './closed-run.ts'

/** The origin of every transaction that folds records: such changes are never captured as edits. */
export const FROM_LOG = 'log'

/** Records in an order in which each comes after what it depends on, as far as that is here. `base` is folded already. */
export function foldOrder(chains: ReadonlyMap<string, readonly LogRecord[]>, base: Heads = new Map()): LogRecord[] {
  const ordered: LogRecord[] = []
  const done = new Map<string, number>(base)
  const at = new Map<string, number>()
  const waiting = new Map<string, string[]>()
  const ready = [...chains.keys()].sort().reverse()
  const satisfied = (record: LogRecord): string | null => {
    for (const [writer, seq] of record.body.d) {
      const name = toHex(writer)
      if ((done.get(name) ?? 0) < seq && chains.has(name)) return name
    }
    return null
  }
  const run = (force: boolean): void => {
    for (let writer = ready.pop(); writer !== undefined; writer = ready.pop()) {
      const chain = chains.get(writer) ?? []
      let index = at.get(writer) ?? 0
      for (let record = chain[index]; record !== undefined; record = chain[++index]) {
        const missing = force ? null : satisfied(record)
        if (missing !== null) {
          waiting.set(missing, [...(waiting.get(missing) ?? []), writer])
          break
        }
        ordered.push(record)
        done.set(writer, record.seq)
      }
      const moved = index > (at.get(writer) ?? 0)
      at.set(writer, index)
      // Only progress can help those who wait for this writer: two that wait for each other would go on for ever.
      if (!moved) continue
      ready.push(...(waiting.get(writer) ?? []))
      waiting.delete(writer)
    }
  }
  run(false)
  // Writers left waiting depend on each other in a circle or on records nobody holds: their words count all the same.
  ready.push(...[...new Set([...waiting.values()].flat())].sort().reverse())
  run(true)
  return ordered
}

/** Records that are joined before Yjs sees them: enough to save it the work, few enough to bound the memory. */
const JOINED = 2000

/** Applies the records of one stream in a single transaction. */
export function foldInto(doc: Y.Doc, records: readonly LogRecord[], stream: number): void {
  const updates = records.filter((record) => record.type === RECORD_TYPE.update && record.stream === stream)
  Y.transact(
    doc,
    () => {
      for (let from = 0; from < updates.length; from += JOINED) {
        for (const update of joined(updates.slice(from, from + JOINED))) Y.applyUpdate(doc, update, FROM_LOG)
      }
      retryPending(doc)
    },
    FROM_LOG,
  )
}

/** Few updates that say what the records say: one, unless records are missing between them. */
function joined(records: readonly LogRecord[]): Uint8Array[] {
  if (records.length < 2) return records.map((record) => record.body.y)
  try {
    return [encodeUpdate(joinParsed(records.map((record) => record.parsed ?? parseUpdate(record.body.y))))]
  } catch (cause) {
    // A gap: Yjs keeps what comes after it waiting.
    if (cause instanceof RangeError) return records.map((record) => record.body.y)
    throw cause
  }
}

/**
 * Applies once more what waits for something that is here by now. Yjs retries by itself, but only when the first thing
 * arrives that a client's words wait for: what waits behind that can stay unseen for ever.
 */
function retryPending(doc: Y.Doc): void {
  for (let pending = takePending(doc); pending !== null; ) {
    Y.applyUpdateV2(doc, pending, FROM_LOG)
    // What has become part of the document is left out of what still waits.
    const waits = doc.store.pendingStructs?.update.length ?? 0
    if (waits >= pending.length) return
    pending = takePending(doc)
  }
}

function takePending(doc: Y.Doc): Uint8Array | null {
  const { pendingStructs } = doc.store
  doc.store.pendingStructs = null
  return pendingStructs?.update ?? null
}
