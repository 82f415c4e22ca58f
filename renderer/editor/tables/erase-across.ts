/** Deleting where a selection begins or ends in a table and goes on outside of it: no row and no line joins another. */
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import { asOwnStep } from '../binding/own-step.ts'
import { cellAt } from './cells.ts'

/** Takes the selected words away and what is selected as a whole; null when the selection does not cross a table's border. */
export function eraseAcross({ selection, doc, tr }: EditorState): Transaction | null {
  if (!(selection instanceof TextSelection)) return null
  const { $from, $to, from, to } = selection
  const [start, end] = [cellAt($from)?.table.pos, cellAt($to)?.table.pos]
  if (start === end) return null
  const gone: { readonly from: number; readonly to: number }[] = []
  doc.nodesBetween(from, to, (node, pos) => {
    const behind = pos + node.nodeSize
    if (pos >= from && behind <= to && node.isBlock && isTopLevel(doc, pos)) {
      gone.push({ from: pos, to: behind })
      return false
    }
    if (!node.inlineContent) return true
    const words = { from: Math.max(from, pos + 1), to: Math.min(to, behind - 1) }
    if (words.to > words.from) gone.push(words)
    return false
  })
  for (const each of gone.reverse()) tr.delete(each.from, each.to)
  return asOwnStep(tr.setSelection(TextSelection.near(tr.doc.resolve(from))))
}

function isTopLevel(doc: EditorState['doc'], pos: number): boolean {
  return doc.resolve(pos).depth === 0
}
