/** Making footnotes: at the caret, and out of what is typed: `[^1]`, `[^]`, `^[the note]`. */
import { InputRule } from 'prosemirror-inputrules'
import type { Fragment } from 'prosemirror-model'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { admitsCardNode, insertCardNode, leaveCardNode } from '../cards/card-node.ts'

/** An empty footnote behind the selection, to be written at once. */
export const insertFootnote: Command = (state, dispatch) => {
  if (!admitsCardNode(state, 'footnote')) return false
  const { to } = state.selection
  dispatch?.(insertCardNode(state.tr, to, to, state.schema.node('footnote')))
  return true
}

export function footnoteRules(): InputRule[] {
  return [
    new InputRule(/\[\^[^\s[\]^\uFFFC]{0,20}\]$/u, (state, _match, start, end) => makeNote(state, start, end, null)),
    new InputRule(/\^\[([^[\]\n]+)\]$/u, (state, match, start, end) => {
      const [whole, words = ''] = match
      const from = start + whole.indexOf(words)
      const tr = makeNote(state, start, end, state.doc.slice(from, from + words.length).content)
      return tr === null ? null : leaveCardNode(tr, start, 'after')
    }),
  ]
}

function makeNote(state: EditorState, start: number, end: number, words: Fragment | null): Transaction | null {
  const code = state.schema.marks['code']
  if (!admitsCardNode(state, 'footnote') || (code !== undefined && state.doc.rangeHasMark(start, end, code)))
    return null
  const type = state.schema.nodes['footnote']
  if (type === undefined || (words !== null && !type.validContent(words))) return null
  return insertCardNode(state.tr, start, end, type.create(null, words))
}
