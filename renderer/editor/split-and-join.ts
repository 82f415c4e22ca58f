/** Enter, Backspace and Delete between blocks. */
import { type Attrs, Fragment } from 'prosemirror-model'
import { AllSelection, type Command, type EditorState, Selection, TextSelection } from 'prosemirror-state'
import { headingLevel, isVerbatim } from '../../shared/document/block-kinds.ts'
import { breakLine } from '../code/edit-code.ts'
import { attrsAs, caretBlock, depthOf, isBlock, isListKind, kindOf } from './blocks.ts'
import { changeKind } from './set-kind.ts'

/** Enter: continues lists, leaves them from an empty item, goes on in a paragraph after a heading, a new line in code. */
export const splitBlock: Command = (state, dispatch) => {
  if (state.doc.childCount === 0 || state.selection instanceof AllSelection) return startPage(state, dispatch)
  const { $from, $to } = state.selection
  if (!(state.selection instanceof TextSelection) || !isBlock($from.parent) || !isBlock($to.parent)) return false
  const kind = kindOf($from.parent)
  if (isVerbatim(kind) && $from.sameParent($to)) return newLine(state, dispatch)
  const block = caretBlock(state)
  if (block !== null && block.node.content.size === 0 && kind !== 'paragraph' && $from.parent === block.node) {
    return leaveEmpty(state, dispatch)
  }
  if (dispatch === undefined) return true
  const { tr } = state
  tr.deleteSelection()
  const $caret = tr.selection.$from
  const { parent } = $caret
  const atStart = $caret.parentOffset === 0
  const isHeading = headingLevel(kind) > 0
  if (atStart && parent.content.size > 0) {
    // A new block before keeps this one, and what others are typing into it, as it is.
    const before = isHeading ? attrsOfNext({}, 'paragraph') : attrsOfNext(parent.attrs, kind)
    tr.insert($caret.before(), state.schema.node('block', before))
  } else {
    const atEnd = $caret.parentOffset === parent.content.size
    const next = isHeading && atEnd ? attrsOfNext({}, 'paragraph') : attrsOfNext(parent.attrs, kind)
    tr.split($caret.pos, 1, [{ type: parent.type, attrs: next }])
  }
  dispatch(tr.scrollIntoView())
  return true
}

/** What a block made by Enter takes over: its kind, depth, tone and how its lines are set, not whether it is done, nothing unknown. */
function attrsOfNext(attrs: Attrs, kind: ReturnType<typeof kindOf>): Attrs {
  const { depth = null, align = null, dir = null, tone = null } = attrs
  return attrsAs({ depth, align, dir, tone }, kind)
}

const startPage: Command = (state, dispatch) => {
  const line = state.schema.node('block')
  const tr = state.tr.replaceWith(0, state.doc.content.size, Fragment.from([line, line]))
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, line.nodeSize + 1)))
  return true
}

/** On an empty item, quotation or heading: one step out, in the end to a paragraph. */
const leaveEmpty: Command = (state, dispatch) => {
  const block = caretBlock(state)
  if (block === null) return false
  const { tr } = state
  const depth = depthOf(block.node)
  if (isListKind(kindOf(block.node)) && depth > 0) {
    tr.setNodeMarkup(block.pos, null, { ...block.node.attrs, depth: depth > 1 ? depth - 1 : null })
  } else changeKind(tr, block, 'paragraph')
  dispatch?.(tr.scrollIntoView())
  return true
}

/** A line break and the same indentation in code; on a second empty line at the end, out of the code block without those lines. */
const newLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const atEnd = $from.parentOffset === $from.parent.content.size
  const blank = /(?:\n[\t ]*){2}$/.exec($from.parent.textContent)
  if (empty && atEnd && blank !== null) {
    const tr = state.tr.delete($from.pos - blank[0].length, $from.pos)
    return leaveAfter(tr.selection.$from.after(), tr, dispatch)
  }
  return breakLine(state, dispatch)
}

/** Mod-Enter in code: a paragraph after the block. */
export const leaveCode: Command = (state, dispatch) => {
  const { $head } = state.selection
  if (!isBlock($head.parent) || !isVerbatim(kindOf($head.parent))) return false
  return leaveAfter($head.after(), state.tr, dispatch)
}

function leaveAfter(
  after: number,
  tr: EditorState['tr'],
  dispatch: ((tr: EditorState['tr']) => void) | undefined,
): boolean {
  tr.insert(after, tr.doc.type.schema.node('block'))
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
  return true
}

/** A line break inside the block. */
export const insertBreak: Command = (state, dispatch) => {
  const { $from } = state.selection
  if (!isBlock($from.parent)) return false
  const { tr } = state
  if (isVerbatim(kindOf($from.parent))) tr.insertText('\n')
  else tr.replaceSelectionWith(state.schema.node('hard_break'), false)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Backspace at the start of anything but a paragraph makes it one. */
export const unformatAtStart: Command = (state, dispatch) => {
  const block = caretBlock(state)
  if (block === null || state.selection.$from.parentOffset > 0 || kindOf(block.node) === 'paragraph') return false
  const { tr } = state
  changeKind(tr, block, 'paragraph')
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Backspace at the start of a paragraph joins it to the block before. */
export const joinBefore: Command = (state, dispatch) => {
  const block = caretBlock(state)
  if (block === null || state.selection.$from.parentOffset > 0 || block.index === 0) return false
  return joinAt(block.pos, block.index)(state, dispatch)
}

/** Delete at the end of a block joins the next one to it. */
export const joinAfter: Command = (state, dispatch) => {
  const block = caretBlock(state)
  if (block === null || state.selection.$from.parentOffset < block.node.content.size) return false
  if (block.index + 1 >= state.doc.childCount) return false
  return joinAt(block.pos + block.node.nodeSize, block.index + 1)(state, dispatch)
}

/** Joins the two blocks that meet at `pos`. An empty one just goes, so that the other stays the same for everyone. */
function joinAt(pos: number, index: number): Command {
  return (state, dispatch) => {
    const left = state.doc.child(index - 1)
    const right = state.doc.child(index)
    if (!isBlock(left) || !isBlock(right)) return false
    const { tr } = state
    if (left.content.size === 0) {
      tr.delete(pos - left.nodeSize, pos)
      tr.setSelection(TextSelection.create(tr.doc, pos - left.nodeSize + 1))
    } else if (right.content.size === 0) {
      tr.delete(pos, pos + right.nodeSize)
      tr.setSelection(Selection.near(tr.doc.resolve(pos), -1))
    } else {
      // Line breaks are characters in code and nodes elsewhere.
      if (isVerbatim(kindOf(left)) !== isVerbatim(kindOf(right))) {
        changeKind(tr, { node: right, pos, index }, kindOf(left))
      }
      tr.join(pos)
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** A divider at the caret, with a paragraph to go on in. */
export const insertDivider: Command = (state, dispatch) => {
  const divider = state.schema.node('divider')
  const line = state.schema.node('block')
  const { tr } = state
  const block = caretBlock(state)
  const at = block === null ? state.selection.to : block.pos + block.node.nodeSize
  const replacesEmpty = block !== null && block.node.content.size === 0
  const from = replacesEmpty ? block.pos : at
  if (block === null && state.doc.resolve(at).depth > 0) return false
  const needsLine =
    block === null || block.index + 1 >= state.doc.childCount || !isBlock(state.doc.child(block.index + 1))
  tr.replaceWith(from, at, needsLine ? [divider, line] : [divider])
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(from + divider.nodeSize), 1)).scrollIntoView())
  return true
}
