/** Where a pattern stands in a text. Plain numbers, so that it can run in a worker: start and end, start and end, … */
export function findPlaces(pattern: RegExp, text: string): readonly number[] {
  const places: number[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { index } = match
    const length = match[0].length
    // A match of nothing can neither be shown nor replaced.
    if (length > 0) places.push(index, index + length)
    else pattern.lastIndex = index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1)
  }
  return places
}
