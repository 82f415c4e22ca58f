/** Places in a text, for highlighting. */

/** From `start` up to, but not including, `end`, in UTF-16 units. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The same places, in order, with touching and overlapping ones joined. */
export function joinRanges(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && range.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else joined.push(range)
  }
  return joined
}

/** Every place where one of `words` stands in `text`; both already folded. */
export function findAll(text: string, words: readonly string[]): readonly Range[] {
  const found: Range[] = []
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
      found.push({ start: at, end: at + word.length })
    }
  }
  return joinRanges(found)
}
