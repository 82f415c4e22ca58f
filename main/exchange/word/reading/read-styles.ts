/** The styles of a Word file, by what they are named and what they are based on. */
import { elementsOf, isOn, valueOf, within, type XmlElement } from '../package/xml-tree.ts'

interface Style {
  readonly id: string
  /** In lower case: programs write the names of built-in styles either way. */
  readonly name: string
  readonly basedOn: string | null
  readonly element: XmlElement
}

export class WordStyles {
  readonly #styles = new Map<string, Style>()
  /** The style of paragraphs that name none. */
  readonly #normal: string | null
  /** Of the whole document, or null. */
  readonly language: string | null

  constructor(part: XmlElement | null) {
    let normal: string | null = null
    for (const element of elementsOf(part ?? undefined)) {
      const id = element.attributes['w:styleId']
      if (element.name !== 'w:style' || id === undefined) continue
      const name = (valueOf(within(element, 'w:name')) ?? id).toLowerCase()
      this.#styles.set(id, { id, name, basedOn: valueOf(within(element, 'w:basedOn')), element })
      const isDefault = ['1', 'true', 'on'].includes(element.attributes['w:default'] ?? '')
      if (isDefault && element.attributes['w:type'] === 'paragraph') normal = id
    }
    this.#normal = normal
    this.language = valueOf(within(part ?? undefined, 'w:docDefaults', 'w:rPrDefault', 'w:rPr', 'w:lang'))
  }

  has(id: string): boolean {
    return this.#styles.has(id)
  }

  /** The style and all it is based on, nearest first. */
  chain(id: string | null): readonly Style[] {
    const chain: Style[] = []
    for (let next = id ?? this.#normal; next !== null && chain.length < 20; ) {
      const style = this.#styles.get(next)
      if (style === undefined || chain.includes(style)) break
      chain.push(style)
      next = style.basedOn
    }
    return chain
  }

  /** The nearest value of a property, such as `w:pPr`, `w:numPr`. */
  property(id: string | null, ...path: readonly string[]): XmlElement | undefined {
    for (const style of this.chain(id)) {
      const found = within(style.element, ...path)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** What a style of words says about one of them, such as `w:b`; null when nothing. */
  isOn(id: string | null, name: string): boolean | null {
    return id === null ? null : isOn(this.property(id, 'w:rPr', name))
  }
}
