/** Where one writer's records end, as far as headers tell: a relay sees which record follows which, and no more. */
import { RECORD_TYPE } from '../../shared/log/record.ts'
import type { Tip } from '../../shared/protocol/tips.ts'

/** A record's header, as a relay keeps it. Ids are hexadecimal. */
export interface HeldHeader {
  readonly seq: number
  readonly recId: string
  readonly prev: string
  readonly type: number
}

/** What members are believed of closed runs: id of the run -> records in its range that stand beside it. */
export type Beside = ReadonlyMap<string, readonly string[]>

/**
 * The records that are held, and what leads to them too: one was taken out when a member could not open it, and those that
 * follow it wait for another copy. A closed run brings along what it covers.
 */
function reachable(headers: readonly HeldHeader[]): readonly HeldHeader[] {
  const reached = new Set<string>()
  return [...headers]
    .sort((a, b) => a.seq - b.seq)
    .filter(({ seq, recId, prev, type }) => {
      const leads = seq === 1 || type === RECORD_TYPE.close || reached.has(prev)
      if (leads) reached.add(recId)
      return leads
    })
}

/**
 * The records that no other follows. What a closed run covers may never have come here, and the run says so only to those
 * who can read it: so it is taken to follow all that is before it, but for what a member said stands beside it.
 */
export function writerEnds(all: readonly HeldHeader[], beside: Beside = new Map()): Tip[] {
  const headers = reachable(all)
  const ids = new Set(headers.map(({ recId }) => recId))
  const followed = new Set(headers.map(({ prev }) => prev))
  const leaning = headers.filter(({ type, prev, seq }) => type === RECORD_TYPE.close && seq > 1 && !ids.has(prev))
  return headers
    .filter(({ recId, seq }) => {
      if (followed.has(recId)) return false
      return !leaning.some((run) => run.seq > seq && !(beside.get(run.recId)?.includes(recId) ?? false))
    })
    .map(({ seq, recId }) => ({ seq, recId }))
    .sort((a, b) => a.seq - b.seq || (a.recId < b.recId ? -1 : 1))
}

/**
 * Ids of the records a run covers, walked back from it to its first; null when that does not lead there: then nothing may
 * go on the word of whoever said so. Headers by their id.
 */
export function coveredBy(byId: ReadonlyMap<string, HeldHeader>, run: string, first: number): readonly string[] | null {
  const last = byId.get(run)
  if (last === undefined || last.type !== RECORD_TYPE.close || first < 1 || first >= last.seq) return null
  const covered: string[] = []
  for (let { prev, seq } = last; seq > first; ) {
    const before = byId.get(prev)
    if (before === undefined || before.seq !== seq - 1) return null
    covered.push(before.recId)
    ;({ prev, seq } = before)
  }
  return covered
}
