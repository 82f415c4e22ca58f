import type { ReactNode } from 'react'
import { excerpt } from './excerpt.ts'
import type { Range } from './ranges.ts'

/** A text with some of its places marked. */
export function Highlighted({ text, ranges }: { readonly text: string; readonly ranges: readonly Range[] }): ReactNode {
  if (ranges.length === 0) return text
  const parts: ReactNode[] = []
  let at = 0
  for (const { start, end } of ranges) {
    if (start > at) parts.push(text.slice(at, start))
    parts.push(<mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

/** The same for a line with room for about `room` characters: the first marked place is always in sight. */
export function HighlightedLine({
  text,
  ranges,
  room,
}: {
  readonly text: string
  readonly ranges: readonly Range[]
  readonly room: number
}) {
  return <Highlighted {...excerpt(text, ranges, room)} />
}
