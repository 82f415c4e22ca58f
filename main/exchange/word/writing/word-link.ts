/** A link of a Word file. The library's own knows no title, and is named by chance. */
import { type IContext, type IXmlableObject, NextAttributeComponent, type TextRun, XmlComponent } from 'docx'

const RELATIONSHIP = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink'

export interface LinkTarget {
  readonly href: string
  readonly title?: string
}

export class WordLink extends XmlComponent {
  readonly #id: string
  readonly #address: string

  /** `number` is the link's own among all of the file. */
  constructor(number: number, { href, title }: LinkTarget, words: readonly TextRun[]) {
    super('w:hyperlink')
    this.#id = `Link${number}`
    // A place in the page stands beside the address: Word escapes its sign otherwise.
    const place = href.indexOf('#')
    const isPlace = place > 0 && place < href.length - 1
    this.#address = isPlace ? href.slice(0, place) : href
    this.root.push(
      new NextAttributeComponent({
        id: { key: 'r:id', value: `rId${this.#id}` },
        ...(isPlace ? { anchor: { key: 'w:anchor', value: href.slice(place + 1) } } : {}),
        ...(title === undefined ? {} : { tooltip: { key: 'w:tooltip', value: title } }),
        history: { key: 'w:history', value: '1' },
      }),
      ...words,
    )
  }

  override prepForXml(context: IContext): IXmlableObject | undefined {
    context.viewWrapper.Relationships.addRelationship(this.#id, RELATIONSHIP, this.#address, 'External')
    return super.prepForXml(context)
  }
}
