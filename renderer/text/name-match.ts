/** How well a few typed letters fit something that has a name, and other words people look for it by. */
import { fuzzyMatch, type Match } from './fuzzy-match.ts'

/** Below this, only letters of other words fit: a coincidence when nobody sees those words. */
const WHOLE_WORDS = 150
/** A match in words that are not shown stands behind the same match in the name. */
const UNSEEN = 120

/** Matches `query` against the name, whose ranges it gives, else against the other words. Null when nothing fits. */
export function nameMatch(name: string, others: readonly string[], query: string): Match | null {
  const own = fuzzyMatch(name, query)
  if (own !== null) return own
  let best: Match | null = null
  for (const words of others) {
    const match = fuzzyMatch(words, query)
    if (match !== null && match.score >= WHOLE_WORDS && match.score > (best?.score ?? 0)) best = match
  }
  return best && { score: best.score - UNSEEN, ranges: [] }
}
