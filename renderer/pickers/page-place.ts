/** Where something stands on the page, and how what floats above the page is put beside it. */
import { type RefObject, useLayoutEffect } from 'react'

/** A place in CSS pixels from the top left of the page's column, and how far the visible page reaches above and below. */
export interface PagePlace {
  readonly left: number
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly roomAbove: number
  readonly roomBelow: number
}

/** CSS pixels between the line and what floats. */
const GAP = 4

/** Puts the element under the line, or above it where there is no room; after each drawing anew. */
export function usePlaced(element: RefObject<HTMLElement | null>, at: () => PagePlace | null): void {
  useLayoutEffect(() => {
    const place = element.current === null ? null : at()
    if (element.current === null || place === null) return
    const { style, scrollHeight, offsetWidth } = element.current
    const above = place.roomBelow < scrollHeight && place.roomAbove > place.roomBelow
    style.maxBlockSize = `${Math.max(0, (above ? place.roomAbove : place.roomBelow) - 2 * GAP)}px`
    style.insetInlineStart = `${Math.max(0, Math.min(place.left, place.width - offsetWidth))}px`
    style.insetBlockStart = `${above ? place.top - element.current.offsetHeight - GAP : place.bottom + GAP}px`
  })
}
