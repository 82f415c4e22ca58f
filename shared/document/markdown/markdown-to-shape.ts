/**
 * The Markdown import. A single `# ` heading at the start is the title and all other headings move up one; a file with
 * several `# ` headings, or one further down, is untitled and keeps its levels.
 */
import type {
  BlockContent,
  Blockquote,
  DefinitionContent,
  Heading,
  Image,
  List,
  ListItem,
  Paragraph,
  Root,
  RootContent,
  Table,
} from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { DocumentShape, NodeShape } from '../document-shape.ts'
import { blobHash } from '../flow-node-specs.ts'
import { Losses } from '../losses.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent } from '../normal-shape.ts'
import { nodeText } from '../plain-text.ts'
import type { BlockKind } from '../block-kinds.ts'
import { headingKind, MAX_DEPTH, storedKind, type Tone, TONES } from '../block-kinds.ts'
import { EMPTY_BLOCK, PARSE, PICTURE_SCHEME } from './markdown-dialect.ts'
import { huggingMarks, withBreaks } from './inline-form.ts'
import { linesOf, notesIn, onlyBreaks, type PhrasingReader, readPhrasing, sourceOf } from './read-phrasing.ts'

type Flow = RootContent | BlockContent | DefinitionContent

/** What the words stand in: nothing, a quotation, or a callout of some tone. */
type Around = 'page' | 'quote' | Tone

interface Reader extends PhrasingReader {
  readonly blocks: NodeShape[]
  readonly levelUp: number
}

export interface MarkdownReading {
  /** The name of the document's picture that an address stands for, or null when it is none. */
  readonly pictureNamed?: (address: string) => string | null
  /** A piece of a text has no title, and its headings keep their levels. */
  readonly isPiece?: boolean
}

/** Never throws: every text is Markdown. `losses` has one phrase for each thing a document can't hold. */
export function markdownToShape(
  markdown: string,
  reading: MarkdownReading = {},
): { shape: DocumentShape; losses: string[] } {
  const losses = new Losses()
  const { source, title: matterTitle } = withoutFrontMatter(markdown, losses)
  const root: Root = fromMarkdown(source, PARSE)
  const first = root.children[0]
  const tops = root.children.filter((node) => node.type === 'heading' && node.depth === 1)
  const isPiece = reading.isPiece === true
  const titled = !isPiece && tops.length === 1 && tops[0] === first
  const reader: Reader = {
    blocks: [],
    losses,
    source,
    ...notesIn(root),
    pictureNamed: reading.pictureNamed ?? namedByScheme,
    levelUp: !isPiece && (titled || tops.length === 0) ? 1 : 0,
  }
  const body = titled ? root.children.slice(1) : root.children
  const title = titled ? titleText(first as Heading, reader) : matterTitle
  for (const node of body) readFlow(node, 0, 'page', reader)
  return { shape: { title, content: reader.blocks }, losses: losses.toList() }
}

function titleText(heading: Heading, reader: Reader): string {
  const content = readPhrasing(heading.children, reader)
  return nodeText({ node: 'block', attributes: {}, content }).replace(/\n/g, ' ')
}

function namedByScheme(address: string): string | null {
  return address.startsWith(PICTURE_SCHEME) ? blobHash(address.slice(PICTURE_SCHEME.length)) : null
}

function readFlow(node: Flow, depth: number, around: Around, reader: Reader): void {
  switch (node.type) {
    case 'paragraph': {
      const image = node.children.length === 1 ? node.children[0] : undefined
      if (image?.type === 'image' && addPicture(image, reader)) return
      addWords(isEmptyMark(node, reader) ? [] : read(node.children, reader), depth, around, reader)
      return
    }
    case 'heading':
      add(headingKind(node.depth - reader.levelUp), depth, read(node.children, reader), reader)
      return
    case 'code': {
      const lang = [node.lang, node.meta].filter((part) => typeof part === 'string' && part !== '').join(' ')
      add('code', depth, [{ text: node.value, marks: {} }], reader, lang === '' ? {} : { lang })
      return
    }
    case 'math':
      add('math', depth, [{ text: node.value, marks: {} }], reader)
      return
    case 'thematicBreak':
      reader.blocks.push({ node: 'divider', attributes: {}, content: [] })
      return
    case 'blockquote':
      readQuote(node, depth, reader)
      return
    case 'list':
      readList(node, depth, reader)
      return
    case 'html':
      readHtml(node.value, around, depth, reader)
      return
    case 'table':
      readTable(node, reader)
      return
    case 'definition':
      // Where it is used, the link holds the address.
      return
    case 'footnoteDefinition':
      // Where it is referred to, the footnote holds the words.
      if (reader.referred.has(node.identifier)) return
      reader.losses.note('a footnote that nothing refers to, kept as a paragraph')
      add('paragraph', depth, linesOf(node, reader), reader)
      return
    default:
      reader.losses.note('something this version can not read, kept as its Markdown')
      add('paragraph', depth, [{ text: sourceOf(node, reader), marks: {} }], reader)
  }
}

/** A picture that stands alone; its title is the caption. Answers whether it is one of the document's. */
function addPicture({ url, alt, title }: Image, reader: Reader): boolean {
  const blob = reader.pictureNamed(url)
  if (blob === null) return false
  const caption = normalContent([{ text: title ?? '', marks: {} }])
  reader.blocks.push({ node: 'image', attributes: alt ? { blob, alt } : { blob }, content: caption })
  return true
}

/** A quotation, or, when its first line is the sign of an alert, a callout. */
function readQuote(quote: Blockquote, depth: number, reader: Reader): void {
  const [first, ...rest] = quote.children
  const sign = first?.type === 'paragraph' ? alertSign(first, reader) : null
  const around: Around = sign === null ? 'quote' : sign.tone
  const children = sign === null ? quote.children : [...(sign.below === null ? [] : [sign.below]), ...rest]
  if (children.length === 0) addWords([], depth, around, reader)
  for (const child of children) {
    if (child.type !== 'paragraph') reader.losses.note('something other than paragraphs in a quote')
    readFlow(child, depth, around, reader)
  }
}

/** The tone of an alert and what stands below its sign in the same paragraph, or null for a quotation's first words. */
function alertSign(paragraph: Paragraph, reader: Reader): { tone: Tone; below: Paragraph | null } | null {
  const [first, ...rest] = paragraph.children
  if (first?.type !== 'text' || !sourceOf(first, reader).startsWith('[!')) return null
  const match = /^\[!([a-z]+)\][ \t]*(?:\r?\n|$)/i.exec(first.value)
  const tone = TONES.find((each) => each === match?.[1]?.toLowerCase())
  if (match === null || tone === undefined || (match[0].length === first.value.length && rest[0]?.type === 'break'))
    return null
  const value = first.value.slice(match[0].length)
  const children = value === '' ? rest : [{ ...first, value }, ...rest]
  return { tone, below: children.length === 0 ? null : { ...paragraph, children } }
}

function readTable(table: Table, reader: Reader): void {
  const [head, ...body] = table.children.map((row) => row.children.map((cell) => read(cell.children, reader)))
  if (head === undefined) return
  // A first row of empty cells says that there is no header.
  const header = head.some((cell) => cell.length > 0)
  const rows = header || body.length === 0 ? [head, ...body] : body
  const sides = (table.align ?? []).map((side) => (side === 'center' ? 'center' : side === 'right' ? 'end' : null))
  reader.blocks.push({
    node: 'table',
    attributes: header ? { header: true } : {},
    content: rows.map((row, rowIndex) => ({
      node: 'table_row',
      attributes: {},
      content: row.map((content, column) => ({
        node: 'table_cell',
        attributes: rowIndex === 0 && sides[column] ? { align: sides[column] } : {},
        content,
      })),
    })),
  })
}

function readList(list: List, depth: number, reader: Reader): void {
  if (list.ordered === true && list.start !== 1 && list.start !== null && list.start !== undefined) {
    reader.losses.note('a numbered list that does not begin at 1')
  }
  for (const item of list.children) readItem(item, list.ordered === true, depth, reader)
}

function readItem(item: ListItem, ordered: boolean, depth: number, reader: Reader): void {
  const task = typeof item.checked === 'boolean'
  const kind: BlockKind = task ? 'task' : ordered ? 'ordered' : 'bullet'
  const more = item.checked === true ? { checked: true } : {}
  const [first, ...rest] = item.children
  if (first?.type === 'paragraph') {
    add(kind, depth, isEmptyMark(first, reader) ? [] : read(first.children, reader), reader, more)
    for (const child of rest) readFlow(child, depth + 1, 'page', reader)
    return
  }
  // A break as the only thing in an item reads as a block of HTML.
  if (first?.type === 'html' && onlyBreaks(first.value) !== null) {
    add(kind, depth, onlyBreaks(first.value) ?? [], reader, more)
    for (const child of rest) readFlow(child, depth + 1, 'page', reader)
    return
  }
  // A list on the item's own line says only that it is deeper; anything else stands in an empty item.
  const onlyDeeper = first?.type === 'list' && first.position?.start.line === item.position?.start.line
  if (!onlyDeeper) add(kind, depth, [], reader, more)
  for (const child of item.children) readFlow(child, depth + 1, 'page', reader)
}

function readHtml(value: string, around: Around, depth: number, reader: Reader): void {
  const breaks = onlyBreaks(value)
  if (breaks === null) reader.losses.note('HTML inside Markdown, kept as it is written')
  addWords(breaks ?? withBreaks([{ text: value, marks: {} }]), depth, around, reader)
}

/** A paragraph of the page, of a quotation or of a callout. */
function addWords(content: Content, depth: number, around: Around, reader: Reader): void {
  if (around === 'page') add('paragraph', depth, content, reader)
  else if (around === 'quote') add('quote', depth, content, reader)
  else add('callout', depth, content, reader, around === 'note' ? {} : { tone: around })
}

function add(
  kind: BlockKind,
  depth: number,
  content: Content,
  reader: Reader,
  more: Record<string, unknown> = {},
): void {
  if (depth > MAX_DEPTH) reader.losses.note('a list deeper than nine levels')
  const attributes: Record<string, unknown> = { ...more }
  if (storedKind(kind) !== null) attributes['kind'] = kind
  if (depth > 0) attributes['depth'] = Math.min(depth, MAX_DEPTH)
  reader.blocks.push({ node: 'block', attributes, content: normalContent(content) })
}

function read(children: Parameters<typeof readPhrasing>[0], reader: Reader): Content {
  return huggingMarks(readPhrasing(children, reader))
}

/** Whether a paragraph is the mark of an empty block, as written; a real no-break space is a character of the text. */
function isEmptyMark(node: Extract<Flow, { type: 'paragraph' }>, reader: Reader): boolean {
  const only = node.children[0]
  return node.children.length === 1 && only?.type === 'text' && sourceOf(only, reader) === EMPTY_BLOCK
}

/** Front matter is other programs' way to keep facts about a file; only the title means something to us. */
function withoutFrontMatter(markdown: string, losses: Losses): { source: string; title: string } {
  const match = /^\uFEFF?---[ \t]*\r?\n([\w-]+[ \t]*:[\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(markdown)
  if (match === null) return { source: markdown, title: '' }
  const title = /^title[ \t]*:[ \t]*(.*?)[ \t]*$/m.exec(match[1] ?? '')?.[1] ?? ''
  if ((match[1] ?? '').split('\n').some((line) => line.trim() !== '' && !line.startsWith('title'))) {
    losses.note('front matter')
  }
  return { source: markdown.slice(match[0].length), title: title.replace(/^(["'])(.*)\1$/, '$2') }
}
