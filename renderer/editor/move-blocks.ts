/** Commands that move, double and delete whole blocks, whatever they are. Each is one step of undo. */
import type { Fragment } from 'prosemirror-model'
import {
  type Command,
  type EditorState,
  NodeSelection,
  Selection,
  TextSelection,
  type Transaction,
} from 'prosemirror-state'
import { type BlockRange, neighbour, selectedRange, withItemsBelow } from './block-range.ts'
import { asOwnStep, writeStepwise } from './binding/own-step.ts'

/** One step up or down; list items take along what hangs below them. Answers true at the border, too. */
export function moveBlocks(way: 'up' | 'down'): Command {
  return (state, dispatch) => {
    const selected = selectedRange(state)
    if (selected === null) return false
    const range = withItemsBelow(state.doc, selected)
    const other = neighbour(state.doc, range, way)
    if (other === null) return true
    dispatch?.(moveTo(state, range, way === 'up' ? other.from : other.to).scrollIntoView())
    return true
  }
}

/** Puts the blocks of a range to `target`, a position between blocks. What does not have to move stays the same for everyone. */
export function moveTo(state: EditorState, { from, to }: BlockRange, target: number): Transaction {
  const { tr, selection } = state
  if (target >= from && target <= to) return tr
  const down = target > to
  const passed = down ? { from: to, to: target } : { from: target, to: from }
  const [range, size] = [to - from, passed.to - passed.from]
  // The same page comes of both; the shorter side is the one that is written anew.
  if (size < range) cutAndInsert(tr, passed.from, passed.to, down ? from : to)
  else cutAndInsert(tr, from, to, target)
  const moved = (pos: number) => {
    if (pos >= from && pos < to) return down ? pos + size : pos - size
    return pos >= passed.from && pos < passed.to ? (down ? pos - range : pos + range) : pos
  }
  if (selection instanceof TextSelection) {
    tr.setSelection(TextSelection.create(tr.doc, moved(selection.anchor), moved(selection.head)))
  } else if (selection instanceof NodeSelection) tr.setSelection(NodeSelection.create(tr.doc, moved(selection.from)))
  else tr.setSelection(Selection.near(tr.doc.resolve(moved(from) + 1)))
  return asOwnStep(writeStepwise(tr))
}

function cutAndInsert(tr: Transaction, from: number, to: number, target: number): void {
  const content: Fragment = tr.doc.slice(from, to).content
  tr.insert(target, content)
  const shift = target <= from ? to - from : 0
  tr.delete(from + shift, to + shift)
}

/** A copy behind the selected blocks; the caret goes on in the copy. */
export const duplicateBlocks: Command = (state, dispatch) => {
  const range = selectedRange(state)
  if (range === null) return false
  const { tr, doc, selection } = state
  const { from, to } = withItemsBelow(doc, range)
  tr.insert(to, doc.slice(from, to).content)
  const size = to - from
  if (selection instanceof TextSelection) {
    tr.setSelection(TextSelection.create(tr.doc, selection.anchor + size, selection.head + size))
  } else if (selection instanceof NodeSelection) tr.setSelection(NodeSelection.create(tr.doc, selection.from + size))
  dispatch?.(asOwnStep(tr).scrollIntoView())
  return true
}

/** Takes the selected blocks away. */
export const deleteBlocks: Command = (state, dispatch) => {
  const range = selectedRange(state)
  if (range === null) return false
  const tr = state.tr.delete(range.from, range.to)
  const at = tr.doc.resolve(Math.min(range.from, tr.doc.content.size))
  if (tr.doc.childCount > 0) tr.setSelection(Selection.near(at, at.nodeAfter === null ? -1 : 1))
  dispatch?.(asOwnStep(tr).scrollIntoView())
  return true
}
