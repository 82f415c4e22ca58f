/**
 * The wavy lines under wrong words, as one CSS highlight: ranges over the text that is drawn. Neither the document nor the
 * DOM changes, so a mark that comes or goes disturbs no caret, no composition and no other mark.
 */

/** The highlight's name, known to spelling.css. */
const NAME = 'misspelled'

interface Drawn {
  readonly key: readonly unknown[]
  readonly ranges: readonly Range[]
}

export class SpellingInk {
  readonly #drawn = new Map<Node, Drawn>()
  readonly #highlight: Highlight | null

  constructor() {
    // What draws nothing, as in tests without a browser, has no highlights either.
    this.#highlight = typeof Highlight === 'undefined' ? null : new Highlight()
    if (this.#highlight === null) return
    // Screen readers say it as they say it of any wrong word.
    this.#highlight.type = 'spelling-error'
    CSS.highlights.set(NAME, this.#highlight)
  }

  /** Draws lines in a block in place of those it had. The parts of `key` stand for what was drawn; see `isDrawn`. */
  draw(block: Node, key: readonly unknown[], ranges: readonly Range[]): void {
    this.#erase(block)
    this.#drawn.set(block, { key, ranges })
    for (const range of ranges) this.#highlight?.add(range)
  }

  /** Whether the block's lines are those of `key`, and still stand under their words. */
  isDrawn(block: Node, key: readonly unknown[]): boolean {
    const drawn = this.#drawn.get(block)
    if (drawn === undefined || !drawn.key.every((part, at) => part === key[at])) return false
    return drawn.ranges.every((range) => !range.collapsed && range.startContainer.isConnected)
  }

  /** Erases the lines of blocks that are gone, and of those that are not among `kept`. */
  keepOnly(kept: ReadonlySet<Node>): void {
    for (const block of this.#drawn.keys()) if (!kept.has(block) || !block.isConnected) this.#erase(block)
  }

  clear(): void {
    this.#drawn.clear()
    this.#highlight?.clear()
  }

  /** Takes the highlight away, unless another page has put its own in the place. */
  close(): void {
    this.clear()
    if (this.#highlight !== null && CSS.highlights.get(NAME) === this.#highlight) CSS.highlights.delete(NAME)
  }

  #erase(block: Node): void {
    for (const range of this.#drawn.get(block)?.ranges ?? []) this.#highlight?.delete(range)
    this.#drawn.delete(block)
  }
}
