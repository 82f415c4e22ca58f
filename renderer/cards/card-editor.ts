/**
 * The card in which the words of a footnote or a formula are written. It is there while the selection is on such a node, or
 * among its words; the selection of the page is the caret of the card, and the keyboard goes where the caret is.
 */
import { keydownHandler } from 'prosemirror-keymap'
import { type Command, type EditorState, NodeSelection, Plugin, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { PagePlace } from '../pickers/page-place.ts'
import { cardNode, cardPlace, enterCardNode } from './card-node.ts'
import { type CardParts, OpenCard } from './open-card.ts'

/** Where the keyboard may be while the card stays. */
const COMPANY = '.card-editor, .prose, .toolbar, .menu, [role="search"], [role="dialog"]'

export class CardEditor {
  readonly #parts: CardParts
  #card: OpenCard | null = null

  constructor(parts: CardParts) {
    this.#parts = parts
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        const { ownerDocument } = view.dom
        const window = ownerDocument.defaultView
        const onFocus = (event: FocusEvent) => this.#hearFocus(view, event)
        const onResize = () => this.#card?.put()
        ownerDocument.addEventListener('focusin', onFocus)
        window?.addEventListener('resize', onResize)
        this.#look(view)
        return {
          update: (_view, before) => this.#follow(view, before),
          destroy: () => {
            ownerDocument.removeEventListener('focusin', onFocus)
            window?.removeEventListener('resize', onResize)
            this.#close()
          },
        }
      },
      props: {
        handleKeyDown: keydownHandler({
          Enter: enter,
          'Mod-Enter': enter,
          Backspace: selectBeside('back'),
          Delete: selectBeside('on'),
        }),
        handleTextInput: (view, _from, _to, text) => typeInside(view, text),
        handleDOMEvents: {
          focus: (view) => {
            // After the page has taken note of the focus it gives away at once.
            queueMicrotask(() => {
              if (view.isDestroyed || !view.hasFocus()) return
              this.#look(view)
            })
            return false
          },
        },
      },
    })
  }

  /** Whether an input method is at work among the words of the card. */
  isComposing(): boolean {
    return this.#card?.isComposing() === true
  }

  /** Where a position of the page stands in the open card; null when it is not in it. */
  placeOf(position: number): PagePlace | null {
    return this.#card?.placeOf(position) ?? null
  }

  #follow(view: EditorView, before: EditorState): void {
    // Put away while the keyboard is elsewhere, it comes back when the selection moves.
    const stays = this.#card !== null || view.hasFocus() || !view.state.selection.eq(before.selection)
    if (stays) this.#look(view)
  }

  #look(view: EditorView): void {
    const place = cardPlace(view.state)
    const had = this.#card?.hasFocus() === true
    if (place === null || this.#card?.fits(place) === false) this.#close()
    if (place === null) {
      if (had) view.focus()
      return
    }
    if (this.#card === null) this.#card = new OpenCard(view, place, this.#parts)
    else this.#card.update(place)
    if (place.inside && view.editable && (view.hasFocus() || had) && !this.#card.hasFocus()) this.#card.focus()
    if (!place.inside && had) view.focus()
  }

  /** A card must not lie over the page while its words are not what one is at. */
  #hearFocus(view: EditorView, { target }: FocusEvent): void {
    if (this.#card === null || view.isDestroyed) return
    if (target instanceof Element && target.closest(COMPANY) === null) this.#close()
  }

  #close(): void {
    const card = this.#card
    this.#card = null
    card?.close()
  }
}

/** Enter on a selected node goes into its words. */
const enter: Command = (state, dispatch) => {
  const { selection, tr } = state
  if (!(selection instanceof NodeSelection) || cardNode(selection.node) === null) return false
  dispatch?.(enterCardNode(tr, selection.from))
  return true
}

/** What is typed on a selected node is added to its words: they are never typed over unseen. */
function typeInside(view: EditorView, text: string): boolean {
  const { selection, tr } = view.state
  if (!(selection instanceof NodeSelection) || cardNode(selection.node) === null) return false
  view.dispatch(enterCardNode(tr, selection.from).insertText(text))
  return true
}

/** Backspace behind such a node, or Delete before it, selects it before anything goes. */
function selectBeside(way: 'back' | 'on'): Command {
  return ({ selection, tr, doc }, dispatch) => {
    if (!(selection instanceof TextSelection) || !selection.empty) return false
    const { $from } = selection
    const node = way === 'back' ? $from.nodeBefore : $from.nodeAfter
    if (node === null || cardNode(node) === null) return false
    const pos = way === 'back' ? $from.pos - node.nodeSize : $from.pos
    dispatch?.(tr.setSelection(NodeSelection.create(doc, pos)))
    return true
  }
}
