/**
 * Where the caret stands in `after` when it stood at `position` in `before` and somebody else made the change: behind
 * what stayed equal at the start, before what stayed equal at the end. Positions are UTF-16 units.
 */
export function moveCaret(before: string, after: string, position: number): number {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  if (position <= start) return position
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return position >= before.length - end ? position + after.length - before.length : start
}
