/**
 * The Markdown export: the title as a first `# ` line, headings of the text from `## ` down, lists nested. An untitled
 * document has no `# ` line at all, so that reading it back never takes a heading for the title.
 */
import type {
  BlockContent,
  FootnoteDefinition,
  Heading,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Table,
  TableCell,
  TableRow,
  Text,
} from 'mdast'
import { toMarkdown } from 'mdast-util-to-markdown'
import type { ItemTree, Tree } from '../block-tree.ts'
import { blockTree, isList } from '../block-tree.ts'
import { mentionAddress } from '../mention-address.ts'
import type { DocumentShape, NodeShape } from '../document-shape.ts'
import type { MarkTree } from '../mark-tree.ts'
import { markTree } from '../mark-tree.ts'
import type { Content } from '../normal-shape.ts'
import { nodeText, wordsOf } from '../plain-text.ts'
import { blockKind, calloutTone, headingLevel } from '../block-kinds.ts'
import {
  BREAK_TAG,
  EMPTY_BLOCK,
  HTML_MARKS,
  MARK_ELEMENTS,
  PICTURE_SCHEME,
  PRINT,
  SEPARATOR,
} from './markdown-dialect.ts'
import { markdownForm } from './markdown-form.ts'

type MarkSpan = Extract<MarkTree, { kind: 'mark' }>

const BYTE_ORDER_MARK = '\uFEFF'

export interface MarkdownOptions {
  /** Where a picture is for whoever reads the text, by its name. */
  readonly pictureAddress?: (name: string) => string
}

/** `losses` has one phrase for each thing the file does not hold. */
export function shapeToMarkdown(
  document: DocumentShape,
  options: MarkdownOptions = {},
): { markdown: string; losses: string[] } {
  const { shape, losses } = markdownForm(document)
  const writer = new MarkdownWriter(options.pictureAddress ?? ((name) => `${PICTURE_SCHEME}${name}`))
  const markdown = toMarkdown(writer.root(shape), PRINT)
  return {
    // A byte order mark at the start of a file would be taken for an encoding.
    markdown: markdown.startsWith(BYTE_ORDER_MARK) ? `&#xFEFF;${markdown.slice(1)}` : markdown,
    losses: losses.toList(),
  }
}

class MarkdownWriter {
  readonly #pictureAddress: (name: string) => string
  readonly #footnotes: FootnoteDefinition[] = []

  constructor(pictureAddress: (name: string) => string) {
    this.#pictureAddress = pictureAddress
  }

  root({ title, content }: DocumentShape): Root {
    const children: RootContent[] = this.#flow(blockTree(content))
    if (title !== '') children.unshift({ type: 'heading', depth: 1, children: [{ type: 'text', value: title }] })
    return { type: 'root', children: [...children, ...this.#footnotes] }
  }

  #flow(trees: readonly Tree[]): BlockContent[] {
    const nodes: BlockContent[] = []
    /** What the last quotation is of: its tone, or null for a plain one. */
    let quoted: string | null = null
    for (const tree of trees) {
      const last = nodes.at(-1)
      if (isList(tree)) {
        nodes.push(
          list(
            tree.list === 'ordered',
            tree.items.map((item) => this.#item(item)),
          ),
        )
        continue
      }
      const kind = tree.node === 'block' ? blockKind(tree.attributes['kind']) : null
      if (kind !== 'quote' && kind !== 'callout') {
        nodes.push(this.#block(tree))
        continue
      }
      const tone = kind === 'callout' ? calloutTone(tree.attributes['tone']) : null
      const paragraph = this.#paragraph(tree)
      if (last?.type === 'blockquote' && quoted === tone) last.children.push(paragraph)
      else nodes.push({ type: 'blockquote', children: tone === null ? [paragraph] : alert(tone, paragraph) })
      quoted = tone
    }
    return nodes
  }

  #item(tree: ItemTree): ListItem {
    const children = this.#flow(tree.children)
    if (tree.block === null) return { type: 'listItem', spread: false, children }
    const task = blockKind(tree.block.attributes['kind']) === 'task'
    return {
      type: 'listItem',
      spread: false,
      checked: task ? tree.block.attributes['checked'] === true : null,
      children: [this.#paragraph(tree.block), ...children],
    }
  }

  #block(node: NodeShape): BlockContent {
    if (node.node === 'divider') return { type: 'thematicBreak' }
    if (node.node === 'image') return { type: 'paragraph', children: [this.#picture(node)] }
    if (node.node === 'table') return this.#table(node)
    const kind = blockKind(node.attributes['kind'])
    const level = headingLevel(kind)
    if (level > 0) {
      const depth = Math.min(level + 1, 6) as Heading['depth']
      return { type: 'heading', depth, children: this.#phrasing(markTree(node.content), true) }
    }
    if (kind === 'math') return { type: 'math', value: nodeText(node) }
    if (kind === 'code') {
      const lang = node.attributes['lang']
      return { type: 'code', value: nodeText(node), lang: typeof lang === 'string' ? lang : null }
    }
    return this.#paragraph(node)
  }

  #paragraph(node: NodeShape): Paragraph {
    const children = this.#phrasing(markTree(node.content), false)
    return { type: 'paragraph', children: children.length === 0 ? [{ type: 'html', value: EMPTY_BLOCK }] : children }
  }

  #picture(node: NodeShape): PhrasingContent {
    const { blob, alt } = node.attributes
    const caption = wordsOf(node.content)
    return {
      type: 'image',
      url: this.#pictureAddress(String(blob)),
      alt: typeof alt === 'string' ? alt : null,
      title: caption === '' ? null : caption,
    }
  }

  #table(node: NodeShape): Table {
    const rows = node.content as readonly NodeShape[]
    const columns = (rows[0]?.content ?? []) as readonly NodeShape[]
    const cell = (content: Content): TableCell => ({
      type: 'tableCell',
      children: this.#phrasing(markTree(content), true),
    })
    const children: TableRow[] = rows.map((row) => ({
      type: 'tableRow',
      children: (row.content as readonly NodeShape[]).map(({ content }) => cell(content)),
    }))
    if (node.attributes['header'] !== true) {
      children.unshift({ type: 'tableRow', children: columns.map(() => cell([])) })
    }
    const align = columns.map(({ attributes }) => SIDES.get(attributes['align']) ?? null)
    return { type: 'table', align, children }
  }

  #phrasing(trees: readonly MarkTree[], oneLine: boolean): PhrasingContent[] {
    return trees.flatMap((tree, index): PhrasingContent[] => {
      switch (tree.kind) {
        case 'text':
          return [tree.code ? { type: 'inlineCode', value: tree.text } : { type: 'text', value: tree.text }]
        case 'node':
          return parted(this.#inlineNode(tree.node, oneLine || index === trees.length - 1), trees[index + 1])
        case 'mark':
          return this.#mark(tree, oneLine)
      }
    })
  }

  /** `tagged`: a break is written as a tag, because Markdown's own would not be read as one here. */
  #inlineNode(node: NodeShape, tagged: boolean): PhrasingContent {
    switch (node.node) {
      case 'footnote':
        return this.#footnote(node)
      case 'math':
        return { type: 'inlineMath', value: nodeText(node) }
      case 'mention': {
        const { document, label } = node.attributes
        const children: Text[] = typeof label === 'string' ? [{ type: 'text', value: label }] : []
        return { type: 'link', url: mentionAddress(String(document)), children }
      }
      default:
        // Breaks are never inside a mark, so this is the last thing in the block.
        return tagged ? { type: 'html', value: BREAK_TAG } : { type: 'break' }
    }
  }

  #footnote(node: NodeShape): PhrasingContent {
    const identifier = String(this.#footnotes.length + 1)
    // A note holds no notes, so this one's number is taken before anything else asks for one.
    const definition: FootnoteDefinition = { type: 'footnoteDefinition', identifier, label: identifier, children: [] }
    this.#footnotes.push(definition)
    definition.children.push(this.#paragraph(node))
    return { type: 'footnoteReference', identifier, label: identifier }
  }

  #mark(tree: MarkSpan, oneLine: boolean): PhrasingContent[] {
    const element = MARK_ELEMENTS[tree.mark]
    // Signs next to a tag may not be read as such, so around tags every mark is a tag.
    if (element !== undefined && (HTML_MARKS.includes(tree.mark) || holdsHtml(tree.children))) {
      const color = tree.attributes['color']
      const open = typeof color === 'string' ? `<${element} class="${color}">` : `<${element}>`
      return [
        { type: 'html', value: open },
        ...this.#phrasing(tree.children, oneLine),
        { type: 'html', value: `</${element}>` },
      ]
    }
    const children = this.#phrasing(tree.children, oneLine)
    switch (tree.mark) {
      case 'bold':
        return [{ type: 'strong', children }]
      case 'italic':
        return [{ type: 'emphasis', children }]
      case 'strike':
        return [{ type: 'delete', children }]
      default:
        return [link(tree, children)]
    }
  }
}

const SIDES: ReadonlyMap<unknown, 'center' | 'right'> = new Map([
  ['center', 'center'],
  ['end', 'right'],
])

function list(ordered: boolean, children: ListItem[]): List {
  return { type: 'list', ordered, spread: false, ...(ordered ? { start: 1 } : {}), children }
}

/** The sign of an alert and its first words: on the line below it, where no tag is in the way. */
function alert(tone: string, { children }: Paragraph): Paragraph[] {
  const sign = `[!${tone.toUpperCase()}]`
  const first = children[0]?.type
  return first === 'html' || first === 'break'
    ? [
        { type: 'paragraph', children: [{ type: 'html', value: sign }] },
        { type: 'paragraph', children },
      ]
    : [{ type: 'paragraph', children: [{ type: 'html', value: `${sign}\n` }, ...children] }]
}

/** A node and, where what follows would change how its end is read, a separator. */
function parted(node: PhrasingContent, next: MarkTree | undefined): PhrasingContent[] {
  if (next === undefined) return [node]
  const words = next.kind === 'text' ? next.text : ''
  const joins =
    (node.type === 'inlineMath' && (/^\d/.test(words) || (next.kind === 'node' && next.node.node === 'math'))) ||
    // At the start of a line it would define the footnote.
    (node.type === 'footnoteReference' && words.startsWith(':'))
  return joins ? [node, { type: 'html', value: SEPARATOR }] : [node]
}

function holdsHtml(trees: readonly MarkTree[]): boolean {
  return trees.some((tree) => tree.kind === 'mark' && (HTML_MARKS.includes(tree.mark) || holdsHtml(tree.children)))
}

function link(tree: MarkSpan, children: PhrasingContent[]): PhrasingContent {
  const { href, title } = tree.attributes
  const url = typeof href === 'string' ? href : ''
  const only = tree.children[0]
  if (title === undefined && tree.children.length === 1 && only?.kind === 'text' && only.text === url) {
    if (!only.code && /^https?:\/\/[\x21-\x3B\x3D\x3F-\x7B\x7D\x7E]+$/.test(url))
      return { type: 'html', value: `<${url}>` }
  }
  return {
    type: 'link',
    url,
    title: typeof title === 'string' ? title : null,
    children: children as Extract<PhrasingContent, { type: 'link' }>['children'],
  }
}
