/**
 * The Markdown import. A single `# ` heading at the start is the title and all other headings move up one; a file with
 * several `# ` headings, or one further down, is untitled and keeps its levels.
 */
import type { BlockContent, DefinitionContent, Heading, List, ListItem, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { DocumentShape, NodeShape } from '../document-shape.ts'
import { Losses } from '../losses.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent } from '../normal-shape.ts'
import { nodeText } from '../plain-text.ts'
import type { BlockKind } from '../block-kinds.ts'
import { MAX_DEPTH, storedKind } from '../block-kinds.ts'
import { EMPTY_BLOCK, PARSE } from './markdown-dialect.ts'
import { huggingMarks, withBreaks } from './markdown-form.ts'
import { definitionsIn, type PhrasingReader, readPhrasing, sourceOf } from './read-phrasing.ts'

type Flow = RootContent | BlockContent | DefinitionContent

interface Reader extends PhrasingReader {
  readonly blocks: NodeShape[]
  readonly levelUp: number
}

/** Never throws: every text is Markdown. `losses` has one phrase for each thing a document can't hold. */
export function markdownToShape(markdown: string): { shape: DocumentShape; losses: string[] } {
  const losses = new Losses()
  const { source, title: matterTitle } = withoutFrontMatter(markdown, losses)
  const root: Root = fromMarkdown(source, PARSE)
  const first = root.children[0]
  const tops = root.children.filter((node) => node.type === 'heading' && node.depth === 1)
  const titled = tops.length === 1 && tops[0] === first
  const reader: Reader = {
    blocks: [],
    losses,
    source,
    definitions: definitionsIn(root),
    levelUp: titled || tops.length === 0 ? 1 : 0,
  }
  const body = titled ? root.children.slice(1) : root.children
  const title = titled ? titleText(first as Heading, reader) : matterTitle
  for (const node of body) readFlow(node, 0, false, reader)
  return { shape: { title, content: reader.blocks }, losses: losses.toList() }
}

function titleText(heading: Heading, reader: Reader): string {
  const content = readPhrasing(heading.children, reader)
  return nodeText({ node: 'block', attributes: {}, content }).replace(/\n/g, ' ')
}

function readFlow(node: Flow, depth: number, quoted: boolean, reader: Reader): void {
  switch (node.type) {
    case 'paragraph':
      add(quoted ? 'quote' : 'paragraph', depth, isEmptyMark(node, reader) ? [] : read(node.children, reader), reader)
      return
    case 'heading': {
      const level = Math.min(Math.max(node.depth - reader.levelUp, 1), 3)
      if (node.depth - reader.levelUp > 3) reader.losses.note('a heading deeper than three levels')
      add(level === 1 ? 'h1' : level === 2 ? 'h2' : 'h3', depth, read(node.children, reader), reader)
      return
    }
    case 'code': {
      const lang = [node.lang, node.meta].filter((part) => typeof part === 'string' && part !== '').join(' ')
      add('code', depth, [{ text: node.value, marks: {} }], reader, lang === '' ? {} : { lang })
      return
    }
    case 'thematicBreak':
      reader.blocks.push({ node: 'divider', attributes: {}, content: [] })
      return
    case 'blockquote':
      if (node.children.length === 0) add('quote', depth, [], reader)
      for (const child of node.children) {
        if (child.type !== 'paragraph') reader.losses.note('something other than paragraphs in a quote')
        readFlow(child, depth, true, reader)
      }
      return
    case 'list':
      readList(node, depth, reader)
      return
    case 'html':
      readHtml(node.value, quoted ? 'quote' : 'paragraph', depth, reader)
      return
    case 'table':
      reader.losses.note('a table, kept as lines of text')
      for (const row of node.children) {
        const cells = row.children.map((cell) => read(cell.children, reader))
        const content = cells.flatMap((cell, index) => (index === 0 ? cell : [{ text: ' | ', marks: {} }, ...cell]))
        add('paragraph', depth, content, reader)
      }
      return
    case 'definition':
      // Where it is used, the link holds the address.
      return
    default:
      reader.losses.note('something this version can not read, kept as its Markdown')
      add('paragraph', depth, [{ text: sourceOf(node, reader), marks: {} }], reader)
  }
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
    for (const child of rest) readFlow(child, depth + 1, false, reader)
    return
  }
  // A break as the only thing in an item reads as a block of HTML.
  if (first?.type === 'html' && onlyBreaks(first.value) !== null) {
    add(kind, depth, onlyBreaks(first.value) ?? [], reader, more)
    for (const child of rest) readFlow(child, depth + 1, false, reader)
    return
  }
  // A list on the item's own line says only that it is deeper; anything else stands in an empty item.
  const onlyDeeper = first?.type === 'list' && first.position?.start.line === item.position?.start.line
  if (!onlyDeeper) add(kind, depth, [], reader, more)
  for (const child of item.children) readFlow(child, depth + 1, false, reader)
}

function readHtml(value: string, kind: BlockKind, depth: number, reader: Reader): void {
  const breaks = onlyBreaks(value)
  if (breaks !== null) {
    add(kind, depth, breaks, reader)
    return
  }
  reader.losses.note('HTML inside Markdown, kept as it is written')
  add(kind, depth, withBreaks([{ text: value, marks: {} }]), reader)
}

function onlyBreaks(html: string): Content | null {
  if (!/^(\s*<br\s*\/?>\s*)+$/i.test(html)) return null
  return (html.match(/<br/gi) ?? []).map(() => ({ node: 'hard_break', attributes: {}, content: [] }))
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
