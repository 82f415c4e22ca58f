/** Opens the TeX of the formula block with the caret, and leads arrows into such blocks and out: closed, they have no lines. */
import { keydownHandler } from 'prosemirror-keymap'
import { type Command, Plugin, Selection, TextSelection, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { isFormulaBlock } from './formula-block-view.ts'

export function formulaBlocks(): Plugin {
  return new Plugin({
    props: {
      decorations({ doc, selection: { $from, $to } }) {
        if ($from.depth === 0 || !$from.sameParent($to) || !isFormulaBlock($from.parent)) return null
        return DecorationSet.create(doc, [Decoration.node($from.before(), $from.after(), { class: 'formula--open' })])
      },
      handleTextInput: (view, from, to, text) => close(view, from, to, text),
      handleKeyDown: keydownHandler({
        ArrowUp: step('up', -1),
        ArrowDown: step('down', 1),
        ArrowLeft: step('left', -1),
        ArrowRight: step('right', 1),
        Escape: leave,
      }),
    },
  })
}

/** From the edge of a block to the next, when one of the two is a formula. */
function step(edge: 'up' | 'down' | 'left' | 'right', way: 1 | -1): Command {
  return ({ selection, doc, tr }, dispatch, view) => {
    if (!(selection instanceof TextSelection) || !selection.empty || selection.$head.depth !== 1) return false
    const { $head } = selection
    const index = $head.index(0) + way
    const next = index < 0 || index >= doc.childCount ? null : doc.child(index)
    if (next === null || !(isFormulaBlock($head.parent) || isFormulaBlock(next))) return false
    if (view?.endOfTextblock(edge) !== true) return false
    dispatch?.(toBlock(tr, way === 1 ? $head.after() : $head.before(), way))
    return true
  }
}

/** Escape in a formula: on behind it. */
const leave: Command = ({ selection: { $from, $to }, tr, schema }, dispatch) => {
  if ($from.depth !== 1 || !$from.sameParent($to) || !isFormulaBlock($from.parent)) return false
  const after = $from.after()
  if (after === tr.doc.content.size) tr.insert(after, schema.node('block'))
  dispatch?.(toBlock(tr, after, 1))
  return true
}

/** Two dollar signs behind the TeX end the formula, as two begin it. */
function close(view: EditorView, from: number, to: number, text: string): boolean {
  const { state } = view
  const { parent, parentOffset } = state.doc.resolve(from)
  if (text !== '$' || from !== to || !isFormulaBlock(parent) || parentOffset !== parent.content.size) return false
  if (!parent.textContent.endsWith('$') || parent.content.size < 2) return false
  view.dispatch(state.tr.delete(from - 1, from))
  return leave(view.state, view.dispatch, view)
}

function toBlock(tr: Transaction, position: number, way: 1 | -1): Transaction {
  return tr.setSelection(Selection.near(tr.doc.resolve(position), way)).scrollIntoView()
}
