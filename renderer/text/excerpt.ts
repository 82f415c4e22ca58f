import type { Range } from './ranges.ts'

export interface Excerpt {
  readonly text: string
  readonly ranges: readonly Range[]
}

/** Characters kept before the first hit, so that it reads on. */
const BEFORE = 12

/**
 * A text as a short line shows it: from its beginning, or, when the first hit lies beyond the `room` characters one
 * sees, from a word a little before that hit.
 */
export function excerpt(text: string, ranges: readonly Range[], room: number): Excerpt {
  const first = ranges[0]
  if (!first || first.end <= room) return { text, ranges }
  const wordStart = text.indexOf(' ', Math.max(first.start - BEFORE, 0)) + 1
  const from = wordStart === 0 || wordStart > first.start ? first.start : wordStart
  const shift = 1 - from
  return {
    text: `…${text.slice(from)}`,
    ranges: ranges.map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  }
}
