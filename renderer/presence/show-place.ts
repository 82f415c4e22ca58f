/** Bringing a place of the page into sight without going there: the caret and the selection stay. */
import type { EditorView } from 'prosemirror-view'
import type { FoundPlace } from '../editor/binding/shared-place.ts'
import { rangeOf } from '../editor/block-range.ts'
import { layOut } from '../editor/windowing/windowing.ts'
import { revealPosition } from '../find/shown-range.ts'

/** Blocks of a long document have no boxes until one comes near them. */
export function showPlace(view: EditorView, { index, block, offset }: FoundPlace): void {
  const { doc } = view.state
  const { from } = rangeOf(doc, index, index - 1)
  const position = block === null ? Math.min(from, doc.content.size) : from + 1 + offset
  layOut(view, position)
  revealPosition(view, position)
}
