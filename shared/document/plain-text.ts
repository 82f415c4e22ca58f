/**
 * The document as bare words: the `.txt` export, search, previews, and the word count.
 */
import type { DocumentShape, NodeShape } from './document-shape.ts'
import { isText } from './document-shape.ts'
import { blockDepth, blockKind } from './block-kinds.ts'
import { mentionLabel } from './inline-node-specs.ts'

/** The whole document for reading: title, then blocks with an empty line between; list items stay together. */
export function shapeToText(shape: DocumentShape): string {
  const numbers: number[] = []
  let text = ''
  let previousWasItem = false
  const add = (piece: string, item: boolean): void => {
    if (text !== '') text += item && previousWasItem ? '\n' : '\n\n'
    text += piece
    previousWasItem = item
  }
  const title = shape.title.trim()
  if (title !== '') add(title, false)
  for (const block of shape.content) {
    const marker = itemMarker(block, numbers)
    add(marker + nodeText(block), marker !== '')
  }
  return text === '' ? '' : `${text}\n`
}

/** The words of a node without any marking; a hard break is a line break, blocks inside it stand on their own lines. */
export function nodeText(node: NodeShape): string {
  switch (node.node) {
    case 'hard_break':
      return '\n'
    case 'divider':
      return '* * *'
    case 'mention':
      return mentionLabel(node.attributes['label'])
    case 'table_row':
      // As spreadsheets read it: a line for each row, tabs between cells.
      return node.content.map((cell) => (isText(cell) ? cell.text : nodeText(cell)).replace(/[\t\n]/g, ' ')).join('\t')
    case 'image': {
      const { alt } = node.attributes
      return typeof alt === 'string' && node.content.length === 0 ? alt : wordsOf(node.content)
    }
    default:
      return wordsOf(node.content)
  }
}

/** The words of a node's content, its own description aside. */
export function wordsOf(content: NodeShape['content']): string {
  let text = ''
  let previousWasBlock = false
  for (const part of content) {
    const inLine = isText(part) || IN_LINE.has(part.node)
    const isBlock = !inLine && part.content.length > 0
    if (text !== '' && (isBlock || previousWasBlock) && !text.endsWith('\n')) text += '\n'
    if (isText(part)) text += part.text
    // A note is not part of the word before it.
    else if (part.node === 'footnote') text += ` (${nodeText(part)})`
    else text += nodeText(part)
    previousWasBlock = isBlock
  }
  return text
}

const IN_LINE = new Set(['hard_break', 'footnote', 'math', 'mention'])

/**
 * The first words of blocks on one line, at most `limit` UTF-16 units, cut between words where possible. Blocks beyond are
 * not asked for.
 */
export function firstWords(blocks: Iterable<NodeShape>, limit = 120): string {
  let line = ''
  for (const block of blocks) {
    if (block.node === 'divider') continue
    const words = nodeText(block).replace(/\s+/gu, ' ').trim()
    if (words === '') continue
    line = line === '' ? words : `${line} ${words}`
    if (line.length > limit) break
  }
  if (line.length <= limit) return line
  const cut = line.slice(0, limit)
  const space = cut.lastIndexOf(' ')
  return (space > limit / 2 ? cut.slice(0, space) : withoutHalfPair(cut)).trimEnd()
}

/** What to call the document: its title, else the start of its first line, else ''. At most 80 UTF-16 units. */
export function displayTitle(shape: DocumentShape): string {
  const title = shape.title.replace(/\s+/gu, ' ').trim()
  return title === '' ? firstWords(shape.content.slice(0, 1), 80) : title
}

/** How many words the body has. */
export function wordCount(shape: DocumentShape): number {
  let words = 0
  for (const block of shape.content) if (block.node !== 'divider') words += countWords(nodeText(block))
  return words
}

/** Scripts written without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
/** Made once: a segmenter costs milliseconds. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/**
 * Counts words the way writers do: what stands between spaces or dashes and has a letter or digit, so "well-known" is
 * one and "so—yes" is two. Scripts without spaces are cut into words by the Unicode rules.
 */
export function countWords(text: string): number {
  let words = 0
  for (const piece of text.split(/[\s\u2013\u2014]+/u)) {
    if (UNSPACED.test(piece)) {
      for (const segment of segmenter.segment(piece)) if (segment.isWordLike) words++
    } else if (LETTER_OR_DIGIT.test(piece)) words++
  }
  return words
}

function itemMarker(block: NodeShape, numbers: number[]): string {
  const kind = block.node === 'block' ? blockKind(block.attributes['kind']) : 'paragraph'
  const depth = blockDepth(block.attributes['depth'])
  if (kind !== 'ordered') numbers.length = Math.min(numbers.length, depth)
  const indent = '  '.repeat(depth)
  switch (kind) {
    case 'bullet':
      return `${indent}- `
    case 'task':
      return `${indent}${block.attributes['checked'] === true ? '[x]' : '[ ]'} `
    case 'ordered': {
      const number = (numbers[depth] ?? 0) + 1
      numbers.length = depth + 1
      numbers[depth] = number
      return `${indent}${number}. `
    }
    case 'paragraph':
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
    case 'callout':
    case 'math':
    case 'quote':
    case 'code':
      return ''
  }
}

function withoutHalfPair(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text
}
