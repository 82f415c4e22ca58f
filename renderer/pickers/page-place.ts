/** Where something stands on the page, and how what floats above the page is put beside it. */
import type { EditorView } from 'prosemirror-view'
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

/** Where a position of a view stands in the page's column. */
export function pagePlace(view: EditorView, column: HTMLElement, position: number): PagePlace {
  return placeOfBox(view.coordsAtPos(position, 1), column)
}

/** Where what is seen at a place in the window stands in the page's column. */
export function placeOfBox(
  line: { readonly left: number; readonly top: number; readonly bottom: number },
  column: HTMLElement,
): PagePlace {
  const frame = column.getBoundingClientRect()
  const seen = (column.closest('.scroller') ?? column).getBoundingClientRect()
  return {
    left: line.left - frame.left,
    top: line.top - frame.top,
    bottom: line.bottom - frame.top,
    width: frame.width,
    roomAbove: line.top - seen.top,
    roomBelow: seen.bottom - line.bottom,
  }
}

/** Puts an element under the line, or above it where there is no room. */
export function putBeside(element: HTMLElement, place: PagePlace): void {
  const { style, scrollHeight, offsetWidth } = element
  const above = place.roomBelow < scrollHeight && place.roomAbove > place.roomBelow
  style.maxBlockSize = `${Math.max(0, (above ? place.roomAbove : place.roomBelow) - 2 * GAP)}px`
  style.insetInlineStart = `${Math.max(0, Math.min(place.left, place.width - offsetWidth))}px`
  style.insetBlockStart = `${above ? place.top - element.offsetHeight - GAP : place.bottom + GAP}px`
}

/** Puts the element beside the line after each drawing anew. */
export function usePlaced(element: RefObject<HTMLElement | null>, at: () => PagePlace | null): void {
  useLayoutEffect(() => {
    const place = element.current === null ? null : at()
    if (element.current !== null && place !== null) putBeside(element.current, place)
  })
}
