/**
 * The records of a log in one order for people to go through: each after what it was built on, and else the earlier
 * first. Clocks may be wrong; then what was built on comes first all the same.
 */
import { toHex } from '../../shared/ids.ts'
import type { LogRecord } from './closed-run.ts'

/** `chains` as the log gives them. The same set gives the same order. */
export function inTimeOrder(chains: ReadonlyMap<string, readonly LogRecord[]>): LogRecord[] {
  const ordered: LogRecord[] = []
  const taken = new Map<string, number>()
  const asked = new Set<LogRecord>()
  // A stack of its own: what is built on what can be as deep as the log is long.
  const goals: { readonly writer: string; readonly seq: number }[] = []
  const take = (): void => {
    for (let goal = goals.at(-1); goal !== undefined; goal = goals.at(-1)) {
      const chain = chains.get(goal.writer) ?? []
      const at = taken.get(goal.writer) ?? 0
      const next = chain[at]
      if (next === undefined || next.seq > goal.seq) {
        goals.pop()
        continue
      }
      const needs = asked.has(next) ? [] : next.body.d.map(([writer, seq]) => ({ writer: toHex(writer), seq }))
      // Asked once: two that say they were built on each other would go on for ever.
      asked.add(next)
      const missing = needs.filter(
        ({ writer, seq }) => (chains.get(writer)?.[taken.get(writer) ?? 0]?.seq ?? Infinity) <= seq,
      )
      if (missing.length > 0) goals.push(...missing)
      else {
        ordered.push(next)
        taken.set(goal.writer, at + 1)
      }
    }
  }
  for (const { writer, record } of byTime(chains)) {
    goals.push({ writer, seq: record.seq })
    take()
  }
  return ordered
}

interface Timed {
  readonly writer: string
  readonly record: LogRecord
  readonly time: number
}

function byTime(chains: ReadonlyMap<string, readonly LogRecord[]>): Timed[] {
  const all = [...chains].flatMap(([writer, chain]) => {
    let time = 0
    // What has no time, as a closed run, has that of the record before it.
    return chain.map((record): Timed => ({ writer, record, time: (time = record.body.t === 0 ? time : record.body.t) }))
  })
  return all.sort(
    (a, b) =>
      a.time - b.time || (a.writer < b.writer ? -1 : a.writer > b.writer ? 1 : 0) || a.record.seq - b.record.seq,
  )
}
