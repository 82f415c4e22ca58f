/** All matches on a page, in its order, by number and by position: what is counted, shown and gone through. */
import type { Node } from 'prosemirror-model'
import type { TextPart } from './text-parts.ts'

/** A match in one child of the page; positions from the one before that child. */
export interface FoundInNode {
  readonly from: number
  readonly to: number
  readonly part: TextPart
}

/** A match on the page. */
export interface Found {
  readonly from: number
  readonly to: number
  /** The text it stands in, and where there. */
  readonly text: string
  readonly at: number
}

export class FoundPlaces {
  readonly total: number
  /** Of each child of the page with matches: its position, its matches, and how many stand before it. */
  readonly #positions: number[] = []
  readonly #lists: (readonly FoundInNode[])[] = []
  readonly #before: number[] = []

  constructor(page: Node, foundIn: (node: Node) => readonly FoundInNode[]) {
    let total = 0
    page.forEach((node, position) => {
      const list = foundIn(node)
      if (list.length === 0) return
      this.#positions.push(position)
      this.#lists.push(list)
      this.#before.push(total)
      total += list.length
    })
    this.total = total
  }

  /** The match with a number from 0, or null. */
  get(number: number): Found | null {
    const group = lastAtMost(this.#before, number)
    const place = this.#lists[group]?.[number - (this.#before[group] ?? 0)]
    return place === undefined ? null : found(place, this.#positions[group] ?? 0)
  }

  /** The number of the first match that begins at or after a position; `total` when there is none. */
  firstFrom(position: number): number {
    const group = lastAtMost(this.#positions, position)
    if (group === -1) return 0
    const list = this.#lists[group] ?? []
    const start = this.#positions[group] ?? 0
    const within = list.findIndex((place) => start + place.from >= position)
    return (this.#before[group] ?? 0) + (within === -1 ? list.length : within)
  }

  /** The number of the match that stands exactly there, or -1. */
  numberOf(from: number, to: number): number {
    const number = this.firstFrom(from)
    const match = this.get(number)
    return match !== null && match.from === from && match.to === to ? number : -1
  }

  /** The matches that begin between two positions. */
  between(from: number, to: number): readonly Found[] {
    const matches: Found[] = []
    for (let number = this.firstFrom(from); number < this.total; number++) {
      const match = this.get(number)
      if (match === null || match.from > to) break
      matches.push(match)
    }
    return matches
  }

  /** The matches of each child of the page that has any, in the page's order. */
  byNode(): readonly (readonly Found[])[] {
    return this.#lists.map((list, group) => list.map((place) => found(place, this.#positions[group] ?? 0)))
  }
}

function found({ from, to, part }: FoundInNode, position: number): Found {
  return { from: position + from, to: position + to, text: part.text, at: from - part.start }
}

/** The index of the last number that is at most `value`, or -1, in ascending numbers. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
