/**
 * Addresses become links as they are typed: with the space or Enter behind them. Undo, or Backspace right after it, takes
 * the link away and leaves the words.
 */
import { type EditorState, Plugin, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { asOwnStep } from '../editor/binding/own-step.ts'
import { admitsQuery } from '../pickers/typed-query.ts'
import { addressAtEnd } from './find-address.ts'

/** What `undoInputRule` takes back: it asks every plugin that says it holds typing rules. */
interface Undoable {
  readonly transform: Transaction
  readonly from: number
  readonly to: number
  readonly text: string
}

export function autoLink(): Plugin {
  const plugin: Plugin<Undoable | null> = new Plugin<Undoable | null>({
    isInputRules: true,
    state: {
      init: () => null,
      apply(tr, before) {
        const made: Undoable | undefined = tr.getMeta(plugin)
        return made ?? (tr.selectionSet || tr.docChanged ? null : before)
      },
    },
    props: {
      handleTextInput(view, from, to, text) {
        if (!/^\s$/u.test(text) || view.composing || linkBefore(view.state, from) === null) return false
        view.dispatch(view.state.tr.insertText(text, from, to).scrollIntoView())
        link(view, plugin, from)
        return true
      },
      handleKeyDown(view, event) {
        const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing
        const { selection } = view.state
        if (
          event.key === 'Enter' &&
          plain &&
          view.editable &&
          selection.empty &&
          linkBefore(view.state, selection.from)
        )
          // After the new line, so that one undo takes the link and not the line.
          queueMicrotask(() => !view.isDestroyed && link(view, plugin, selection.from))
        return false
      },
    },
  })
  return plugin
}

function link(view: EditorView, plugin: Plugin, position: number): void {
  const tr = linkBefore(view.state, position)
  if (tr === null) return
  const caret = view.state.selection.from
  const undoable: Undoable = { transform: tr, from: caret, to: caret, text: '' }
  view.dispatch(asOwnStep(tr).setMeta(plugin, undoable))
}

/** Links the address that ends at a position; null when there is none, or it stands in code, or is a link already. */
function linkBefore(state: EditorState, position: number): Transaction | null {
  const type = state.schema.marks['link']
  if (position > state.doc.content.size) return null
  const $at = state.doc.resolve(position)
  if (type === undefined || !admitsQuery($at) || !$at.parent.type.allowsMarkType(type)) return null
  const found = addressAtEnd($at.parent.textBetween(0, $at.parentOffset, null, '\uFFFC'))
  if (found === null) return null
  const from = $at.start() + found.start
  const to = from + found.text.length
  const code = state.schema.marks['code']
  const taken = [type, code].some((mark) => mark !== undefined && state.doc.rangeHasMark(from, to, mark))
  return taken ? null : state.tr.addMark(from, to, type.create({ href: found.href })).removeStoredMark(type)
}
