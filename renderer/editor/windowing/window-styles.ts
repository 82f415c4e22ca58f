/** The style sheet of a windowed page: which of its children have no box, and the space that stands for them. */

/** Children `from` up to, not including, `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type Gap = Span

/** Joins spans that touch or overlap, and says what lies before, between and after them. */
export function gapsBetween(spans: readonly Span[], count: number): { spans: Span[]; gaps: Gap[] } {
  const merged: { from: number; to: number }[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  const gaps: Gap[] = []
  let end = 0
  for (const { from, to } of merged) {
    if (from > end) gaps.push({ from: end, to: from })
    end = to
  }
  if (count > end) gaps.push({ from: end, to: count })
  return { spans: merged, gaps }
}

/** What stands for the blocks of a gap. */
export interface Stand {
  /** Their height in CSS pixels. */
  readonly height: number
  /** The running list numbers after the block that follows them: blocks without a box are not counted. */
  readonly numbers: readonly number[]
}

/** CSS for a page of `count` children on the screen; on paper all have boxes. */
export function windowStyles(gaps: readonly Gap[], count: number, standFor: (gap: Gap) => Stand): string {
  const rules = gaps.map((gap) => {
    const { height, numbers } = standFor(gap)
    const space = Math.round(height)
    const from = `:nth-child(n + ${gap.from + 1})`
    if (gap.to >= count) {
      return `.prose > ${from} { display: none !important }
.prose { padding-block-end: calc(var(--page-end, 30vh) + ${space}px) !important }`
    }
    const counters = numbers.map((number, depth) => `l${depth} ${number}`).join(' ')
    return `.prose > ${from}:nth-child(-n + ${gap.to}) { display: none !important }
.prose > :nth-child(${gap.to + 1}) { margin-block-start: ${space}px !important; counter-set: ${counters} !important }`
  })
  return rules.length === 0 ? '' : `@media screen {\n${rules.join('\n')}\n}`
}
