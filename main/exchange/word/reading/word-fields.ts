/** The fields that are open where a line is read: Word's way to say that words are a link, a page number or a date. */
import type { Attributes } from '../../../../shared/document/document-shape.ts'
import { safeHref } from '../../../../shared/document/safe-href.ts'

interface Field {
  instruction: string
  /** Whether what is read now is what the field shows, no longer what it says. */
  shown: boolean
}

/** Fields may hold one another, and may span paragraphs. */
const DEEPEST = 32

export class WordFields {
  readonly #open: Field[] = []
  /** Fields deeper than any page has, which are not looked at. */
  #beyond = 0

  /** `begin`, `separate` or `end`. */
  step(kind: string): void {
    if (kind === 'begin') {
      if (this.#open.length < DEEPEST) this.#open.push({ instruction: '', shown: false })
      else this.#beyond++
    }
    if (this.#beyond > 0) {
      if (kind === 'end') this.#beyond--
      return
    }
    const field = this.#open.at(-1)
    if (kind === 'separate' && field !== undefined) field.shown = true
    if (kind === 'end') this.#open.pop()
  }

  instruct(words: string): void {
    const field = this.#open.at(-1)
    if (field !== undefined && !field.shown) field.instruction += words
  }

  /** What a field says ends with its paragraph, whatever the file says: words must not stay out of sight. */
  endParagraph(): void {
    while (this.#open.at(-1)?.shown === false) this.#open.pop()
    this.#beyond = 0
  }

  /** Whether what is read now is an instruction, not words. */
  get isHidden(): boolean {
    return this.#open.some((field) => !field.shown)
  }

  /** Where the words that are read now lead, or null. */
  get link(): Attributes | null {
    for (const field of this.#open.toReversed()) {
      const link = field.shown ? fieldLink(field.instruction) : null
      if (link !== null) return link
    }
    return null
  }
}

/** Where a field leads, or null for one that leads nowhere. */
export function fieldLink(instruction: string): Attributes | null {
  const address = /^\s*HYPERLINK\s+"([^"]*)"/i.exec(instruction)?.[1]
  const place = /\\l\s+"([^"]+)"/i.exec(instruction)?.[1]
  const href = address === undefined ? null : safeHref(place === undefined ? address : `${address}#${place}`)
  if (href === null) return null
  const title = /\\o\s+"([^"]*)"/i.exec(instruction)?.[1] ?? ''
  return title === '' ? { href } : { href, title }
}
