/**
 * The footnotes of a page in their order: gives each its number, and tells the list below the page what they say. A key
 * that touches no note costs nothing.
 */
import type { Node } from 'prosemirror-model'
import { NodeSelection, Plugin } from 'prosemirror-state'
import type { EditorView, NodeViewConstructor } from 'prosemirror-view'
import { revealPosition } from '../find/shown-range.ts'
import { Observable } from '../window/observable.ts'
import { FootnoteView } from './footnote-view.ts'

export interface ListedNote {
  readonly number: number
  readonly node: Node
}

export class NoteWatch {
  readonly notes = new Observable<readonly ListedNote[]>([])
  readonly #views = new WeakMap<Element, FootnoteView>()
  #view: EditorView | null = null
  /** Whether a note came, went or changed since they were looked at. */
  #stale = true

  readonly nodeView: NodeViewConstructor = (node, view, getPos, _outer, inner) => {
    const made = new FootnoteView(node, view, getPos, inner, () => {
      this.#stale = true
    })
    this.#views.set(made.dom, made)
    return made
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view
        this.#stale = true
        this.#look(view)
        return { update: () => this.#look(view) }
      },
    })
  }

  /** Selects a note's number on the page, and shows it. */
  goTo(number: number): void {
    const view = this.#view
    const position = view === null ? undefined : this.#shown(view)[number - 1]?.position()
    if (view === null || position === undefined) return
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, position)))
    // In a long document it has its place only now.
    revealPosition(view, position)
    view.focus()
  }

  /** Moves the keyboard to a note's number in the list below the page. */
  showInList(number: number): void {
    const item = this.#view?.dom.parentElement?.querySelector<HTMLElement>(`.notes [data-note="${number}"]`)
    item?.focus()
    item?.scrollIntoView({ block: 'nearest' })
  }

  #look(view: EditorView): void {
    if (!this.#stale) return
    this.#stale = false
    const shown = this.#shown(view)
    for (const [index, note] of shown.entries()) note.setNumber(index + 1)
    const before = this.notes.get()
    const notes = shown.map(({ node, number }) => ({ node, number }))
    if (notes.length !== before.length || notes.some(({ node }, index) => node !== before[index]?.node))
      this.notes.set(notes)
  }

  /** Blocks without a box are on the page too, so the order is that of the elements. */
  #shown(view: EditorView): FootnoteView[] {
    return [...view.dom.querySelectorAll('.footnote')].flatMap((element) => this.#views.get(element) ?? [])
  }
}
