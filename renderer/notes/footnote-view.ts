/** A footnote on the page: its number, raised. The note is written in a card (see `CardEditor`). */
import type { Node } from 'prosemirror-model'
import type { DecorationSource, EditorView } from 'prosemirror-view'
import { CardView } from '../cards/card-view.ts'
import { t } from '../strings/t.ts'

export class FootnoteView extends CardView {
  readonly #onChange: () => void
  #number = 0

  /** `onChange` hears that it came, went, or says something else. */
  constructor(
    node: Node,
    view: EditorView,
    getPos: () => number | undefined,
    decorations: DecorationSource,
    onChange: () => void,
  ) {
    super(node, view, getPos, decorations)
    this.#onChange = onChange
    this.dom.className = 'footnote'
    this.dom.setAttribute('role', 'doc-noteref')
    // On a page one writes in, the caret comes here; on one that is only read, the keyboard does.
    if (!view.editable) this.dom.tabIndex = 0
    this.dom.addEventListener('keydown', (event) => event.key === 'Enter' && this.enter())
    onChange()
  }

  get number(): number {
    return this.#number
  }

  setNumber(number: number): void {
    if (number === this.#number) return
    this.#number = number
    this.dom.textContent = String(number)
    this.dom.setAttribute('aria-label', t('footnote.name', number))
  }

  destroy(): void {
    this.#onChange()
  }

  protected show(): void {
    this.#onChange()
  }
}
