/** How well a few typed letters fit a name. */
import { fold } from './fold.ts'
import { findAll, joinRanges, type Range } from './ranges.ts'

export interface Match {
  /** Higher fits better. Only for comparing matches of one query. */
  readonly score: number
  readonly ranges: readonly Range[]
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))

/**
 * Matches `query` against `text`: as one piece, else word by word in any order, else as letters in order of which each
 * either follows the one before or starts a word. Null when none fits; an empty query fits everything.
 */
export function fuzzyMatch(text: string, query: string): Match | null {
  return fuzzyMatchFolded(fold(text), fold(query.trim()))
}

/** The same for a text and a query that are folded and trimmed already. */
export function fuzzyMatchFolded(hay: string, needle: string): Match | null {
  if (needle === '') return { score: 0, ranges: [] }

  const at = firstAt(hay, needle)
  if (at !== -1) {
    const score = (isWordStart(hay, at) ? 300 : 200) - at
    return { score, ranges: [{ start: at, end: at + needle.length }] }
  }

  const words = needle.split(/\s+/)
  if (words.length > 1 && words.every((word) => hay.includes(word))) {
    return { score: 150, ranges: findAll(hay, words) }
  }

  const letters = initials(hay, needle.replace(/\s+/g, ''))
  return letters && { score: 100 - letters.length, ranges: joinRanges(letters) }
}

/** Where `needle` stands in `hay`, at the start of a word if it can. */
function firstAt(hay: string, needle: string): number {
  let at = hay.indexOf(needle)
  const first = at
  while (at !== -1 && !isWordStart(hay, at)) at = hay.indexOf(needle, at + 1)
  return at === -1 ? first : at
}

function initials(hay: string, letters: string, from = 0, started = false): readonly Range[] | null {
  if (letters === '') return []
  const letter = letters.charAt(0)
  for (let at = hay.indexOf(letter, from); at !== -1; at = hay.indexOf(letter, at + 1)) {
    if (!isWordStart(hay, at) && !(started && at === from)) continue
    const rest = initials(hay, letters.slice(1), at + 1, true)
    if (rest) return [{ start: at, end: at + 1 }, ...rest]
  }
  return null
}
