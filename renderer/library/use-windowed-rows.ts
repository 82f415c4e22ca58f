import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { scrollToShow, visibleRows } from './visible-rows.ts'

export interface WindowedRows {
  /** Indices of the rows to render. */
  readonly rows: readonly number[]
  /** Height of all rows together, in CSS pixels. */
  readonly height: number
  /** Scrolls a row into sight, if it is not. */
  show(row: number): void
  onScroll(): void
}

/** Height assumed before the first measurement, in CSS pixels. */
const SCREENFUL = 900

/** Renders a long list's rows only where one looks. `keep` is a row to render wherever it is, or null. */
export function useWindowedRows(
  list: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  keep: number | null,
): WindowedRows {
  const [seen, setSeen] = useState({ top: 0, height: SCREENFUL })

  const measure = useCallback(() => {
    const element = list.current
    if (!element) return
    const next = { top: element.scrollTop, height: element.clientHeight || SCREENFUL }
    setSeen((before) => (before.top === next.top && before.height === next.height ? before : next))
  }, [list])

  useLayoutEffect(() => {
    const element = list.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list, measure])

  const show = useCallback(
    (row: number) => {
      const element = list.current
      if (!element) return
      const top = scrollToShow(row, rowHeight, element.scrollTop, element.clientHeight || SCREENFUL)
      if (top !== element.scrollTop) element.scrollTop = top
      measure()
    },
    [list, rowHeight, measure],
  )

  return {
    rows: visibleRows(count, rowHeight, seen.top, seen.height, keep),
    height: count * rowHeight,
    show,
    onScroll: measure,
  }
}
