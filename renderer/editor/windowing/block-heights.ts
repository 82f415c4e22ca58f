/** How tall the blocks of a page are: measured where they have been on the screen, guessed from their length elsewhere. */
import type { Node } from 'prosemirror-model'
import type { Span } from './window-styles.ts'

/** A letter's width in parts of the letter size, on average. */
const LETTER = 0.45

export class BlockHeights {
  readonly #page: HTMLElement
  /** CSS pixels from the top of a block to the top of the next. */
  #measured = new WeakMap<Node, number>()
  #width = 0
  #line = 28
  #letters = 70
  /** Tops of all blocks of one document, and its bottom. */
  #tops: { readonly doc: Node; readonly tops: Float64Array } | null = null

  constructor(page: HTMLElement) {
    this.#page = page
    this.measurePage()
  }

  /** Looks at the page's width and letters anew. Answers whether blocks have other heights now. */
  measurePage(): boolean {
    const style = getComputedStyle(this.#page)
    const size = Number.parseFloat(style.fontSize) || 18
    const line = Number.parseFloat(style.lineHeight) || size * 1.5
    const width = this.#page.clientWidth
    if (width === this.#width && line === this.#line) return false
    this.#width = width
    this.#line = line
    this.#letters = Math.max(10, width / (size * LETTER))
    this.#measured = new WeakMap()
    this.#tops = null
    return true
  }

  /** Measures the blocks `from` to `to`, which have boxes. */
  measure(doc: Node, from: number, to: number): void {
    const { children } = this.#page
    let top = children[from]?.getBoundingClientRect().top
    for (let index = from; index < to; index++) {
      const box = children[index]?.getBoundingClientRect()
      const next = index + 1 < to ? children[index + 1]?.getBoundingClientRect().top : box?.bottom
      if (box === undefined || top === undefined || next === undefined) return
      if (index < doc.childCount) this.#measured.set(doc.child(index), next - top)
      top = next
    }
    this.#tops = null
  }

  /** CSS pixels from the top of the page to a block. */
  offset(doc: Node, index: number): number {
    return this.#topsOf(doc)[index] ?? 0
  }

  between(doc: Node, from: number, to: number): number {
    return this.offset(doc, to) - this.offset(doc, from)
  }

  /** The blocks that touch a stretch of the page; at least one. */
  blocksBetween(doc: Node, top: number, bottom: number): Span {
    const tops = this.#topsOf(doc)
    const from = Math.min(lastAtOrBefore(tops, top), doc.childCount - 1)
    return { from, to: Math.min(Math.max(lastAtOrBefore(tops, bottom) + 1, from + 1), doc.childCount) }
  }

  #topsOf(doc: Node): Float64Array {
    if (this.#tops?.doc === doc) return this.#tops.tops
    const tops = new Float64Array(doc.childCount + 1)
    doc.forEach((block, _offset, index) => {
      tops[index + 1] = (tops[index] ?? 0) + (this.#measured.get(block) ?? this.#guess(block))
    })
    this.#tops = { doc, tops }
    return tops
  }

  #guess(block: Node): number {
    return this.#line * (Math.ceil(Math.max(1, block.content.size) / this.#letters) + 0.5)
  }
}

/** The last index whose value is at most `value`; 0 when none is. */
function lastAtOrBefore(values: Float64Array, value: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
