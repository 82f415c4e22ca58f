/** A mention on the page: the other document's title as it is now, and a way there. */
import type { Node } from 'prosemirror-model'
import { keydownHandler } from 'prosemirror-keymap'
import { type Command, NodeSelection, Plugin } from 'prosemirror-state'
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view'
import type { PageServices } from '../editor/actions/page-action.ts'
import { type DocumentLinks, knownDocument } from './document-links.ts'
import { mentionFacts, mentionWords, selectedMention } from './mention.ts'

export function mentionView(links: DocumentLinks): NodeViewConstructor {
  return (node, view, getPos) => new MentionView(node, view, getPos, links)
}

/** Enter on a selected mention opens its document. */
export function mentionKeys(services: Pick<PageServices, 'openDocument'>): Plugin {
  const open: Command = (state, dispatch) => {
    const { documentId = null, label = '' } = selectedMention(state) ?? {}
    if (documentId === null) return false
    if (dispatch !== undefined) services.openDocument(documentId, label, false)
    return true
  }
  return new Plugin({ props: { handleKeyDown: keydownHandler({ Enter: open, 'Mod-Enter': open }) } })
}

class MentionView implements NodeView {
  readonly dom = document.createElement('a')
  readonly #title = document.createElement('span')
  readonly #view: EditorView
  readonly #getPos: () => number | undefined
  readonly #links: DocumentLinks
  readonly #unsubscribe: () => void
  #node: Node

  constructor(node: Node, view: EditorView, getPos: () => number | undefined, links: DocumentLinks) {
    this.#node = node
    this.#view = view
    this.#getPos = getPos
    this.#links = links
    this.dom.className = 'mention'
    this.dom.setAttribute('role', 'link')
    this.dom.contentEditable = 'false'
    // A title may run the other way than the words around it.
    this.#title.dir = 'auto'
    this.#title.className = 'mention__title'
    this.dom.append(this.#title)
    // A press with Shift would draw a selection up to here.
    this.dom.addEventListener('mousedown', (event) => {
      if (isCalled(event)) event.preventDefault()
    })
    this.dom.addEventListener('click', (event) =>
      this.#follow(event, event.shiftKey && (event.ctrlKey || event.metaKey)),
    )
    this.dom.addEventListener('auxclick', (event) => {
      if (event.button === 1) this.#follow(event, true)
    })
    this.dom.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#follow(event, event.shiftKey && (event.ctrlKey || event.metaKey))
    })
    // What the menu of the page offers is about what is selected.
    this.dom.addEventListener('contextmenu', () => this.#select())
    this.#show()
    this.#unsubscribe = links.library.subscribe(() => this.#show())
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#show()
    return true
  }

  selectNode(): void {
    this.dom.classList.add('ProseMirror-selectednode')
  }

  deselectNode(): void {
    this.dom.classList.remove('ProseMirror-selectednode')
  }

  stopEvent(event: Event): boolean {
    return event.type === 'mousedown' && event instanceof MouseEvent && isCalled(event)
  }

  ignoreMutation(): boolean {
    return true
  }

  destroy(): void {
    this.#unsubscribe()
  }

  #show(): void {
    const facts = mentionFacts(this.#node)
    const known = knownDocument(this.#links.library.get(), facts.documentId)
    const { title, state, name } = mentionWords(known, facts)
    this.dom.classList.toggle('mention--away', state !== '')
    // On a page one writes in, the caret comes here; on one that is only read, the keyboard does.
    if (this.#view.editable) this.dom.removeAttribute('tabindex')
    else this.dom.tabIndex = 0
    // The library changes at every pause in typing, and most titles with it not.
    if (this.dom.getAttribute('aria-label') === name && this.#title.textContent === title) return
    this.dom.setAttribute('aria-label', name)
    this.#title.textContent = title
    this.#title.dataset['state'] = state
  }

  #follow(event: MouseEvent | KeyboardEvent, inNewWindow: boolean): void {
    event.preventDefault()
    const { selection } = this.#view.state
    const { documentId, label } = mentionFacts(this.#node)
    // A pointer that drew a selection meant that.
    const drew = !selection.empty && !(selection instanceof NodeSelection) && !isCalled(event)
    if (documentId === null || drew) return
    this.#links.open(documentId, label, inNewWindow)
  }

  #select(): void {
    const position = this.#getPos()
    if (position === undefined) return
    const { state } = this.#view
    this.#view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, position)))
  }
}

/** Whether a press means to follow, and nothing else. */
function isCalled(event: MouseEvent | KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || (event instanceof MouseEvent && event.button === 1)
}
