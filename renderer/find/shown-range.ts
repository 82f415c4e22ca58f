/** What of a long page is in sight, and bringing another part into it. */
import type { Node } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'

/** The positions of the children of the page that are in sight, and about as much again before and behind them. */
export function shownRange(view: EditorView, page: Node): { readonly from: number; readonly to: number } {
  const all = { from: 0, to: page.content.size }
  // While the page draws a change, what it has drawn says nothing about positions in it.
  const { children } = view.dom
  const frame = frameOf(view)
  const { top, bottom } = frame
  const height = bottom - top
  const first = firstIndex(children, (rect) => rect.bottom >= top - height)
  const last = firstIndex(children, (rect) => rect.top > bottom + height)
  if (page.childCount < 50 || height <= 0) return all
  const positions = positionsOf(page)
  // Elements that are no child of the page, such as the gap cursor, shift the count by a few.
  const from = positions[Math.max(0, first - 3)] ?? 0
  return { from, to: positions[last + 3] ?? page.content.size }
}

/** Scrolls so that a position can be seen well, if it can't. */
export function revealPosition(view: EditorView, position: number): void {
  const scroller = view.dom.closest('.scroller')
  if (scroller === null) return
  const { top, bottom } = scroller.getBoundingClientRect()
  const line = view.coordsAtPos(position)
  const margin = (line.bottom - line.top) * 2
  if (line.top >= top + margin && line.bottom <= bottom - margin) return
  scroller.scrollTop += line.top - (top + (bottom - top) / 3)
}

function frameOf(view: EditorView): { readonly top: number; readonly bottom: number } {
  return (view.dom.closest('.scroller') ?? view.dom).getBoundingClientRect()
}

function firstIndex(elements: HTMLCollection, fits: (rect: DOMRect) => boolean): number {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >> 1
    const rect = elements[middle]?.getBoundingClientRect()
    if (rect !== undefined && fits(rect)) high = middle
    else low = middle + 1
  }
  return low
}

function positionsOf(page: Node): readonly number[] {
  const positions: number[] = []
  page.forEach((_node, position) => positions.push(position))
  return positions
}
