/** What Markdown can hold of a line of text: its marks, breaks, footnotes, formulas and mentions. */
import type { Attributes, NodeShape, TextShape } from '../document-shape.ts'
import { isText } from '../document-shape.ts'
import { isDocumentId } from '../../ids.ts'
import { mentionLabel } from '../inline-node-specs.ts'
import type { Losses } from '../losses.ts'
import { HIGHLIGHTS, highlightColor } from '../mark-specs.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent } from '../normal-shape.ts'
import { nodeText } from '../plain-text.ts'

const LINE_BREAK: NodeShape = { node: 'hard_break', attributes: {}, content: [] }
const PLAIN_MARKS = new Set(['bold', 'italic', 'strike', 'code', 'underline', 'superscript', 'subscript'])
/** Marks whose Markdown can't begin or end at a space; on a space they show nothing. */
const HUGGING = ['bold', 'italic', 'strike'] as const

/** Characters that Markdown replaces when they have to be written as a reference: controls and non-characters. */
const UNWRITABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Noncharacter_Code_Point}\p{Cs}]/gu

/** `inCell`: the line stands in a table, where a bar ends a cell. */
export function inlineForm(content: Content, losses: Losses, inCell = false): Content {
  return content.map((part) => (isText(part) ? text(part, losses, inCell) : inlineNode(part, losses, inCell, true)))
}

function inlineNode(node: NodeShape, losses: Losses, inCell: boolean, notes: boolean): NodeShape | TextShape {
  switch (node.node) {
    case 'hard_break':
      return LINE_BREAK
    case 'math':
      return formula(node, losses, inCell)
    case 'mention':
      return mention(node, losses)
    case 'footnote':
      if (notes) return footnote(node, losses)
      break
    default:
  }
  losses.note('an unknown thing in a line, written as its words')
  return { text: writable(nodeText(node), losses), marks: {} }
}

function text(part: TextShape, losses: Losses, inCell = false): TextShape {
  const marks: Record<string, Attributes> = {}
  for (const [name, attributes] of Object.entries(part.marks)) {
    if (name === 'code' && inCell && part.text.includes('\\|'))
      losses.note('code with a bar after a backslash in a table')
    else if (PLAIN_MARKS.has(name)) marks[name] = {}
    else if (name === 'link') marks['link'] = linkAttributes(attributes)
    else if (name === 'highlight') marks['highlight'] = highlightAttributes(attributes)
    else losses.note('unknown formatting')
  }
  return { text: writable(part.text, losses), marks }
}

export function highlightAttributes(attributes: Attributes): Attributes {
  const color = highlightColor(attributes['color'])
  return color === HIGHLIGHTS[0] ? {} : { color }
}

/** Spaces around a formula say nothing; without TeX there is none. */
function formula(node: NodeShape, losses: Losses, inCell: boolean): NodeShape | TextShape {
  const source = oneLine(nodeText(node), losses)
  if (source === '') return { text: '', marks: {} }
  if (inCell && source.includes('|')) {
    losses.note('a formula with a bar in a table, written as its TeX')
    return { text: source, marks: {} }
  }
  return { node: 'math', attributes: {}, content: [{ text: source, marks: {} }] }
}

function mention(node: NodeShape, losses: Losses): NodeShape | TextShape {
  const label = oneLine(mentionLabel(node.attributes['label']), losses)
  const { document } = node.attributes
  if (!isDocumentId(document)) return { text: label, marks: {} }
  return { node: 'mention', attributes: label === '' ? { document } : { document, label }, content: [] }
}

function footnote(node: NodeShape, losses: Losses): NodeShape {
  const content = node.content.map((part) =>
    isText(part) ? text(part, losses) : inlineNode(part, losses, false, false),
  )
  return { node: 'footnote', attributes: {}, content: huggingMarks(withBreaks(content)) }
}

/** The words on one line, without spaces at the ends. */
export function oneLine(words: string, losses: Losses): string {
  return writable(words, losses).replace(/\s+/gu, ' ').trim()
}

export function writable(words: string, losses: Losses): string {
  if (words.search(UNWRITABLE) === -1) return words
  losses.note('an invisible control character')
  return words.replace(UNWRITABLE, '')
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
