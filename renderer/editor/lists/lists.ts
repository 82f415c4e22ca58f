/** Commands on list items: how deep they stand, and whether a task is done. */
import type { Node } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'
import { listStart, MAX_DEPTH } from '../../../shared/document/block-kinds.ts'
import { depthOf, isBlock, isListItem, itemsBelow, kindOf, type PlacedBlock, selectedBlocks } from '../blocks.ts'

/** Tab: one level in, never more than one below the item before; what hangs below comes along. */
export const indentItems: Command = (state, dispatch) => shift(state, 1, dispatch)

/** Shift-Tab: one level out. */
export const outdentItems: Command = (state, dispatch) => shift(state, -1, dispatch)

/** Answers true in a list even when an item can't go further, so that Tab stays in it. */
function shift(state: EditorState, by: 1 | -1, dispatch: Parameters<Command>[1]): boolean {
  const selected = selectedBlocks(state).filter(({ node }) => isListItem(node))
  const first = selected[0]
  if (first === undefined) return false
  const moved = new Map<number, PlacedBlock>()
  for (const item of selected) for (const each of [item, ...itemsBelow(state.doc, item)]) moved.set(each.pos, each)
  if (by > 0 && depthOf(first.node) >= deepest(state.doc, first)) return true
  const { tr } = state
  for (const { node, pos } of moved.values()) {
    const depth = Math.min(Math.max(depthOf(node) + by, 0), MAX_DEPTH)
    if (depth !== depthOf(node)) tr.setNodeMarkup(pos, null, { ...node.attrs, depth: depth > 0 ? depth : null })
  }
  if (tr.docChanged) dispatch?.(tr.scrollIntoView())
  return true
}

/** How deep an item may stand where it is. */
function deepest(doc: Node, item: PlacedBlock): number {
  const before = item.index > 0 ? doc.child(item.index - 1) : null
  return isListItem(before) ? Math.min(depthOf(before) + 1, MAX_DEPTH) : 0
}

/** Mod-Enter: the tasks of the selection are done, or not done when all were. */
export const toggleTasks: Command = (state, dispatch) => {
  const tasks = selectedBlocks(state).filter(({ node }) => kindOf(node) === 'task')
  if (tasks.length === 0) return false
  const done = tasks.every(({ node }) => node.attrs['checked'] === true)
  const { tr } = state
  for (const { node, pos } of tasks) tr.setNodeMarkup(pos, null, { ...node.attrs, checked: done ? null : true })
  dispatch?.(tr)
  return true
}

/** Marks one task as done or not; a no-op on anything else. */
export function toggleTaskAt(pos: number): Command {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(pos)
    if (!isBlock(node) || kindOf(node) !== 'task') return false
    dispatch?.(
      state.tr.setNodeMarkup(pos, null, { ...node.attrs, checked: node.attrs['checked'] === true ? null : true }),
    )
    return true
  }
}

/** Begins the counting of a numbered list at 1 with the item the selection starts in, or lets it go on again. */
export const restartNumbering: Command = (state, dispatch) => {
  const [item] = selectedBlocks(state)
  if (item === undefined || kindOf(item.node) !== 'ordered') return false
  const start = listStart(item.node.attrs['start']) === null ? 1 : null
  dispatch?.(state.tr.setNodeMarkup(item.pos, null, { ...item.node.attrs, start }).scrollIntoView())
  return true
}
