/** A tally of what a format could not hold, told to the person afterwards. Never contains document text. */
export class Losses {
  readonly #counts = new Map<string, number>()

  note(what: string, times = 1): void {
    if (times > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + times)
  }

  count(what: string): number {
    return this.#counts.get(what) ?? 0
  }

  /** One phrase each, such as "text alignment (3)". */
  toList(): string[] {
    return [...this.#counts].map(([what, count]) => `${what} (${count})`)
  }
}
