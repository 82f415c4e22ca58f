/**
 * Windowing: in a long document only the blocks near the screen and near the selection are laid out; all others stay in
 * the page without a box, and space of about their height stands for them.
 *
 * A browser lays out, and reads for input methods, every block there is at each key: at 10,000 blocks a key took
 * 80 ms. Which blocks have boxes is said by one style sheet with `:nth-child` rules, so neither the document nor a
 * decoration nor the DOM changes.
 */
import type { Node } from 'prosemirror-model'
import { type Command, type EditorState, Plugin, Selection, TextSelection } from 'prosemirror-state'
import { keydownHandler } from 'prosemirror-keymap'
import type { EditorView } from 'prosemirror-view'
import { BlockHeights } from './block-heights.ts'
import { changedBlocks } from './changed-blocks.ts'
import { listNumbersAt } from '../lists/list-numbers.ts'
import { type Gap, gapsBetween, type Span, type Stand, windowStyles } from './window-styles.ts'

/** Blocks from which on a document is long. */
const LONG = 1000
/** Screens above and below the visible one that have boxes, and how many must be left before more are given. */
const AHEAD = 2
const LEAST_AHEAD = 0.75
/** Blocks around each end of the selection that have boxes. */
const AROUND = 3

/** Blocks that a change may add without anything being prepared for them. */
const MANY = 300

const windows = new WeakMap<EditorView, PageWindow>()

/**
 * Prepares the page for a state with many more blocks, before the view shows it: the view sets the browser's selection as
 * soon as the blocks are there, which would give all of them boxes, and takes minutes in a block that has none.
 */
export function makeRoom(view: EditorView, next: EditorState): void {
  const { childCount } = next.doc
  if (childCount < LONG || childCount - view.state.doc.childCount < MANY) return
  windowOf(view).prepare(next)
}

/** Gives a position's block a box and brings it near the screen, if it has none: for what is shown and not gone to. */
export function layOut(view: EditorView, position: number): void {
  windows.get(view)?.reveal(position)
}

function windowOf(view: EditorView): PageWindow {
  const made = windows.get(view) ?? new PageWindow(view)
  windows.set(view, made)
  return made
}

export function windowing(): Plugin {
  const follow = (view: EditorView, before: Node) => {
    if (view.state.doc.childCount < LONG) close(view)
    else if (windows.has(view)) windowOf(view).update(before)
    else windowOf(view)
  }
  const close = (view: EditorView) => {
    windows.get(view)?.close()
    windows.delete(view)
  }
  return new Plugin({
    view: (view) => {
      follow(view, view.state.doc)
      return {
        update: (_view, before) => follow(view, before.doc),
        destroy: () => close(view),
      }
    },
    props: {
      handleScrollToSelection: (view) => {
        windows.get(view)?.reveal(view.state.selection.head)
        return false
      },
      handleKeyDown: keydownHandler({
        'Mod-Home': toEdge('start', false),
        'Mod-End': toEdge('end', false),
        'Shift-Mod-Home': toEdge('start', true),
        'Shift-Mod-End': toEdge('end', true),
      }),
    },
  })
}

/** The browser knows no way to words that have no box. */
function toEdge(edge: 'start' | 'end', extend: boolean): Command {
  return ({ doc, selection, tr }, dispatch) => {
    if (doc.childCount < LONG) return false
    const target = edge === 'start' ? Selection.atStart(doc) : Selection.atEnd(doc)
    if (!extend) dispatch?.(tr.setSelection(target).scrollIntoView())
    else dispatch?.(tr.setSelection(TextSelection.between(selection.$anchor, target.$head)).scrollIntoView())
    return true
  }
}

class PageWindow {
  readonly #view: EditorView
  readonly #scroller: HTMLElement
  readonly #styles = new CSSStyleSheet()
  readonly #heights: BlockHeights
  readonly #resizes: ResizeObserver
  /** What has boxes, in order; null before anything was placed. */
  #spans: readonly Span[] | null = null
  #gaps: readonly Gap[] = []
  #shown = ''

  constructor(view: EditorView) {
    this.#view = view
    this.#scroller = scrollerOf(view.dom)
    this.#heights = new BlockHeights(view.dom)
    this.#resizes = new ResizeObserver(() => {
      if (this.#heights.measurePage()) this.#place()
    })
    this.#resizes.observe(view.dom)
    view.dom.ownerDocument.adoptedStyleSheets.push(this.#styles)
    this.#scroller.addEventListener('scroll', this.#scrolled, { passive: true })
    this.#place()
  }

  /** Follows the document and the selection. Costs next to nothing while somebody types within a block. */
  update(before: Node): void {
    const { doc } = this.#view.state
    if (doc.childCount !== before.childCount || !this.#holdsSelection() || this.#hasFarChange(before)) this.#place()
  }

  /** Chooses what has boxes in a page that is about to be shown. */
  prepare({ doc, selection }: EditorState): void {
    this.#choose(doc, selection)
  }

  /** Gives a position a place near the screen, if it has none. */
  reveal(position: number): void {
    const index = indexOf(this.#view.state.doc, position)
    if (this.#spans === null || !this.#isFar(index)) return
    const { clientHeight } = this.#scroller
    this.#scroller.scrollTop = this.#pageTop() + this.#heights.offset(this.#view.state.doc, index) - clientHeight / 2
    this.#place()
  }

  /** Gives every block its box again. */
  close(): void {
    this.#resizes.disconnect()
    this.#scroller.removeEventListener('scroll', this.#scrolled)
    const { adoptedStyleSheets } = this.#view.dom.ownerDocument
    const at = adoptedStyleSheets.indexOf(this.#styles)
    if (at >= 0) adoptedStyleSheets.splice(at, 1)
  }

  readonly #scrolled = (): void => {
    if (this.#spans === null || this.#view.composing) return
    const { from, to } = this.#visible(this.#view.state.doc, LEAST_AHEAD)
    if (!this.#spans.some((span) => span.from <= from && span.to >= to)) this.#place()
  }

  /** Chooses what has boxes, keeping what is on the screen where it is. */
  #place(): void {
    const { doc, selection } = this.#view.state
    const anchor = this.#spans === null ? null : this.#anchor()
    this.#choose(doc, selection)
    this.#measure()
    if (anchor !== null) {
      const moved = anchor.element.getBoundingClientRect().top - anchor.top
      if (Math.abs(moved) >= 1) this.#scroller.scrollTop += moved
    }
  }

  #choose(doc: Node, selection: Selection): void {
    const spans = [this.#visible(doc, AHEAD), ...this.#around(doc, selection)]
    const { spans: merged, gaps } = gapsBetween(spans, doc.childCount)
    this.#spans = merged
    this.#gaps = gaps
    this.#show(windowStyles(gaps, doc.childCount, (gap) => this.#standFor(doc, gap)))
  }

  #standFor(doc: Node, gap: Gap): Stand {
    const numbers = gap.to < doc.childCount ? listNumbersAt(doc, gap.to) : []
    return { height: this.#heights.between(doc, gap.from, gap.to), numbers }
  }

  #show(styles: string): void {
    if (styles === this.#shown) return
    this.#withoutPage(() => this.#styles.replaceSync(styles))
    this.#shown = styles
  }

  /**
   * Does something while the page is not shown. Of a page that is, the browser asks each block which child it is as soon as
   * such rules change, and counts from the first one: 4 s at 20,000 blocks.
   */
  #withoutPage(change: () => void): void {
    const { dom } = this.#view
    const { scrollTop } = this.#scroller
    dom.style.display = 'none'
    dom.getBoundingClientRect()
    change()
    dom.style.display = ''
    this.#scroller.scrollTop = scrollTop
  }

  /** The block at the top of the screen and where it is. */
  #anchor(): { readonly element: Element; readonly top: number } | null {
    const edge = this.#scroller.getBoundingClientRect().top
    for (const { from, to } of this.#spans ?? []) {
      for (let index = from; index < to; index++) {
        const element = this.#view.dom.children[index]
        const box = element?.getBoundingClientRect()
        if (element && box && box.height > 0 && box.bottom > edge) return { element, top: box.top }
      }
    }
    return null
  }

  /** The blocks on the screen and on `ahead` screens above and below, by what is known of their heights. */
  #visible(doc: Node, ahead: number): Span {
    const { scrollTop, clientHeight } = this.#scroller
    const top = scrollTop - this.#pageTop()
    const reach = Math.max(clientHeight, 400) * ahead
    return this.#heights.blocksBetween(doc, top - reach, top + clientHeight + reach)
  }

  #around(doc: Node, { anchor, head }: Selection): Span[] {
    const count = doc.childCount
    return [anchor, head].map((position) => {
      const index = indexOf(doc, position)
      return { from: Math.max(0, index - AROUND), to: Math.min(count, index + AROUND + 1) }
    })
  }

  #holdsSelection(): boolean {
    const { anchor, head } = this.#view.state.selection
    return ![anchor, head].some((position) => this.#isFar(indexOf(this.#view.state.doc, position)))
  }

  /** Whether a block without a box is another than before: its height and its number may be others too. */
  #hasFarChange(before: Node): boolean {
    const { from, after } = changedBlocks(before, this.#view.state.doc)
    return this.#gaps.some((gap) => gap.from < after && gap.to > from)
  }

  #isFar(index: number): boolean {
    return this.#gaps.some((gap) => index >= gap.from && index < gap.to)
  }

  #measure(): void {
    for (const { from, to } of this.#spans ?? []) this.#heights.measure(this.#view.state.doc, from, to)
  }

  /** Where the page begins within what scrolls. */
  #pageTop(): number {
    const { top } = this.#view.dom.getBoundingClientRect()
    return top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop
  }
}

function indexOf(doc: Node, position: number): number {
  return Math.min(doc.resolve(Math.min(position, doc.content.size)).index(0), Math.max(doc.childCount - 1, 0))
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent
  }
  return element.ownerDocument.documentElement
}
