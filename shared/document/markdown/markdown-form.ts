/**
 * What Markdown can hold of a document. Writing this form and reading it back gives the same form again; what a
 * document has beyond it (alignment, unknown nodes) is what an export loses.
 */
import { heldDepths } from '../block-tree.ts'
import type { Attributes, DocumentShape, NodeShape, TextShape } from '../document-shape.ts'
import { isText } from '../document-shape.ts'
import { Losses } from '../losses.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent, normalShape } from '../normal-shape.ts'
import { nodeText } from '../plain-text.ts'
import { blockKind, MAX_DEPTH, storedKind } from '../block-kinds.ts'

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }
const MARKS = new Set(['link', 'bold', 'italic', 'strike', 'code'])
/** Marks whose Markdown can't begin or end at a space; on a space they show nothing. */
const HUGGING = ['bold', 'italic', 'strike'] as const

/** Characters that Markdown replaces when they have to be written as a reference: controls and non-characters. */
const UNWRITABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Noncharacter_Code_Point}\p{Cs}]/gu

export function markdownForm(shape: DocumentShape): { shape: DocumentShape; losses: Losses } {
  const losses = new Losses()
  const normal = normalShape(shape)
  const depths = heldDepths(normal.content)
  const content = normal.content.map((node, index) => markdownBlock(node, depths[index] ?? 0, losses))
  return { shape: { title: writable(normal.title.replace(/[\r\n]+/g, ' '), losses), content }, losses }
}

function markdownBlock(node: NodeShape, depth: number, losses: Losses): NodeShape {
  if (node.node === 'divider') return { node: 'divider', attributes: {}, content: [] }
  if (node.node !== 'block') {
    losses.note('a block of an unknown kind, written as its words')
    return {
      node: 'block',
      attributes: {},
      content: withBreaks([{ text: writable(nodeText(node), losses), marks: {} }]),
    }
  }
  const kind = blockKind(node.attributes['kind'])
  const attributes: Record<string, unknown> = {}
  if (storedKind(kind) !== null) attributes['kind'] = kind
  if (depth > 0) attributes['depth'] = Math.min(depth, MAX_DEPTH)
  if (kind === 'task' && node.attributes['checked'] === true) attributes['checked'] = true
  const lang = node.attributes['lang']
  if (kind === 'code' && typeof lang === 'string' && lang !== '') attributes['lang'] = lang.replace(/[\r\n]+/g, ' ')
  noteLostAttributes(node.attributes, kind, losses)
  const inline = inlineContent(node.content, losses)
  const content = kind === 'code' ? codeLines(inline, losses) : huggingMarks(withBreaks(inline))
  return { node: 'block', attributes, content }
}

function noteLostAttributes(attributes: Attributes, kind: string, losses: Losses): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'align') losses.note('text alignment')
    else if (name === 'lang' && kind !== 'code') losses.note('the language of a paragraph')
    else if (!['kind', 'depth', 'checked', 'lang'].includes(name)) losses.note('an unknown property of a block')
    else if (name === 'kind' && blockKind(value) === 'paragraph') losses.note('an unknown kind of paragraph')
  }
}

function inlineContent(content: Content, losses: Losses): Content {
  return content.map((part) => {
    if (!isText(part)) {
      if (part.node === 'hard_break') return LINE_BREAK
      losses.note('an unknown thing in a line, written as its words')
      return { text: writable(nodeText(part), losses), marks: {} }
    }
    const known: Record<string, Attributes> = {}
    for (const [name, attributes] of Object.entries(part.marks)) {
      if (!MARKS.has(name)) losses.note('unknown formatting')
      else if (name !== 'link') known[name] = {}
      else known['link'] = linkAttributes(attributes)
    }
    return { text: writable(part.text, losses), marks: known }
  })
}

function writable(text: string, losses: Losses): string {
  if (text.search(UNWRITABLE) === -1) return text
  losses.note('an invisible control character')
  return text.replace(UNWRITABLE, '')
}

function linkAttributes({ href, title }: Attributes): Attributes {
  const address = { href: typeof href === 'string' ? href : '' }
  return typeof title === 'string' && title !== '' ? { ...address, title } : address
}

/** Line feeds inside text become hard breaks, which is what they look like. */
export function withBreaks(content: Content): Content {
  const parts: (NodeShape | TextShape)[] = []
  for (const part of content) {
    if (!isText(part)) {
      parts.push(part)
      continue
    }
    part.text.split(/\r\n|\r|\n/).forEach((line, index) => {
      if (index > 0) parts.push(LINE_BREAK)
      parts.push({ text: line, marks: part.marks })
    })
  }
  return normalContent(parts)
}

/** Code has its line ends as characters, and no formatting. */
function codeLines(content: Content, losses: Losses): Content {
  let text = ''
  for (const part of content) {
    if (isText(part) && Object.keys(part.marks).length > 0) losses.note('formatting inside code')
    text += isText(part) ? part.text : '\n'
  }
  return normalContent([{ text: text.replace(/\r\n?/g, '\n'), marks: {} }])
}

/** Takes bold, italic and strike off the spaces at the ends of what they cover. */
export function huggingMarks(content: Content): Content {
  let parts: Content = normalContent(content)
  for (const mark of HUGGING) {
    parts = trimmedAtEnds([...trimmedAtEnds(parts, mark, 'start')].reverse(), mark, 'end').reverse()
  }
  return normalContent(parts)
}

/** One pass in reading order (`start`) or, over reversed content, against it (`end`). */
function trimmedAtEnds(content: Content, mark: string, side: 'start' | 'end'): (NodeShape | TextShape)[] {
  const parts: (NodeShape | TextShape)[] = []
  let inside = false
  for (const part of content) {
    if (!isText(part) || !(mark in part.marks)) {
      inside = false
      parts.push(part)
      continue
    }
    if (inside || 'code' in part.marks) {
      inside = true
      parts.push(part)
      continue
    }
    const words = side === 'start' ? part.text.trimStart() : part.text.trimEnd()
    const spaces = part.text.length - words.length
    const { [mark]: _, ...others } = part.marks
    const space = side === 'start' ? part.text.slice(0, spaces) : part.text.slice(words.length)
    if (space !== '') parts.push({ text: space, marks: others })
    if (words !== '') {
      inside = true
      parts.push({ text: words, marks: part.marks })
    }
  }
  return parts
}
