/**
 * The HTML import: any page or fragment, mapped to what a document can hold. Everything not on the lists below is read
 * for its words only, so nothing that runs or loads can come in. Pages we wrote ourselves keep every space.
 */
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { headingKind } from '../../shared/document/block-kinds.ts'
import type { DocumentShape, NodeShape } from '../../shared/document/document-shape.ts'
import { blobHash, imageSide, imageWidth } from '../../shared/document/flow-node-specs.ts'
import { Losses } from '../../shared/document/losses.ts'
import { mentionedDocument } from '../../shared/document/mention-address.ts'
import { type Content, normalContent } from '../../shared/document/normal-shape.ts'
import { nodeText } from '../../shared/document/plain-text.ts'
import { HTML_GENERATOR } from '../../shared/document/shape-to-html.ts'
import { type Around, BlockWriter, type Marks } from './block-writer.ts'
import {
  attribute,
  cellsOf,
  descendants,
  type Element,
  isBetweenBlocks,
  type Node,
  rowsOf,
  textOf,
} from './html-elements.ts'
import { alignment, callout, cellFacts, itemFacts, marksOf } from './html-marks.ts'

/** Elements whose content is not part of what the page says. */
const SILENT = new Set(
  'script style template noscript iframe object embed svg math select textarea button canvas audio video head'.split(
    ' ',
  ),
)
const BLOCKS = new Set(
  'address article body center dd details dialog div dl dt fieldset figcaption footer form header hgroup html main nav p summary'.split(
    ' ',
  ),
)

const PAGE: Around = { kind: null, attributes: {} }
const QUOTE: Around = { kind: 'quote', attributes: {} }

interface Context {
  readonly marks: Marks
  readonly around: Around
  readonly keepSpaces: boolean
}

/** Keeps a picture that stands in the page itself. Answers its name, or null for what is no picture. */
export type PictureKeeper = (bytes: Uint8Array) => string | null

/** Never throws: every text is HTML. `losses` has one phrase for each thing a document can't hold. */
export function htmlToShape(
  html: string,
  keepPicture: PictureKeeper = () => null,
): { shape: DocumentShape; losses: string[] } {
  const losses = new Losses()
  const page = parse(html)
  const elements = descendants(page.childNodes)
  const own = elements.some(
    (element) =>
      element.tagName === 'meta' &&
      attribute(element, 'name') === 'generator' &&
      attribute(element, 'content') === HTML_GENERATOR,
  )
  const tops = elements.filter((element) => element.tagName === 'h1').length
  const writer = new BlockWriter(own)
  const reader = new HtmlReader(writer, { losses, levelUp: tops <= 1 ? 1 : 0, own, elements, keepPicture })
  reader.readAll(page.childNodes, { marks: {}, around: PAGE, keepSpaces: own })
  writer.end()
  const blocks = writer.blocks
  const first = blocks[0]
  if (tops === 1 && first?.attributes['kind'] === 'title') {
    const title = nodeText(first).replace(/\n/g, ' ')
    return { shape: { title, content: blocks.slice(1).map(withoutTitles) }, losses: losses.toList() }
  }
  const named = own ? undefined : elements.find((element) => element.tagName === 'title')
  const title = named === undefined ? '' : textOf(named).replace(/\s+/g, ' ').trim()
  return { shape: { title, content: blocks.map(withoutTitles) }, losses: losses.toList() }
}

/** What is known of the whole page. */
interface PageFacts {
  readonly losses: Losses
  readonly levelUp: number
  /** Whether Sheaf wrote it: then every space counts. */
  readonly own: boolean
  /** All its elements, for what refers to them. */
  readonly elements: readonly Element[]
  readonly keepPicture: PictureKeeper
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
    if (node.nodeName === '#text') {
      const { value } = node as DefaultTreeAdapterTypes.TextNode
      // In our own pages line feeds stand between blocks, for people who look at the source.
      if (context.keepSpaces && isBetweenBlocks(node)) return
      this.#writer.text(value, context.marks, context.around, context.keepSpaces)
      return
    }
    if (!('tagName' in node) || SILENT.has(node.tagName)) return
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
        writer.enterItem(attribute(element, 'class') === 'deeper', itemFacts(element))
        this.readAll(element.childNodes, context)
        writer.leaveItem()
        return
      case 'input':
        if (attribute(element, 'type') === 'checkbox') writer.checkbox(attribute(element, 'checked') !== null)
        return
      case 'table':
        writer.flowNode(this.#table(element, context))
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
      case 'img': {
        const source = attribute(element, 'src') ?? ''
        const blob = this.#kept(source)
        if (blob !== null) {
          const alt = attribute(element, 'alt') ?? ''
          writer.flowNode({ node: 'image', attributes: alt === '' ? { blob } : { blob, alt }, content: [] })
          return
        }
        this.#page.losses.note('a picture, kept as a link')
        const link = marksOf('a', { href: source, title: null, style: null })
        writer.text(attribute(element, 'alt') || 'picture', { ...context.marks, ...link }, context.around, false)
        return
      }
      default: {
        const node = this.#inlineNode(element, context)
        if (node !== null) {
          writer.inlineNode(node, context.around)
          return
        }
        if (BLOCKS.has(tag)) this.#block(element, null, context)
        else this.readAll(element.childNodes, { ...context, marks: { ...context.marks, ...this.#marks(element) } })
      }
    }
  }

  /** A footnote, a formula or a mention; null for anything else. */
  #inlineNode(element: Element, context: Context): NodeShape | null {
    if (element.tagName === 'a' && attribute(element, 'role') === 'doc-noteref') {
      const target = attribute(element, 'href')?.replace(/^#/, '') ?? ''
      const note = this.#page.elements.find((each) => attribute(each, 'id') === target)
      if (note === undefined) return null
      return { node: 'footnote', attributes: {}, content: this.#line(note.childNodes, context, []) }
    }
    const document = element.tagName === 'a' ? mentionedDocument(attribute(element, 'href') ?? '') : null
    if (document !== null) {
      const label = textOf(element)
      return { node: 'mention', attributes: label === '' ? { document } : { document, label }, content: [] }
    }
    if (element.tagName !== 'span' || attribute(element, 'class') !== 'math') return null
    return { node: 'math', attributes: {}, content: normalContent([{ text: textOf(element), marks: {} }]) }
  }

  /** What stands in a cell, a caption or a note: its blocks as lines. */
  #line(nodes: readonly Node[], context: Context, elements = this.#page.elements): Content {
    const writer = new BlockWriter(this.#page.own)
    const reader = new HtmlReader(writer, { ...this.#page, elements })
    reader.readAll(nodes, { marks: {}, around: PAGE, keepSpaces: context.keepSpaces })
    writer.end()
    const lines = writer.blocks.map((block) =>
      block.node === 'block' ? block.content : [{ text: nodeText(block), marks: {} }],
    )
    return normalContent(lines.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line])))
  }

  #table(element: Element, context: Context): NodeShape {
    const rows = rowsOf(element)
    const first = cellsOf(rows[0])
    const header =
      attribute(element, 'class') === 'headed' ||
      (!this.#page.own && first.length > 0 && first.every((cell) => cell.tagName === 'th'))
    if (
      !this.#page.own &&
      descendants(element.childNodes).some((cell) => attribute(cell, 'colspan') ?? attribute(cell, 'rowspan'))
    ) {
      this.#page.losses.note('cells of a table that were joined')
    }
    return {
      node: 'table',
      attributes: header ? { header: true } : {},
      content: rows.map((row) => ({
        node: 'table_row',
        attributes: {},
        content: cellsOf(row).flatMap((cell) => [
          { node: 'table_cell', attributes: cellFacts(cell), content: this.#line(cell.childNodes, context) },
          // A cell as wide as several takes their places.
          ...Array.from({ length: Math.min(Number(attribute(cell, 'colspan') ?? 1) || 1, 100) - 1 }, () => EMPTY_CELL),
        ]),
      })),
    }
  }

  /** The name of a picture whose bytes stand in its address, kept now, or null. */
  #kept(source: string): string | null {
    const match = /^data:image\/(?:png|jpeg|webp|gif);base64,([\w+/=\s]+)$/.exec(source)
    return match?.[1] === undefined ? null : this.#page.keepPicture(new Uint8Array(Buffer.from(match[1], 'base64')))
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
    this.#writer.enter(
      kind ?? around.kind,
      kind === null ? { ...around.attributes, ...alignment(element) } : alignment(element),
    )
    this.readAll(element.childNodes, context)
    this.#writer.leave(element.tagName === 'p')
  }

  #preformatted(element: Element): void {
    const inner = descendants(element.childNodes).find((child) => child.tagName === 'code')
    const named = /(?:^|\s)lang(?:uage)?-(\S+)/.exec(
      `${attribute(element, 'class') ?? ''} ${attribute(inner, 'class') ?? ''}`,
    )
    const lang = attribute(element, 'data-lang') ?? named?.[1] ?? null
    const isMath = attribute(element, 'class') === 'math'
    this.#writer.verbatim(isMath ? 'math' : 'code', textOf(element), isMath ? null : lang)
  }

  #marks(element: Element): Marks {
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
    return marks
  }
}

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }
const EMPTY_CELL: NodeShape = { node: 'table_cell', attributes: {}, content: [] }

/** A heading above all others that turned out not to be the title is the first level. */
function withoutTitles(block: NodeShape): NodeShape {
  const content = normalContent(block.content)
  return block.attributes['kind'] === 'title'
    ? { ...block, attributes: { ...block.attributes, kind: 'h1' }, content }
    : { ...block, content }
}
