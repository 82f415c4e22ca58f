/**
 * What Markdown can hold of a document. Writing this form and reading it back gives the same form again; what a
 * document has beyond it (alignment, unknown nodes) is what an export loses.
 */
import { blockKind, calloutTone, isVerbatim, MAX_DEPTH, storedKind } from '../block-kinds.ts'
import { heldDepths } from '../block-tree.ts'
import type { Attributes, DocumentShape, NodeShape } from '../document-shape.ts'
import { isText } from '../document-shape.ts'
import { blobHash } from '../flow-node-specs.ts'
import { Losses } from '../losses.ts'
import type { Content } from '../normal-shape.ts'
import { normalContent, normalShape } from '../normal-shape.ts'
import { nodeText, wordsOf } from '../plain-text.ts'
import { huggingMarks, inlineForm, oneLine, withBreaks, writable } from './inline-form.ts'

export function markdownForm(shape: DocumentShape): { shape: DocumentShape; losses: Losses } {
  const losses = new Losses()
  const normal = normalShape(shape)
  if (normal.language !== undefined) losses.note('the language of the document')
  const depths = heldDepths(normal.content)
  const content = normal.content.map((node, index) => markdownBlock(node, depths[index] ?? 0, losses))
  return { shape: { title: writable(normal.title.replace(/[\r\n]+/g, ' '), losses), content }, losses }
}

/** Each block becomes one: that is how an edited export finds back to its document. */
function markdownBlock(node: NodeShape, depth: number, losses: Losses): NodeShape {
  switch (node.node) {
    case 'divider':
      return { node: 'divider', attributes: {}, content: [] }
    case 'image':
      return picture(node, losses)
    case 'table':
      return table(node, losses) ?? EMPTY_PARAGRAPH
    case 'block':
      return textBlock(node, depth, losses)
    default:
      losses.note('a block of an unknown kind, written as its words')
      return paragraphOf(nodeText(node), losses)
  }
}

function paragraphOf(text: string, losses: Losses): NodeShape {
  return { node: 'block', attributes: {}, content: withBreaks([{ text: writable(text, losses), marks: {} }]) }
}

function textBlock(node: NodeShape, depth: number, losses: Losses): NodeShape {
  let kind = blockKind(node.attributes['kind'])
  if (kind === 'h6') {
    losses.note('the sixth level of headings, written as the fifth')
    kind = 'h5'
  }
  const attributes: Record<string, unknown> = {}
  if (storedKind(kind) !== null) attributes['kind'] = kind
  if (depth > 0) attributes['depth'] = Math.min(depth, MAX_DEPTH)
  if (kind === 'task' && node.attributes['checked'] === true) attributes['checked'] = true
  const lang = node.attributes['lang']
  if (kind === 'code' && typeof lang === 'string' && lang !== '') attributes['lang'] = lang.replace(/[\r\n]+/g, ' ')
  const tone = calloutTone(node.attributes['tone'])
  if (kind === 'callout' && tone !== 'note') attributes['tone'] = tone
  noteLostAttributes(node.attributes, kind, losses)
  const content = isVerbatim(kind)
    ? verbatim(node.content, losses)
    : huggingMarks(withBreaks(inlineForm(node.content, losses)))
  return { node: 'block', attributes, content }
}

function noteLostAttributes(attributes: Attributes, kind: string, losses: Losses): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'align') losses.note('text alignment')
    else if (name === 'dir') losses.note('the direction of a paragraph')
    else if (name === 'start') losses.note('the number a list begins with')
    else if (name === 'lang' && kind !== 'code') losses.note('the language of a paragraph')
    else if (name === 'tone' && kind === 'callout') continue
    else if (!['kind', 'depth', 'checked', 'lang'].includes(name)) losses.note('an unknown property of a block')
    else if (name === 'kind' && blockKind(value) === 'paragraph') losses.note('an unknown kind of paragraph')
  }
}

/** Code and TeX have their line ends as characters, and no formatting. */
function verbatim(content: Content, losses: Losses): Content {
  let text = ''
  for (const part of content) {
    if (isText(part)) {
      if (Object.keys(part.marks).length > 0) losses.note('formatting inside code')
      text += writable(part.text, losses)
    } else if (part.node === 'hard_break') text += '\n'
    else {
      losses.note('something other than text inside code, written as its words')
      text += writable(nodeText(part), losses)
    }
  }
  return normalContent([{ text: text.replace(/\r\n?/g, '\n'), marks: {} }])
}

/** A picture keeps its name, its description, and its caption as bare words. */
function picture(node: NodeShape, losses: Losses): NodeShape {
  const blob = blobHash(node.attributes['blob'])
  const alt = typeof node.attributes['alt'] === 'string' ? oneLine(node.attributes['alt'], losses) : ''
  const caption = oneLine(wordsOf(node.content), losses)
  if (node.content.some((part) => !isText(part) || Object.keys(part.marks).length > 0)) {
    losses.note('formatting inside a caption')
  }
  if (blob === null) {
    losses.note('a picture that is not there, written as its words')
    return paragraphOf(caption === '' ? alt : caption, losses)
  }
  for (const name of ['width', 'align']) {
    if (node.attributes[name] !== undefined) losses.note('the size or the place of a picture')
  }
  return {
    node: 'image',
    attributes: alt === '' ? { blob } : { blob, alt },
    content: normalContent([{ text: caption, marks: {} }]),
  }
}

const COLUMN_SIDES: readonly unknown[] = ['center', 'end']

const EMPTY_PARAGRAPH: NodeShape = { node: 'block', attributes: {}, content: [] }

/** A table has as many cells in each row as its longest row. Null for one without a single cell. */
function table(node: NodeShape, losses: Losses): NodeShape | null {
  const rows = node.content.filter((row): row is NodeShape => !isText(row))
  const columns = Math.max(0, ...rows.map((row) => row.content.length))
  if (columns === 0) return null
  const grid = rows.map((row, index) => tableRow(row, index === 0, columns, losses))
  const header = node.attributes['header'] === true
  // A first row of empty cells is how Markdown says that there is no header.
  const holdsHeader = header && grid[0]?.content.some((cell) => !isText(cell) && cell.content.length > 0) === true
  if (header && !holdsHeader) grid.shift()
  if (grid.length === 0) return null
  return { node: 'table', attributes: holdsHeader ? { header: true } : {}, content: grid }
}

function tableRow(row: NodeShape, first: boolean, columns: number, losses: Losses): NodeShape {
  const cells = Array.from({ length: columns }, (_, index): NodeShape => {
    const cell = row.content[index]
    if (cell === undefined || isText(cell)) return { node: 'table_cell', attributes: {}, content: [] }
    const { align, width } = cell.attributes
    const held = first && COLUMN_SIDES.includes(align)
    if (align !== undefined && !held) losses.note('the alignment of a single cell')
    if (width !== undefined) losses.note('the width of a column')
    return {
      node: 'table_cell',
      attributes: held ? { align } : {},
      content: huggingMarks(trimmed(withBreaks(inlineForm(cell.content, losses, true)))),
    }
  })
  return { node: 'table_row', attributes: {}, content: cells }
}

/** Spaces at the ends of a cell belong to the table's own drawing. */
function trimmed(content: Content): Content {
  const parts = [...content]
  const last = parts.at(-1)
  if (last !== undefined && isText(last)) parts[parts.length - 1] = { ...last, text: last.text.replace(/[ \t]+$/, '') }
  const first = parts[0]
  if (first !== undefined && isText(first)) parts[0] = { ...first, text: first.text.replace(/^[ \t]+/, '') }
  const shorter = normalContent(parts)
  return shorter.length < parts.length ? trimmed(shorter) : shorter
}
