/** Enter, Backspace and Delete where text meets what is no block: captions, cells, images, tables, dividers. */
import { type Command, NodeSelection, TextSelection } from 'prosemirror-state'
import { caretBlock, isBlock } from './blocks.ts'

/**
 * Enter in text that is no block's: out of a caption into the text below, a line break in a cell. Neither is ever split: half
 * an image is none.
 */
export const leaveText: Command = (state, dispatch) => {
  const { selection } = state
  if (!(selection instanceof TextSelection)) return false
  const { $from, $to } = selection
  if (isBlock($from.parent) && isBlock($to.parent)) return false
  const { tr } = state
  if (!$from.sameParent($to)) tr.deleteSelection()
  else if ($from.parent.type.name === 'image') {
    const after = $from.after()
    const next = tr.doc.nodeAt(after)
    if (!isBlock(next) || next.content.size > 0) tr.insert(after, state.schema.node('block'))
    tr.setSelection(TextSelection.create(tr.doc, after + 1))
  } else tr.replaceSelectionWith(state.schema.node('hard_break'), false)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Backspace (or Delete) in an empty block right after (or before) an image, a table or a divider: the block goes. */
export function leaveEmptyBlock(way: 'back' | 'on'): Command {
  return (state, dispatch) => {
    const block = caretBlock(state)
    if (block === null || block.node.content.size > 0) return false
    const beside = block.index + (way === 'back' ? -1 : 1)
    if (beside < 0 || beside >= state.doc.childCount) return false
    const node = state.doc.child(beside)
    const before = block.pos - node.nodeSize
    if (isBlock(node) || !NodeSelection.isSelectable(node)) return false
    const tr = state.tr.delete(block.pos, block.pos + block.node.nodeSize)
    tr.setSelection(NodeSelection.create(tr.doc, way === 'back' ? before : block.pos))
    dispatch?.(tr.scrollIntoView())
    return true
  }
}
