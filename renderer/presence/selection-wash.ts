/**
 * The soft colour under words that others have selected: a CSS highlight for each colour of people. Neither the document
 * nor the DOM changes, so it disturbs no caret, no composition, no copy and no line.
 */
import { PERSON_COLORS } from '../../shared/membership/person-color.ts'

export interface Washed {
  readonly color: number
  readonly range: Range
}

export class SelectionWash {
  readonly #highlights: readonly Highlight[]

  constructor() {
    // What draws nothing, as in tests without a browser, has no highlights either.
    if (typeof Highlight === 'undefined') this.#highlights = []
    else this.#highlights = Array.from({ length: PERSON_COLORS }, () => new Highlight())
  }

  /** Draws these in place of all that were drawn. */
  draw(washed: readonly Washed[]): void {
    this.#highlights.forEach((highlight, color) => {
      const ranges = washed.filter((each) => each.color === color).map(({ range }) => range)
      if (ranges.length === highlight.size && ranges.every((range, at) => isSame(range, [...highlight][at]))) return
      highlight.clear()
      for (const range of ranges) highlight.add(range)
      if (ranges.length > 0) CSS.highlights.set(nameOf(color), highlight)
      else this.#forget(color, highlight)
    })
  }

  /** Takes all of it away. What another page has put in the place stays. */
  close(): void {
    this.#highlights.forEach((highlight, color) => {
      highlight.clear()
      this.#forget(color, highlight)
    })
  }

  #forget(color: number, highlight: Highlight): void {
    if (CSS.highlights.get(nameOf(color)) === highlight) CSS.highlights.delete(nameOf(color))
  }
}

/** Known to presence.css. */
function nameOf(color: number): string {
  return `person-${color + 1}`
}

function isSame(range: Range, other: AbstractRange | undefined): boolean {
  return (
    other !== undefined &&
    range.startContainer === other.startContainer &&
    range.startOffset === other.startOffset &&
    range.endContainer === other.endContainer &&
    range.endOffset === other.endOffset
  )
}
