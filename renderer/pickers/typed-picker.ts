/**
 * A list that follows what a person types after a sign, without its looks: hears the keys while it is open, and takes what
 * is chosen. The caret stays on the page; `aria-activedescendant` says which item it would take.
 */
import { type EditorState, Plugin } from 'prosemirror-state'
import type { DecorationSet, EditorView } from 'prosemirror-view'
import { Observable } from '../window/observable.ts'
import { nextQuery, type QueryRules, type TypedQuery } from './typed-query.ts'

/** What fits a query. */
export interface Offer<Item> {
  /** In the order they are shown. */
  readonly items: readonly Item[]
  /** What Enter takes; null while it takes nothing. */
  readonly chosen: Item | null
}

export abstract class TypedPicker<Item, Found extends Offer<Item>> {
  /** What is offered, and the position on the page of the sign; null while there is nothing to show. */
  readonly open = new Observable<(Found & { readonly from: number }) | null>(null)
  /** The id of the list's element. */
  abstract readonly listId: string
  readonly #rules: QueryRules
  #view: EditorView | null = null
  #query: TypedQuery | null = null

  constructor(rules: QueryRules) {
    this.#rules = rules
  }

  /** The id of an item's element. */
  abstract idOf(item: Item): string
  /** What is offered for a query; null for nothing. */
  protected abstract find(state: EditorState, query: TypedQuery): Found | null
  /** Does what an item means, in place of sign and query. */
  protected abstract take(view: EditorView, item: Item, query: TypedQuery): void
  /** Hears what is typed, before it is on the page. Answers whether it is dealt with. */
  protected typed?(query: TypedQuery, text: string, view: EditorView): boolean
  protected decorate?(state: EditorState, query: TypedQuery): DecorationSet | null

  plugin(): Plugin {
    const { key } = this.#rules
    return new Plugin<TypedQuery | null>({
      key,
      state: { init: () => null, apply: (tr, before) => nextQuery(tr, before, this.#rules) },
      view: (view) => {
        this.#view = view
        this.#look(view)
        return { update: () => this.#look(view) }
      },
      props: {
        handleKeyDown: (_view, event) => this.#hear(event),
        handleTextInput: (view, _from, _to, text) => {
          const query = key.getState(view.state)
          return query ? (this.typed?.(query, text, view) ?? false) : false
        },
        attributes: (state): Record<string, string> => {
          const open = key.getState(state) ? this.open.get() : null
          if (open === null) return {}
          const pointed = open.chosen === null ? {} : { 'aria-activedescendant': this.idOf(open.chosen) }
          return { 'aria-controls': this.listId, 'aria-haspopup': 'listbox', ...pointed }
        },
        decorations: (state) => {
          const query = key.getState(state)
          return query ? this.decorate?.(state, query) : null
        },
        handleDOMEvents: {
          blur: () => {
            this.close()
            return false
          },
        },
      },
    })
  }

  /** Points at an item, as the pointer does. */
  point(item: Item): void {
    const open = this.open.get()
    if (open !== null && !this.#same(open.chosen, item)) this.#show({ ...open, chosen: item })
  }

  choose(item: Item): void {
    const query = this.#view === null ? null : this.#rules.key.getState(this.#view.state)
    if (this.#view !== null && query) this.take(this.#view, item, query)
  }

  /** Closes the list; what was typed stays. */
  close(): void {
    const view = this.#view
    const { key } = this.#rules
    if (view !== null && !view.isDestroyed && key.getState(view.state))
      view.dispatch(view.state.tr.setMeta(key, 'close'))
  }

  #look(view: EditorView): void {
    const query = this.#rules.key.getState(view.state) ?? null
    if (query === this.#query) return
    const typedOn = this.#query?.query !== query?.query || this.#query?.sign !== query?.sign
    this.#query = query
    if (query === null || !view.editable) {
      this.open.set(null)
      return
    }
    const before = this.open.get()
    const found = before !== null && !typedOn ? before : this.find(view.state, query)
    if (found === null) this.open.set(null)
    else this.#show({ ...found, from: query.from })
  }

  #show(open: Found & { readonly from: number }): void {
    this.open.set(open)
    const view = this.#view
    // `aria-activedescendant` follows once this update of the view is over.
    if (view !== null) queueMicrotask(() => !view.isDestroyed && view.setProps({}))
  }

  #hear(event: KeyboardEvent): boolean {
    const open = this.open.get()
    if (open === null || event.ctrlKey || event.metaKey || event.altKey) return false
    switch (event.key) {
      case 'ArrowDown':
        return this.#step(open, 1)
      case 'ArrowUp':
        return this.#step(open, -1)
      case 'Enter':
      case 'Tab':
        if (event.shiftKey || open.chosen === null) return false
        this.choose(open.chosen)
        return true
      case 'Escape':
        this.#dismiss()
        return true
      default:
        return false
    }
  }

  /** A sign that a command put there goes away with the list, unless something was typed behind it. */
  #dismiss(): void {
    const view = this.#view
    const query = view === null ? null : this.#rules.key.getState(view.state)
    if (view === null || !query) return
    const tr = view.state.tr.setMeta(this.#rules.key, 'close')
    view.dispatch(query.asked && query.query === '' ? tr.delete(query.from, query.to) : tr)
  }

  #step({ items, chosen }: Offer<Item>, by: 1 | -1): boolean {
    const at = items.findIndex((item) => this.#same(item, chosen))
    const next = items[at === -1 && by === -1 ? items.length - 1 : (at + by + items.length) % items.length]
    if (next !== undefined) this.point(next)
    return true
  }

  #same(a: Item | null, b: Item | null): boolean {
    return a !== null && b !== null && this.idOf(a) === this.idOf(b)
  }
}
