/** Making formulas in a line: of the selected words, and out of what is typed between dollar signs. */
import { InputRule } from 'prosemirror-inputrules'
import { type Command, TextSelection } from 'prosemirror-state'
import { admitsCardNode, insertCardNode } from '../cards/card-node.ts'
import { asOwnStep, writeStepwise } from '../editor/binding/own-step.ts'

/** The selected words become the TeX of a formula; without any, an empty one is written at once. */
export const insertFormula: Command = (state, dispatch) => {
  const { $from, $to, from, to } = state.selection
  if (!admitsCardNode(state, 'math')) return false
  const words = $from.parent.textBetween($from.parentOffset, $to.parentOffset, null, ' ')
  const formula = state.schema.node('math', null, words === '' ? undefined : state.schema.text(words))
  dispatch?.(insertCardNode(state.tr, from, to, formula))
  return true
}

/** `$x^2$` and what follows it. Amounts of money stay words: no space touches the signs, and no letter or digit. */
export function formulaRule(): InputRule {
  const pattern = /(?<![\p{L}\p{N}\\$])\$([^$\s\uFFFC](?:[^$\n\uFFFC]*[^$\s\\\uFFFC])?)\$([\s.,;:!?)\]…—–-])$/u
  return new InputRule(pattern, (state, match, start, end) => {
    const [, source = '', after = ''] = match
    const code = state.schema.marks['code']
    if (!admitsCardNode(state, 'math') || (code !== undefined && state.doc.rangeHasMark(start, end, code))) return null
    const formula = state.schema.node('math', null, state.schema.text(source))
    // What goes on behind the formula looks like what stands before it.
    const words = state.schema.text(after, state.doc.resolve(start).marks())
    const tr = state.tr.delete(start, end).insert(start, formula)
    const behind = start + formula.nodeSize
    tr.insert(behind, words).setSelection(TextSelection.create(tr.doc, behind + after.length))
    return writeStepwise(asOwnStep(tr))
  })
}
