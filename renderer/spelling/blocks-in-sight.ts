/** Which blocks of the page are in sight. It asks what is drawn where, so blocks without boxes cost nothing. */
import type { EditorView } from 'prosemirror-view'

/** CSS pixels between the places that are asked about: between two blocks there is nothing. */
const STEP = 12
/** Blocks before the first and behind the last one seen that count as well. */
const AROUND = 8

/** Children of the page, `from` up to, not including, `to`. */
export interface BlocksInSight {
  readonly from: number
  readonly to: number
}

export function blocksInSight(view: EditorView): BlocksInSight {
  const count = view.state.doc.childCount
  const frame = (view.dom.closest('.scroller') ?? view.dom).getBoundingClientRect()
  const page = view.dom.getBoundingClientRect()
  const top = Math.max(frame.top, page.top)
  const bottom = Math.min(frame.bottom, page.bottom)
  const across = page.left + page.width / 2
  const first = firstBlock(view, across, top + 1, bottom, STEP)
  const last = firstBlock(view, across, bottom - 1, top, -STEP)
  if (first === null || last === null) return { from: 0, to: Math.min(count, AROUND) }
  return { from: Math.max(0, first - AROUND), to: Math.min(count, last + AROUND + 1) }
}

function firstBlock(view: EditorView, x: number, from: number, to: number, step: number): number | null {
  for (let y = from; step > 0 ? y < to : y > to; y += step) {
    const block = view.root.elementsFromPoint(x, y).find(({ parentElement }) => parentElement === view.dom)
    if (block !== undefined) return view.state.doc.resolve(view.posAtDOM(block, 0)).index(0)
  }
  return null
}
