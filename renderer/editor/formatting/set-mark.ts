/** Commands that format words. */
import { toggleMark } from 'prosemirror-commands'
import type { MarkType, Schema } from 'prosemirror-model'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { isVerbatim } from '../../../shared/document/block-kinds.ts'
import { type Highlight, highlightColor } from '../../../shared/document/mark-specs.ts'
import type { ToggledMark } from '../../documents/document-state.ts'
import { isBlock, kindOf } from '../blocks.ts'
import { writeAfter } from '../binding/own-step.ts'

/** Toggles a mark on the selection, or for what is typed next. Not in code or TeX, nor when the schema has no such mark. */
export function toggle(schema: Schema, mark: ToggledMark): Command {
  const type = schema.marks[mark]
  if (type === undefined) return () => false
  const toggled = toggleMark(type, null, { includeWhitespace: false })
  const rivals = Object.values(schema.marks).filter((other) => other !== type && type.excludes(other))
  return (state, dispatch) => {
    if (!takesMarks(state)) return false
    const { from, to, empty } = state.selection
    const replaces = !empty && rivals.some((rival) => state.doc.rangeHasMark(from, to, rival))
    if (!replaces || state.doc.rangeHasMark(from, to, type)) return toggled(state, dispatch)
    dispatch?.(exchange(state, rivals, type))
    return true
  }
}

/**
 * Yjs is shown the words without either mark first: the binding takes a text whose one mark became another in a single change
 * for the same text, and would write nothing.
 */
function exchange({ tr, selection: { ranges } }: EditorState, olds: readonly MarkType[], type: MarkType): Transaction {
  for (const { $from, $to } of ranges) for (const old of olds) tr.removeMark($from.pos, $to.pos, old)
  const without = tr.doc
  for (const { $from, $to } of ranges) tr.addMark($from.pos, $to.pos, type.create())
  return writeAfter(tr.scrollIntoView(), [without])
}

/** Marks the selected words in a colour, or what is typed next; takes it off where all of them have it. */
export function highlight(schema: Schema, color: Highlight): Command {
  return (state, dispatch) => {
    const type = schema.marks['highlight']
    if (type === undefined || !takesMarks(state)) return false
    const mark = type.create(color === 'yellow' ? null : { color })
    const { empty } = state.selection
    const { tr } = state
    if (empty) {
      const stored = type.isInSet(state.storedMarks ?? state.selection.$from.marks())
      if (stored !== undefined && highlightColor(stored.attrs['color']) === color) tr.removeStoredMark(type)
      else tr.addStoredMark(mark)
    } else {
      // Of selected cells, each is a range.
      for (const { $from, $to } of state.selection.ranges) {
        tr.removeMark($from.pos, $to.pos, type)
        if (highlightAt(state) !== color) tr.addMark($from.pos, $to.pos, mark)
      }
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** The colour all selected words are marked in, or null. */
export function highlightAt({ doc, selection: { from, to }, schema }: EditorState): Highlight | null {
  const type = schema.marks['highlight']
  const colors = new Set<Highlight | null>()
  doc.nodesBetween(from, to, (node) => {
    if (!node.isText || type === undefined) return
    const mark = type.isInSet(node.marks)
    colors.add(mark === undefined ? null : highlightColor(mark.attrs['color']))
  })
  const [color = null] = colors
  return colors.size === 1 ? color : null
}

/** Takes all formatting off the selected words; links stay. */
export const clearMarks: Command = (state, dispatch) => {
  const { ranges, empty } = state.selection
  if (empty) return false
  const { tr } = state
  for (const { $from, $to } of ranges) {
    for (const type of Object.values(state.schema.marks))
      if (type.name !== 'link') tr.removeMark($from.pos, $to.pos, type)
  }
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Whether words of the selection can be formatted: some of them stand outside of code and TeX. */
function takesMarks({ doc, selection: { from, to } }: EditorState): boolean {
  // A formula in a line stands in a block of words.
  if (doc.resolve(from).parent.type.spec.code === true) return false
  let takes = false
  doc.nodesBetween(from, to, (node) => {
    if (node.isTextblock && !(isBlock(node) && isVerbatim(kindOf(node)))) takes = true
    return !takes && !node.isTextblock
  })
  return takes
}
