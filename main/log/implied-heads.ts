/**
 * Heads that need not be named, because other heads name them: whoever depends on one of those depends on these too. So
 * a new writer names the few sessions that nobody followed yet, and not every session the document ever had.
 */
import type { Heads } from '../../shared/log/heads.ts'

/**
 * `heads` but for the fewest that lead to all. `named` gives, per writer, the furthest record of each other writer that
 * its records name. Writers that name each other in a circle, which only a forger's can, are not implied by each other.
 */
export function impliedHeads(heads: Heads, named: ReadonlyMap<string, Heads>): Heads {
  const leadsTo = (writer: string): string[] =>
    [...(named.get(writer) ?? [])].flatMap(([other, seq]) =>
      other !== writer && seq >= (heads.get(other) ?? Number.POSITIVE_INFINITY) ? [other] : [],
    )
  const pointedAt = new Set([...heads.keys()].flatMap(leadsTo))
  const writers = [...heads.keys()].sort()
  const reached = new Set<string>()
  const starts = new Set<string>()
  for (const start of [...writers.filter((writer) => !pointedAt.has(writer)), ...writers]) {
    if (reached.has(start)) continue
    starts.add(start)
    const queue = [start]
    for (let writer = queue.pop(); writer !== undefined; writer = queue.pop()) {
      if (reached.has(writer)) continue
      reached.add(writer)
      queue.push(...leadsTo(writer))
    }
  }
  return new Map([...heads].filter(([writer]) => !starts.has(writer)))
}
