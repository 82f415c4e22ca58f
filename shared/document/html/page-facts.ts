/** What is known of a whole page before it is read. */
import { HTML_GENERATOR } from '../shape-to-html.ts'
import type { Losses } from '../losses.ts'
import { attribute, type Element } from './html-elements.ts'

export interface PageFacts {
  readonly losses: Losses
  /** How many levels headings move up: one where the first is the title. */
  readonly levelUp: number
  /** Whether Sheaf wrote it: then every space counts. */
  readonly own: boolean
  /** Its elements by their ids, for what refers to them. */
  readonly byId: ReadonlyMap<string, Element>
  /** Keeps a picture by its `data:` address. Answers its name, or null for what is none. */
  readonly keepPicture: (address: string) => string | null
  /** What a picture that stays elsewhere is called when nobody described it. */
  readonly pictureWord: string
}

/** Whether Sheaf wrote a page. */
export function isOurs(elements: readonly Element[]): boolean {
  return elements.some(
    (element) =>
      element.tagName === 'meta' &&
      attribute(element, 'name') === 'generator' &&
      attribute(element, 'content') === HTML_GENERATOR,
  )
}

export function elementsById(elements: readonly Element[]): Map<string, Element> {
  const byId = new Map<string, Element>()
  for (const element of elements) {
    const id = attribute(element, 'id')
    if (id !== null && !byId.has(id)) byId.set(id, element)
  }
  return byId
}
