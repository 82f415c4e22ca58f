/** Which rows of a long list need to be on the page. */

import type { Density } from '../../shared/ipc/contract.ts'

/** Height of a library row in CSS pixels: `--row-height` in design/tokens.css. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { comfortable: 48, compact: 32 }

/** Rows kept ready above and below what is seen. */
const SPARE = 6

/**
 * The indices to render, ascending: those in sight, some spare ones, and `keep` (the row that has the keyboard's focus,
 * which must not vanish while it is scrolled away).
 */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
  keep: number | null,
): readonly number[] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - SPARE)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + SPARE)
  const rows: number[] = []
  for (let i = first; i < end; i++) rows.push(i)
  if (keep !== null && keep >= 0 && keep < count) {
    if (keep < first) rows.unshift(keep)
    else if (keep >= end) rows.push(keep)
  }
  return rows
}

/** Where to scroll so that `row` is in sight; the present place when it already is. */
export function scrollToShow(row: number, rowHeight: number, scrollTop: number, height: number): number {
  const top = row * rowHeight
  if (top < scrollTop) return top
  const bottom = top + rowHeight
  return bottom > scrollTop + height ? bottom - height : scrollTop
}
