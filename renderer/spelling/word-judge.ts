/** What is known of words in one language: right, wrong, or not asked about yet. Each word is asked about once. */

/** Words kept; with more of them all are forgotten, and asked about again when they come up. */
const KEPT = 100_000
/** Words asked about at a time; the contract allows 5,000. */
const AT_ONCE = 2000

export class WordJudge {
  readonly #wrongOf: (words: readonly string[]) => Promise<readonly string[]>
  readonly #known = new Map<string, boolean>()
  readonly #asked = new Set<string>()

  /** `wrongOf` answers which words are wrong. */
  constructor(wrongOf: (words: readonly string[]) => Promise<readonly string[]>) {
    this.#wrongOf = wrongOf
  }

  /** Null while it is not known. */
  isWrong(word: string): boolean | null {
    return this.#known.get(word) ?? null
  }

  /** Resolves when all of the words are known; rejects when they can't be. Words asked about already are not asked again. */
  async ask(words: Iterable<string>): Promise<void> {
    const fresh = [...new Set(words)].filter((word) => !this.#known.has(word) && !this.#asked.has(word))
    if (this.#known.size + fresh.length > KEPT) this.#known.clear()
    for (let at = 0; at < fresh.length; at += AT_ONCE) await this.#askFew(fresh.slice(at, at + AT_ONCE))
  }

  async #askFew(words: readonly string[]): Promise<void> {
    for (const word of words) this.#asked.add(word)
    try {
      const wrong = new Set(await this.#wrongOf(words))
      for (const word of words) this.#known.set(word, wrong.has(word))
    } finally {
      for (const word of words) this.#asked.delete(word)
    }
  }
}
