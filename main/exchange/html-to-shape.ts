/**
 * The HTML import: any page or fragment, mapped to what a document can hold. Everything not on the lists below is read
 * for its words only, so nothing that runs or loads can come in. Pages we wrote ourselves keep every space.
 */
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import type { DocumentShape, NodeShape } from '../../shared/document/document-shape.ts'
import { Losses } from '../../shared/document/losses.ts'
import { normalContent } from '../../shared/document/normal-shape.ts'
import { nodeText } from '../../shared/document/plain-text.ts'
import { HTML_GENERATOR } from '../../shared/document/shape-to-html.ts'
import { BlockWriter, type Marks } from './block-writer.ts'
import { alignment, attribute, marksOf } from './html-marks.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** Elements whose content is not part of what the page says. */
const SILENT = new Set(
  'script style template noscript iframe object embed svg math select textarea button canvas audio video head'.split(
    ' ',
  ),
)
const BLOCKS = new Set(
  'address article aside body center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup html main nav p section summary'.split(
    ' ',
  ),
)

interface Context {
  readonly marks: Marks
  readonly quoted: boolean
  readonly keepSpaces: boolean
}

/** Never throws: every text is HTML. `losses` has one phrase for each thing a document can't hold. */
export function htmlToShape(html: string): { shape: DocumentShape; losses: string[] } {
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
  const reader = new HtmlReader(writer, losses, tops <= 1 ? 1 : 0)
  reader.readAll(page.childNodes, { marks: {}, quoted: false, keepSpaces: own })
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

class HtmlReader {
  readonly #writer: BlockWriter
  readonly #losses: Losses
  readonly #levelUp: number

  constructor(writer: BlockWriter, losses: Losses, levelUp: number) {
    this.#writer = writer
    this.#losses = losses
    this.#levelUp = levelUp
  }

  readAll(nodes: readonly Node[], context: Context): void {
    for (const node of nodes) this.#read(node, context)
  }

  #read(node: Node, context: Context): void {
    if (node.nodeName === '#text') {
      const { value } = node as DefaultTreeAdapterTypes.TextNode
      // In our own pages line feeds stand between blocks, for people who look at the source.
      if (context.keepSpaces && isBetweenBlocks(node)) return
      this.#writer.text(value, context.marks, context.quoted, context.keepSpaces)
      return
    }
    if (!('tagName' in node) || SILENT.has(node.tagName)) return
    this.#readElement(node, context)
  }

  #readElement(element: Element, context: Context): void {
    const writer = this.#writer
    const tag = element.tagName
    switch (tag) {
      case 'br':
        writer.lineBreak(context.quoted)
        return
      case 'hr':
        writer.divider()
        return
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6': {
        const level = Number(tag.slice(1)) - this.#levelUp
        if (level > 3) this.#losses.note('a heading deeper than three levels')
        const kind = level === 0 ? 'title' : `h${Math.min(level, 3)}`
        this.#block(element, kind, context)
        return
      }
      case 'pre':
        this.#preformatted(element)
        return
      case 'blockquote':
        writer.end()
        this.readAll(element.childNodes, { ...context, quoted: true })
        writer.end()
        return
      case 'ul':
      case 'ol':
      case 'menu':
        writer.enterList(tag === 'ol' ? 'ordered' : 'bullet')
        this.readAll(element.childNodes, { ...context, quoted: false })
        writer.leaveList()
        return
      case 'li':
        writer.enterItem(attribute(element, 'class') === 'deeper', alignment(element))
        this.readAll(element.childNodes, context)
        writer.leaveItem()
        return
      case 'input':
        if (attribute(element, 'type') === 'checkbox') writer.checkbox(attribute(element, 'checked') !== null)
        return
      case 'tr':
        writer.end()
        element.childNodes
          .filter((cell) => cell.nodeName === 'td' || cell.nodeName === 'th')
          .forEach((cell, index) => {
            if (index > 0) writer.text(' | ', {}, false, true)
            writer.text(textOf(cell).replace(/\s+/g, ' ').trim(), {}, false, true)
          })
        writer.end()
        return
      case 'table':
        this.#losses.note('a table, kept as lines of text')
        writer.end()
        this.readAll(element.childNodes, context)
        writer.end()
        return
      case 'img': {
        const source = attribute(element, 'src') ?? ''
        this.#losses.note('a picture, kept as a link')
        const link = marksOf('a', { href: source, title: null, style: null })
        writer.text(attribute(element, 'alt') || 'picture', { ...context.marks, ...link }, context.quoted, false)
        return
      }
      default:
        if (BLOCKS.has(tag)) this.#block(element, null, context)
        else this.readAll(element.childNodes, { ...context, marks: { ...context.marks, ...this.#marks(element) } })
    }
  }

  #block(element: Element, kind: string | null, context: Context): void {
    this.#writer.enter(kind ?? (context.quoted ? 'quote' : null), alignment(element))
    this.readAll(element.childNodes, context)
    this.#writer.leave(element.tagName === 'p')
  }

  #preformatted(element: Element): void {
    const inner = descendants(element.childNodes).find((child) => child.tagName === 'code')
    const named = /(?:^|\s)lang(?:uage)?-(\S+)/.exec(
      `${attribute(element, 'class') ?? ''} ${attribute(inner, 'class') ?? ''}`,
    )
    const lang = attribute(element, 'data-lang') ?? named?.[1] ?? null
    this.#writer.code(textOf(element), lang)
  }

  #marks(element: Element): Marks {
    const href = attribute(element, 'href')
    const marks = marksOf(element.tagName, {
      href,
      title: attribute(element, 'title'),
      style: attribute(element, 'style'),
    })
    if (element.tagName === 'a' && href !== null && !('link' in marks)) {
      this.#losses.note('a link with an address that can not be followed')
    }
    return marks
  }
}

const CONTAINERS = new Set(['html', 'body', 'article', 'ul', 'ol', 'blockquote'])

function isBetweenBlocks(node: Node): boolean {
  return CONTAINERS.has(node.parentNode?.nodeName ?? '')
}

function descendants(nodes: readonly Node[]): Element[] {
  const found: Element[] = []
  for (const node of nodes) {
    if (!('tagName' in node)) continue
    found.push(node, ...descendants(node.childNodes))
  }
  return found
}

function textOf(node: Node): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value
  if (node.nodeName === 'br') return '\n'
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

/** A heading above all others that turned out not to be the title is the first level. */
function withoutTitles(block: NodeShape): NodeShape {
  const content = normalContent(block.content)
  return block.attributes['kind'] === 'title'
    ? { ...block, attributes: { ...block.attributes, kind: 'h1' }, content }
    : { ...block, content }
}
