/** A card as it stands beside a node of the page: the node's words to write in, and what else there is to say of it. */
import type { Node } from 'prosemirror-model'
import type { EditorView, NodeViewConstructor } from 'prosemirror-view'
import { type PagePlace, pagePlace, placeOfBox, putBeside } from '../pickers/page-place.ts'
import { linkUnder } from '../links/link-under.ts'
import { hearInCard } from './card-keys.ts'
import type { CardNode, CardPlace } from './card-node.ts'
import { innerDecorations } from './inner-decorations.ts'
import { NodeEditor } from './node-editor.ts'

/** What a kind of node has a card of its own for. */
export interface CardKind {
  readonly className: string
  readonly role: string
  /** What it is called, by the element it is drawn as. */
  label(drawn: HTMLElement | null): string
  /** What an empty field says. */
  placeholder(): string
  /** More than the words, below them. */
  makeFoot?(foot: CardFoot): { readonly dom: HTMLElement; show?(node: Node): void }
}

/** What the foot of a card can ask for. */
export interface CardFoot {
  readonly page: EditorView
  place(): CardPlace
}

export interface CardParts {
  readonly kinds: Readonly<Record<CardNode, CardKind>>
  /** How nodes among the words are drawn. */
  readonly nodeViews: Readonly<Record<string, NodeViewConstructor>>
  /** Follows a link among the words. */
  openLink(href: string): void
}

export class OpenCard {
  readonly dom = document.createElement('div')
  readonly #page: EditorView
  readonly #kind: CardKind
  readonly #editor: NodeEditor
  readonly #foot: ReturnType<NonNullable<CardKind['makeFoot']>> | null
  #place: CardPlace
  #marked: HTMLElement | null = null

  constructor(page: EditorView, place: CardPlace, { kinds, nodeViews, openLink }: CardParts) {
    const kind = kinds[place.name]
    this.#page = page
    this.#kind = kind
    this.#place = place
    this.dom.className = `page-card card-editor ${kind.className}`
    this.dom.setAttribute('role', kind.role)
    const mount = this.dom.appendChild(document.createElement('div'))
    this.#foot = kind.makeFoot?.({ page, place: () => this.#place }) ?? null
    if (this.#foot !== null) this.dom.append(this.#foot.dom)
    this.#column().append(this.dom)
    this.#editor = new NodeEditor(page, mount, {
      place,
      nodeViews,
      attributes: () => this.#attributes(),
      decorations: () => innerDecorations(this.#drawn()),
      hearKey: (event) => hearInCard(event, { page, inner: this.#editor.view, place: this.#place }),
    })
    this.#editor.view.dom.addEventListener('focus', () => this.#takeSelection())
    mount.addEventListener('click', (event) => {
      const href = linkUnder(event)
      if (href !== null && (event.ctrlKey || event.metaKey || !page.editable)) openLink(href)
    })
    this.update(place)
  }

  /** Whether it can go on showing what stands at a place now. */
  fits(place: CardPlace): boolean {
    return place.name === this.#place.name && place.node.type.schema === this.#editor.schema
  }

  update(place: CardPlace): void {
    this.#mark(false)
    this.#place = place
    this.#mark(true)
    this.dom.setAttribute('aria-label', this.#kind.label(this.#drawn()))
    this.#editor.update(place)
    this.#foot?.show?.(place.node)
    this.put()
  }

  /** Puts it beside its node, wherever that is by now. */
  put(): void {
    const column = this.#column()
    const line = pagePlace(this.#page, column, this.#place.pos)
    const box = this.#drawn()?.getBoundingClientRect()
    const drawn = box === undefined ? line : placeOfBox(box, column)
    // A raised number ends above its line, a tall formula below it.
    const lower = drawn.bottom > line.bottom ? drawn : line
    const higher = drawn.top < line.top ? drawn : line
    putBeside(this.dom, { ...higher, left: drawn.left, bottom: lower.bottom, roomBelow: lower.roomBelow })
  }

  isComposing(): boolean {
    return this.#editor.view.composing
  }

  hasFocus(): boolean {
    return this.dom.contains(document.activeElement)
  }

  focus(): void {
    this.#editor.view.focus()
  }

  /** Where a position of the page stands, if it is one among these words. */
  placeOf(position: number): PagePlace | null {
    const { pos, node } = this.#place
    const within = position - pos - 1
    return within < 0 || within > node.content.size ? null : pagePlace(this.#editor.view, this.#column(), within)
  }

  close(): void {
    this.#mark(false)
    this.#editor.destroy()
    this.dom.remove()
  }

  #column(): HTMLElement {
    return this.#page.dom.parentElement ?? this.#page.dom
  }

  /** The element of the node on the page. */
  #drawn(): HTMLElement | null {
    const dom = this.#page.nodeDOM(this.#place.pos)
    return dom instanceof HTMLElement ? dom : null
  }

  /** Shows on the page what the card is about. */
  #mark(open: boolean): void {
    this.#marked?.classList.remove('is-open')
    this.#marked = open ? this.#drawn() : null
    this.#marked?.classList.add('is-open')
  }

  #attributes(): Record<string, string> {
    const { node } = this.#place
    return {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': this.#kind.label(this.#drawn()),
      class: node.content.size === 0 ? 'words words--empty' : 'words',
      dir: node.type.spec.code === true ? 'ltr' : 'auto',
      'aria-placeholder': this.#kind.placeholder(),
      ...(node.type.spec.code === true ? { spellcheck: 'false' } : {}),
      ...this.#pickerAttributes(),
    }
  }

  /** What the page says of a list that is open at the caret is said of the field the keyboard is in. */
  #pickerAttributes(): Record<string, string> {
    const names = ['aria-controls', 'aria-haspopup', 'aria-activedescendant']
    const { dom } = this.#page
    return Object.fromEntries(
      names.flatMap((name) => (dom.hasAttribute(name) ? [[name, dom.getAttribute(name) ?? '']] : [])),
    )
  }

  /** Who comes into the field comes into the words. */
  #takeSelection(): void {
    if (this.#place.inside || !this.#page.editable) return
    const { view } = this.#editor
    view.dispatch(view.state.tr.setSelection(view.state.selection))
  }
}
