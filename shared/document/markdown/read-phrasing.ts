/** Markdown's inline content as runs of text with marks. */
import type { Definition, FootnoteDefinition, Html, Nodes, PhrasingContent, Root } from 'mdast'
import type { Attributes, NodeShape, TextShape } from '../document-shape.ts'
import { isText } from '../document-shape.ts'
import type { Losses } from '../losses.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent } from '../normal-shape.ts'
import type { InlineMath } from 'mdast-util-math'
import { mentionedDocument } from '../mention-address.ts'
import { nodeText } from '../plain-text.ts'
import { safeHref } from '../safe-href.ts'
import { highlightAttributes, huggingMarks } from './inline-form.ts'
import { EMPTY_BLOCK, MARK_ELEMENTS, SEPARATOR } from './markdown-dialect.ts'

type Marks = Readonly<Record<string, Attributes>>

export interface PhrasingReader {
  readonly source: string
  readonly losses: Losses
  /** Link definitions by their identifier. */
  readonly definitions: ReadonlyMap<string, Definition>
  /** Footnotes by their identifier. */
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>
  /** Identifiers of footnotes that something refers to. */
  readonly referred: ReadonlySet<string>
  /** The name of the document's picture that an address stands for, or null. */
  pictureNamed(address: string): string | null
}

export function readPhrasing(children: readonly PhrasingContent[], reader: PhrasingReader): Content {
  const content: (NodeShape | TextShape)[] = []
  readAll(content, children, {}, reader)
  return normalContent(content)
}

/** The paragraphs of a footnote as lines; of anything else in it, its Markdown. */
export function linesOf({ children }: FootnoteDefinition, reader: PhrasingReader): Content {
  const lines = children.map((child): Content => {
    const breaks = child.type === 'html' ? onlyBreaks(child.value) : null
    if (breaks !== null) return breaks
    if (child.type !== 'paragraph') return [{ text: withoutSoftBreaks(sourceOf(child, reader)), marks: {} }]
    return sourceOf(child, reader) === EMPTY_BLOCK ? [] : readPhrasing(child.children, reader)
  })
  return normalContent(lines.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line])))
}

/** The breaks of a block of HTML that holds nothing else, or null. */
export function onlyBreaks(html: string): Content | null {
  if (!/^(\s*<br\s*\/?>\s*)+$/i.test(html)) return null
  return (html.match(/<br/gi) ?? []).map(() => LINE_BREAK)
}

/** All link definitions and footnotes of a file; the first of a name counts. */
export function notesIn(root: Root): Pick<PhrasingReader, 'definitions' | 'footnotes' | 'referred'> {
  const definitions = new Map<string, Definition>()
  const footnotes = new Map<string, FootnoteDefinition>()
  const referred = new Set<string>()
  const visit = (node: Nodes): void => {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
    if (node.type === 'footnoteDefinition' && !footnotes.has(node.identifier)) footnotes.set(node.identifier, node)
    if (node.type === 'footnoteReference') referred.add(node.identifier)
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(root)
  return { definitions, footnotes, referred }
}

/** The Markdown a node was read from. */
export function sourceOf(node: Nodes, reader: PhrasingReader): string {
  return reader.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

/** Reads neighbours; a tag that opens a mark reaches to the tag that closes it. */
function readAll(
  into: (NodeShape | TextShape)[],
  nodes: readonly PhrasingContent[],
  marks: Marks,
  reader: PhrasingReader,
): void {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as PhrasingContent
    const opened = node.type === 'html' ? openedMark(node) : null
    const end = opened === null ? -1 : closingTag(nodes, index, opened.element)
    if (opened === null || end < 0) {
      readInto(into, node, marks, reader)
      continue
    }
    readAll(into, nodes.slice(index + 1, end), { ...marks, ...opened.marks }, reader)
    index = end
  }
}

/** A map: a file may name its elements as an object's own things are named. */
const ELEMENT_MARKS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(MARK_ELEMENTS).map(([mark, element]): [string, string] => [element, mark]),
  ['b', 'bold'],
  ['i', 'italic'],
  ['s', 'strike'],
  ['ins', 'underline'],
])

function openedMark({ value }: Html): { element: string; marks: Marks } | null {
  const match = /^<([a-z]+)(?: class="([a-z]*)")?>$/i.exec(value)
  const element = match?.[1]?.toLowerCase() ?? ''
  const mark = ELEMENT_MARKS.get(element)
  if (mark === undefined) return null
  return { element, marks: { [mark]: mark === 'highlight' ? highlightAttributes({ color: match?.[2] }) : {} } }
}

/** The index of the tag that closes the one at `start`, or -1. */
function closingTag(nodes: readonly PhrasingContent[], start: number, element: string): number {
  let open = 0
  for (let index = start; index < nodes.length; index++) {
    const node = nodes[index]
    if (node?.type !== 'html') continue
    if (openedMark(node)?.element === element) open += 1
    else if (node.value.toLowerCase() === `</${element}>`) open -= 1
    if (open === 0) return index
  }
  return -1
}

function readInto(into: (NodeShape | TextShape)[], node: PhrasingContent, marks: Marks, reader: PhrasingReader): void {
  const inside = (children: readonly PhrasingContent[], more: Marks): void => {
    readAll(into, children, { ...marks, ...more }, reader)
  }
  switch (node.type) {
    case 'text':
      into.push({ text: withoutSoftBreaks(node.value), marks })
      return
    case 'inlineCode':
      into.push({ text: node.value, marks: { ...marks, code: {} } })
      return
    case 'strong':
      inside(node.children, { bold: {} })
      return
    case 'emphasis':
      inside(node.children, { italic: {} })
      return
    case 'delete':
      inside(node.children, { strike: {} })
      return
    case 'break':
      into.push(LINE_BREAK)
      return
    case 'link': {
      const document = mentionedDocument(node.url)
      if (document === null) inside(node.children, link(node.url, node.title, reader))
      else into.push(mention(document, readPhrasing(node.children, reader)))
      return
    }
    case 'inlineMath':
      into.push(formula(node, marks, reader))
      return
    case 'footnoteReference': {
      const definition = reader.footnotes.get(node.identifier)
      if (definition !== undefined) into.push(footnote(definition, reader))
      return
    }
    case 'linkReference': {
      const definition = reader.definitions.get(node.identifier)
      inside(node.children, definition === undefined ? {} : link(definition.url, definition.title, reader))
      return
    }
    case 'image':
    case 'imageReference': {
      const url = node.type === 'image' ? node.url : reader.definitions.get(node.identifier)?.url
      reader.losses.note('a picture, kept as a link')
      into.push({ text: node.alt || url || 'picture', marks: { ...marks, ...link(url ?? '', null, reader) } })
      return
    }
    case 'html':
      if (node.value === SEPARATOR) return
      if (/^<br\s*\/?>$/i.test(node.value)) into.push(LINE_BREAK)
      else {
        reader.losses.note('HTML inside Markdown, kept as it is written')
        into.push({ text: withoutSoftBreaks(node.value), marks })
      }
      return
    default:
      reader.losses.note('something this version can not read, kept as its Markdown')
      into.push({ text: withoutSoftBreaks(sourceOf(node, reader)), marks })
  }
}

function mention(document: string, content: Content): NodeShape {
  const label = nodeText({ node: 'block', attributes: {}, content })
  return { node: 'mention', attributes: label === '' ? { document } : { document, label }, content: [] }
}

/** Between single dollar signs stands a formula only when no space touches them and no digit follows: "$5 and $6" is money. */
function formula(node: InlineMath, marks: Marks, reader: PhrasingReader): NodeShape | TextShape {
  const source = sourceOf(node, reader)
  const after = reader.source.charAt(node.position?.end.offset ?? 0)
  const money = !source.startsWith('$$') && (/^\$\s|\s\$$/.test(source) || /\d/.test(after))
  if (money || node.value.trim() === '') return { text: withoutSoftBreaks(source), marks }
  const text = node.value.replace(/\s+/gu, ' ').trim()
  return { node: 'math', attributes: {}, content: [{ text, marks: {} }] }
}

/** A note holds words, breaks, formulas and mentions; a note inside it is kept as its words. */
function footnote(definition: FootnoteDefinition, reader: PhrasingReader): NodeShape {
  const content = linesOf(definition, { ...reader, footnotes: new Map() }).map((part) =>
    isText(part) || part.node !== 'footnote' ? part : { text: nodeText(part), marks: {} },
  )
  return { node: 'footnote', attributes: {}, content: huggingMarks(content) }
}

/** A link as a mark; an address with a scheme that is never followed is left out, a relative one stays. */
function link(url: string, title: string | null | undefined, reader: PhrasingReader): Marks {
  // Browsers pass over these signs when they read an address.
  const asRead = url.replace(/[\t\n\r]/g, '').replace(/^[\p{Cc}\p{Cf}\s]+/u, '')
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(asRead)
  if (url === '' || (hasScheme && safeHref(url) === null)) {
    reader.losses.note('a link with an address that can not be followed')
    return {}
  }
  return { link: typeof title === 'string' && title !== '' ? { href: url, title } : { href: url } }
}

/** A line end inside a paragraph is a space; between characters of scripts without spaces it is nothing. */
function withoutSoftBreaks(text: string): string {
  return text
    .replace(
      /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])(?:\r\n|\r|\n)(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/gu,
      '$1',
    )
    .replace(/\r\n|\r|\n/g, ' ')
}
