/**
 * A page of HTML as a document: what imports and pastes read alike. Everything not on the lists below is read for its
 * words only, so nothing that runs or loads can come in. Pages we wrote ourselves keep every space.
 */
import { headingKind } from '../block-kinds.ts'
import type { DocumentShape, NodeShape } from '../document-shape.ts'
import { blobHash, imageSide, imageWidth } from '../flow-node-specs.ts'
import { Losses } from '../losses.ts'
import { mentionedDocument } from '../mention-address.ts'
import { type Content, normalContent } from '../normal-shape.ts'
import { nodeText } from '../plain-text.ts'
import { type Around, BlockWriter, type Marks } from './block-writer.ts'
import { attribute, cellsOf, descendants, type Element, isBetweenBlocks, isElement } from './html-elements.ts'
import { BOXES, isBox, type Node, rowsOf, SILENT, textOf } from './html-elements.ts'
import { alignment, callout, itemFacts, keepsSpaces, marksOf, saysNotBold } from './html-marks.ts'
import { readTable } from './read-table.ts'
import { tidyForeignPage } from './foreign-page.ts'
import { elementsById, isOurs, type PageFacts } from './page-facts.ts'
import { settleBlocks } from './settle-blocks.ts'

const PAGE: Around = { kind: null, attributes: {} }
const QUOTE: Around = { kind: 'quote', attributes: {} }

interface Context {
  readonly marks: Marks
  readonly around: Around
  readonly keepSpaces: boolean
}

export interface HtmlReading {
  /** Keeps a picture that stands in the page itself, by its `data:` address. Answers its name, or null for what is none. */
  readonly keepPicture?: (address: string) => string | null
  /** A page has a title; a piece of one has not, and its headings keep their levels. */
  readonly isPiece?: boolean
  /** What a picture that stays where it is is called when nobody described it. */
  readonly pictureWord?: string
}

export interface HtmlRead {
  readonly shape: DocumentShape
  readonly losses: string[]
  /** Pictures that are neither in the page nor on the web. */
  readonly lostPictures: number
}

/** Changes the tree on the way. `losses` has one phrase for each thing a document can't hold. */
export function treeToShape(page: Element, reading: HtmlReading = {}): HtmlRead {
  const { keepPicture = () => null, isPiece = false, pictureWord = 'picture' } = reading
  const losses = new Losses()
  const own = isOurs(descendants(page.childNodes))
  if (!own) tidyForeignPage(page)
  const elements = descendants(page.childNodes)
  const tops = elements.filter((element) => element.tagName === 'h1').length
  const levelUp = isPiece || tops > 1 ? 0 : 1
  const writer = new BlockWriter(own)
  const reader = new HtmlReader(writer, {
    losses,
    levelUp,
    own,
    byId: elementsById(elements),
    keepPicture,
    pictureWord,
  })
  reader.readAll(page.childNodes, { marks: {}, around: PAGE, keepSpaces: own })
  writer.end()
  const blocks = own ? writer.blocks : settleBlocks(writer.blocks)
  const first = blocks[0]
  if (levelUp === 1 && first?.attributes['kind'] === 'title') {
    const title = nodeText(first).replace(/\n/g, ' ')
    return {
      shape: { title, content: blocks.slice(1).map(withoutTitles) },
      losses: losses.toList(),
      lostPictures: losses.count(LOST_PICTURE),
    }
  }
  const named = own || isPiece ? undefined : elements.find((element) => element.tagName === 'title')
  const title = named === undefined ? '' : textOf(named).replace(/\s+/g, ' ').trim()
  return {
    shape: { title, content: blocks.map(withoutTitles) },
    losses: losses.toList(),
    lostPictures: losses.count(LOST_PICTURE),
  }
}

class HtmlReader {
  readonly #writer: BlockWriter
  readonly #page: PageFacts

  constructor(writer: BlockWriter, page: PageFacts) {
    this.#writer = writer
    this.#page = page
  }

  readAll(nodes: readonly Node[], context: Context): void {
    for (const node of nodes) this.#read(node, context)
  }

  #read(node: Node, context: Context): void {
    if (!isElement(node)) {
      // In our own pages line feeds stand between blocks, for people who look at the source.
      if (context.keepSpaces && isBetweenBlocks(node)) return
      this.#writer.text(node.text, context.marks, context.around, context.keepSpaces)
      return
    }
    if (SILENT.has(node.tagName)) return
    // The way back from a footnote is not part of it.
    if (attribute(node, 'role') === 'doc-backlink') return
    this.#readElement(node, context)
  }

  #readElement(element: Element, context: Context): void {
    const writer = this.#writer
    const tag = element.tagName
    switch (tag) {
      case 'br':
        writer.lineBreak(context.around)
        return
      case 'hr':
        writer.flowNode({ node: 'divider', attributes: {}, content: [] })
        return
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6': {
        const level = Number(tag.slice(1)) - this.#page.levelUp
        const kind = attribute(element, 'data-kind') === 'h6' ? 'h6' : headingKind(level)
        this.#block(element, level === 0 ? 'title' : kind, context)
        return
      }
      case 'pre':
        this.#preformatted(element)
        return
      case 'blockquote':
        writer.end()
        this.readAll(element.childNodes, { ...context, around: QUOTE })
        writer.end()
        return
      case 'ul':
      case 'ol':
      case 'menu':
        writer.enterList(tag === 'ol' ? 'ordered' : 'bullet')
        this.readAll(element.childNodes, { ...context, around: PAGE })
        writer.leaveList()
        return
      case 'li':
        writer.enterItem(attribute(element, 'class') === 'deeper', itemFacts(element, this.#page.own))
        this.readAll(element.childNodes, context)
        writer.leaveItem()
        return
      case 'input':
        if (attribute(element, 'type') === 'checkbox') writer.checkbox(attribute(element, 'checked') !== null)
        return
      case 'table':
        this.#table(element, context)
        return
      case 'dt':
        this.#block(element, null, { ...context, marks: { ...context.marks, bold: {} } })
        return
      case 'figure': {
        const picture = this.#picture(element, context)
        if (picture === null) this.#block(element, null, context)
        else writer.flowNode(picture)
        return
      }
      case 'aside':
        if (attribute(element, 'class') !== 'callout') {
          this.#block(element, null, context)
          return
        }
        writer.end()
        this.readAll(element.childNodes, { ...context, around: callout(element) })
        writer.end()
        return
      case 'section':
        // Where they are referred to, the footnotes hold the words.
        if (attribute(element, 'role') !== 'doc-endnotes') this.#block(element, null, context)
        return
      case 'img':
        this.#image(element, context)
        return
      default: {
        const node = this.#inlineNode(element, context)
        if (node !== null) {
          writer.inlineNode(node, context.around)
          return
        }
        if (BOXES.has(tag)) this.#block(element, null, context)
        else {
          const keepSpaces = context.keepSpaces || keepsSpaces(element)
          this.readAll(element.childNodes, { ...context, keepSpaces, marks: this.#marks(element, context.marks) })
        }
      }
    }
  }

  /** A footnote, a formula or a mention; null for anything else. */
  #inlineNode(element: Element, context: Context): NodeShape | null {
    if (element.tagName === 'a' && attribute(element, 'role') === 'doc-noteref') {
      const target = attribute(element, 'href')?.replace(/^#/, '') ?? ''
      const note = this.#page.byId.get(target)
      if (note === undefined) return null
      return { node: 'footnote', attributes: {}, content: this.#line(note.childNodes, context, {}, true) }
    }
    const document = element.tagName === 'a' ? mentionedDocument(attribute(element, 'href') ?? '') : null
    if (document !== null) {
      const label = textOf(element)
      return { node: 'mention', attributes: label === '' ? { document } : { document, label }, content: [] }
    }
    if (element.tagName !== 'span' || attribute(element, 'class') !== 'math') return null
    return { node: 'math', attributes: {}, content: normalContent([{ text: textOf(element), marks: {} }]) }
  }

  /** What stands in a cell, a caption or a note: its blocks as lines. A note refers to no notes. */
  #line(nodes: readonly Node[], context: Context, marks: Marks = {}, inNote = false): Content {
    const writer = new BlockWriter(this.#page.own)
    const reader = new HtmlReader(writer, inNote ? { ...this.#page, byId: new Map() } : this.#page)
    reader.readAll(nodes, { marks, around: PAGE, keepSpaces: context.keepSpaces })
    writer.end()
    const lines = writer.blocks.map((block) =>
      block.node === 'block' ? block.content : [{ text: nodeText(block), marks: {} }],
    )
    return normalContent(lines.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line])))
  }

  #table(element: Element, context: Context): void {
    const read = (cell: Element) => this.#line(cell.childNodes, context, this.#page.own ? {} : this.#marks(cell, {}))
    const table = readTable(element, this.#page, read)
    if (table === 'layout') this.#block(element, null, context)
    else if (table === 'rows') for (const row of rowsOf(element)) this.#row(row, context)
    else this.#writer.flowNode(table)
  }

  /** A row in one line, as text from a spreadsheet has it. */
  #row(row: Element, context: Context): void {
    this.#writer.enter(null, {})
    for (const [index, cell] of cellsOf(row).entries()) {
      if (index > 0) this.#writer.text('\t', {}, PAGE, true)
      this.#writer.text(textOf(cell).replace(/\s+/g, ' ').trim(), context.marks, PAGE, true)
    }
    this.#writer.leave(false)
  }

  /** A picture that stands alone: kept when its bytes are at hand, else its description and where it is. */
  #image(element: Element, context: Context): void {
    const source = attribute(element, 'src') ?? ''
    const blob = this.#kept(source)
    const alt = (attribute(element, 'alt') ?? '').replace(/\s+/g, ' ').trim()
    if (blob !== null) {
      this.#writer.flowNode({ node: 'image', attributes: alt === '' ? { blob } : { blob, alt }, content: [] })
      return
    }
    // Pictures of a point report that a page was read.
    if (Number(attribute(element, 'width') ?? 9) <= 2 || Number(attribute(element, 'height') ?? 9) <= 2) return
    const link = marksOf('a', { href: source, title: null, style: null })
    const isElsewhere = 'link' in link
    this.#page.losses.note(isElsewhere ? 'a picture, kept as a link' : LOST_PICTURE)
    // An empty description says that it is an ornament.
    const words = isElsewhere && attribute(element, 'alt') === null ? this.#page.pictureWord : alt
    if (words !== '') this.#writer.text(words, { ...link, ...context.marks }, context.around, false)
  }

  /** The name of a picture whose bytes stand in its address, kept now, or null. */
  #kept(source: string): string | null {
    return /^data:image\/(?:png|jpeg|webp|gif);base64,[\w+/=\s]+$/.test(source) ? this.#page.keepPicture(source) : null
  }

  /** A picture of the document, or null for a figure from elsewhere. */
  #picture(figure: Element, context: Context): NodeShape | null {
    const image = descendants(figure.childNodes).find((each) => each.tagName === 'img')
    const blob = this.#kept(attribute(image, 'src') ?? '') ?? blobHash(attribute(figure, 'data-blob'))
    if (blob === null) return null
    const caption = descendants(figure.childNodes).find((each) => each.tagName === 'figcaption')
    const alt = attribute(image, 'alt') ?? ''
    const width = imageWidth(Number(attribute(figure, 'data-width') ?? 0))
    const side = imageSide(attribute(figure, 'data-align'))
    const attributes = {
      blob,
      ...(alt === '' ? {} : { alt }),
      ...(width === null ? {} : { width }),
      ...(side === 'center' ? {} : { align: side }),
    }
    return { node: 'image', attributes, content: caption === undefined ? [] : this.#line(caption.childNodes, context) }
  }

  #block(element: Element, kind: string | null, context: Context): void {
    const { around } = context
    const facts = alignment(element, this.#page.own)
    this.#writer.enter(kind ?? around.kind, kind === null ? { ...around.attributes, ...facts } : facts)
    const keepSpaces = context.keepSpaces || (keepsSpaces(element) && !element.childNodes.some(isBox))
    this.readAll(element.childNodes, { ...context, keepSpaces })
    this.#writer.leave(element.tagName === 'p')
  }

  #preformatted(element: Element): void {
    const inner = descendants(element.childNodes).find((child) => child.tagName === 'code')
    const classes = [inner, element, element.parent ?? undefined].map((each) => attribute(each, 'class') ?? '')
    const named = /(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#.-]+)/.exec(classes.join(' '))
    const lang = attribute(element, 'data-lang') ?? named?.[1] ?? null
    const isMath = attribute(element, 'class') === 'math'
    this.#writer.verbatim(isMath ? 'math' : 'code', textOf(element), isMath ? null : lang)
  }

  /** The marks of what stands in an inline element. */
  #marks(element: Element, around: Marks): Marks {
    const href = attribute(element, 'href')
    const marks = marksOf(element.tagName, {
      href,
      title: attribute(element, 'title'),
      style: attribute(element, 'style'),
      name: attribute(element, 'class'),
    })
    if (element.tagName === 'a' && href !== null && !('link' in marks)) {
      this.#page.losses.note('a link with an address that can not be followed')
    }
    const all: Record<string, Marks[string]> = { ...around, ...marks }
    if (!this.#page.own && saysNotBold(element)) delete all['bold']
    return all
  }
}

const LOST_PICTURE = 'a picture that is not in the page'
const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

/** A heading above all others that turned out not to be the title is the first level. */
function withoutTitles(block: NodeShape): NodeShape {
  const content = normalContent(block.content)
  return block.attributes['kind'] === 'title'
    ? { ...block, attributes: { ...block.attributes, kind: 'h1' }, content }
    : { ...block, content }
}
