/**
 * The matches on a page, remembered block by block: a keystroke, one's own or another person's, costs one block.
 *
 * Words are found when they are asked for. Expressions are found by a worker, a moment later, or given up.
 */
import type { Node } from 'prosemirror-model'
import { findPlaces } from './find-places.ts'
import type { FindPattern } from './find-query.ts'
import { type FoundInNode, FoundPlaces } from './found-places.ts'
import type { PatternSearch } from './pattern-search.ts'
import { textParts } from './text-parts.ts'

const NO_MATCHES: readonly FoundInNode[] = []

export interface MatchFinderPorts {
  /** The page as it stands now, or null when it is gone. */
  page(): Node | null
  /** Matches of an expression have arrived, or it was given up. */
  onFound(): void
}

export class MatchFinder {
  readonly #search: PatternSearch
  readonly #ports: MatchFinderPorts
  #pattern: FindPattern = { kind: 'none' }
  #found = new WeakMap<Node, readonly FoundInNode[]>()
  #places: { readonly page: Node; readonly places: FoundPlaces } | null = null
  /** Blocks an expression has not been looked for in yet are on their way to the worker. */
  #searching = false
  #slow = false
  #afterwards: (() => void) | null = null

  constructor(search: PatternSearch, ports: MatchFinderPorts) {
    this.#search = search
    this.#ports = ports
  }

  /** Why there is nothing to find, or null. */
  get problem(): { readonly kind: 'bad'; readonly reason: string } | { readonly kind: 'slow' } | null {
    if (this.#slow) return { kind: 'slow' }
    return this.#pattern.kind === 'bad' ? this.#pattern : null
  }

  /** What is looked for, or null. */
  get pattern(): RegExp | null {
    return this.#pattern.kind === 'plain' || this.#pattern.kind === 'regex' ? this.#pattern.pattern : null
  }

  /** Looks for something else from now on. */
  setPattern(pattern: FindPattern): void {
    this.#search.stop()
    this.#pattern = pattern
    this.#found = new WeakMap()
    this.#places = null
    this.#slow = false
    this.#afterwards = null
  }

  /** What is known of the matches on a page now: of words everything, of an expression what the worker has answered. */
  places(page: Node): FoundPlaces {
    if (this.#places?.page !== page) {
      this.#places = { page, places: new FoundPlaces(page, (node) => this.#foundIn(node)) }
    }
    return this.#places.places
  }

  /** Does something once every block has been searched, at once when they have been; not at all when it is given up. */
  whenSearched(work: () => void): void {
    this.#afterwards = work
    this.searchOn()
  }

  /** Looks for an expression in the blocks that have not been searched. With `again`, also for one that was given up. */
  searchOn(again = false): void {
    if (again) this.#slow = false
    const page = this.#ports.page()
    if (this.#searching || this.#slow || page === null) return
    if (this.#pattern.kind === 'regex') {
      const missing = page.children.filter((node) => !this.#found.has(node))
      if (missing.length > 0) {
        this.#ask(this.#pattern.pattern, missing)
        return
      }
    }
    const work = this.#afterwards
    this.#afterwards = null
    work?.()
  }

  stop(): void {
    this.#search.stop()
  }

  end(): void {
    this.#afterwards = null
    this.#search.end()
  }

  #ask(pattern: RegExp, nodes: readonly Node[]): void {
    this.#searching = true
    const texts = nodes.flatMap((node) => textParts(node).map(({ text }) => text))
    void this.#search.find(pattern, texts).then((places) => {
      this.#searching = false
      if (this.#ports.page() === null) return
      // An answer about an expression that is not looked for any more says nothing.
      if (this.pattern === pattern) this.#take(nodes, places)
      this.searchOn()
      this.#ports.onFound()
    })
  }

  #take(nodes: readonly Node[], places: readonly (readonly number[])[] | null): void {
    this.#places = null
    if (places === null) {
      this.#slow = true
      this.#afterwards = null
      return
    }
    let part = 0
    for (const node of nodes) {
      const { length } = textParts(node)
      this.#keep(node, places.slice(part, part + length))
      part += length
    }
  }

  #foundIn(node: Node): readonly FoundInNode[] {
    const known = this.#found.get(node)
    if (known !== undefined) return known
    if (this.#pattern.kind !== 'plain') return NO_MATCHES
    const { pattern } = this.#pattern
    return this.#keep(
      node,
      textParts(node).map(({ text }) => findPlaces(pattern, text)),
    )
  }

  #keep(node: Node, places: readonly (readonly number[])[]): readonly FoundInNode[] {
    const matches = textParts(node)
      .flatMap((part, index) =>
        pairs(places[index] ?? []).map(([at, end]) => ({ from: part.start + at, to: part.start + end, part })),
      )
      .sort((a, b) => a.from - b.from)
    this.#found.set(node, matches)
    return matches
  }
}

function pairs(places: readonly number[]): readonly (readonly [number, number])[] {
  return Array.from({ length: places.length / 2 }, (_, index) => [places[index * 2] ?? 0, places[index * 2 + 1] ?? 0])
}
