/**
 * A page without a single block. It stays that way until somebody types, so that two people who open it make nothing
 * that would have to be merged. The caret stands in a gap; whatever is typed there gets its block in the same transaction.
 */
import { GapCursor } from 'prosemirror-gapcursor'
import { AllSelection, Plugin, TextSelection, type Transaction } from 'prosemirror-state'
import { emptySelection } from './binding/caret.ts'

export function emptyPage(placeholder: string): Plugin {
  return new Plugin({
    props: {
      attributes: ({ doc }): Record<string, string> =>
        doc.childCount === 0 ? { class: 'prose--empty', 'aria-placeholder': placeholder } : {},
    },
  })
}

/** Keeps the caret of an empty page in its gap: "everything" would swallow what others write there next. */
export function settleCaret(tr: Transaction): void {
  const { selection } = tr
  if (tr.doc.childCount === 0 && !(selection instanceof GapCursor)) tr.setSelection(emptySelection(tr.doc))
  else if (tr.docChanged && tr.before.childCount === 0 && selection instanceof AllSelection) {
    tr.setSelection(TextSelection.atEnd(tr.doc))
  }
}
