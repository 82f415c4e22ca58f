/** Where paragraphs stand in the lists of a Word file: which item they are, or how deep in the last item they go in. */
import { valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import type { ListLevel } from './read-numbering.ts'
import type { WordFile } from './word-file.ts'

export interface ListItem {
  readonly id: string
  readonly depth: number
  readonly level: ListLevel
}

const BOXES = ['☐', '☑', '☒', '❏', '❑', '□', '\uf0a8', '\uf06f', '\uf0fe']
/** Twentieths of a point by which words may stand further out than their list begins. */
const TOLERANCE = 30

export class ListPlaces {
  readonly #word: WordFile
  /** The list the last item was of, and how deep what follows may stand in it. */
  #list: { readonly id: string; readonly deepest: number } | null = null

  constructor(word: WordFile) {
    this.#word = word
  }

  /** The item a paragraph of this kind is, or null. Numbered headings are headings. */
  item(look: XmlElement | undefined, style: string | null, kind: string | null): ListItem | null {
    if (kind !== null && kind !== 'quote') return null
    const { numbering, styles } = this.#word
    const own = within(look, 'w:numPr')
    const inherited = styles.property(style, 'w:pPr', 'w:numPr')
    const id = valueOf(within(own, 'w:numId')) ?? valueOf(within(inherited, 'w:numId'))
    if (id === null || id === '0') return null
    const depth = Number(valueOf(within(own, 'w:ilvl')) ?? valueOf(within(inherited, 'w:ilvl')) ?? 0)
    const level = numbering.level(id, depth)
    return level === null || !Number.isInteger(depth) || depth < 0 || depth > 8 ? null : { id, depth, level }
  }

  isTask({ level }: ListItem): boolean {
    if (this.#word.isOwn) return level.format === 'none'
    return level.format === 'bullet' && BOXES.includes(level.text)
  }

  enter(id: string, depth: number): void {
    this.#list = { id, deepest: depth }
  }

  leave(): void {
    this.#list = null
  }

  /** How deep a paragraph stands in the list before it: as deep as its words begin. */
  depthInside(look: XmlElement | undefined, style: string | null, names: readonly string[]): number {
    const own = within(look, 'w:ind')?.attributes
    const inherited = names.some((name) => name.startsWith('list'))
      ? this.#word.styles.property(style, 'w:pPr', 'w:ind')?.attributes
      : undefined
    const left = Number(own?.['w:left'] ?? own?.['w:start'] ?? inherited?.['w:left'] ?? 0)
    const list = this.#list
    let depth = 0
    for (let level = 0; list !== null && level <= list.deepest; level++) {
      const begins = this.#word.numbering.level(list.id, level)?.left ?? 360 * (level + 1)
      if (left > 0 && begins <= left + TOLERANCE) depth = level + 1
    }
    this.#list = list === null || depth === 0 ? null : { id: list.id, deepest: depth - 1 }
    return depth
  }
}
