/**
 * What a Word file can hold of a document. Writing this form and reading it back gives the same form again; what a
 * document has beyond it is what an export loses.
 */
import {
  alignment,
  blockDepth,
  blockKind,
  calloutTone,
  direction,
  isVerbatim,
  listStart,
} from '../../../shared/document/block-kinds.ts'
import { heldDepths } from '../../../shared/document/block-tree.ts'
import { type DocumentShape, isText, languageTag, type NodeShape } from '../../../shared/document/document-shape.ts'
import { blobHash, columnWidth, imageSide, imageWidth } from '../../../shared/document/flow-node-specs.ts'
import { Losses } from '../../../shared/document/losses.ts'
import { withBreaks, writable } from '../../../shared/document/markdown/inline-form.ts'
import { type Content, normalContent, normalShape } from '../../../shared/document/normal-shape.ts'
import { nodeText, wordsOf } from '../../../shared/document/plain-text.ts'
import { ListNumbers } from './list-numbers.ts'
import { naturalWidth, shareWidth } from './picture-size.ts'
import { isRightToLeft } from './text-direction.ts'
import { heldFormula } from './formula/word-formula.ts'
import { inlineForm, oneLine } from './word-inline-form.ts'
import { columnPixels, PAGE } from './word-names.ts'
import { LOST } from './lost.ts'

/** The bytes of a picture, or 'format' for one that Word can't show. */
export type WordPicture = Uint8Array | 'format'
/** A document's picture by its name; null when its bytes are not at hand. */
export type WordPictures = (name: string) => WordPicture | null

export const COLUMN = columnPixels(PAGE.width, 2 * PAGE.margin)

export function wordForm(document: DocumentShape, pictures: WordPictures): { shape: DocumentShape; losses: Losses } {
  const losses = new Losses()
  const shape = normalShape(document)
  const depths = heldDepths(shape.content)
  const numbers = new ListNumbers()
  const content = shape.content.map((node, index) => {
    const held = block(node, depths[index] ?? 0, { losses, pictures, numbers, language: shape.language })
    const depth = blockDepth(held.attributes['depth'])
    numbers.pass(held, listStart(held.attributes['start']) ?? numbers.next(depth))
    return held
  })
  const title = oneLine(shape.title, losses)
  return {
    shape: { title, ...(shape.language === undefined ? {} : { language: shape.language }), content },
    losses,
  }
}

interface Surroundings {
  readonly losses: Losses
  readonly pictures: WordPictures
  readonly numbers: ListNumbers
  readonly language: string | undefined
}

/** Each block becomes one: that is how an edited export finds back to its document. */
function block(node: NodeShape, depth: number, around: Surroundings): NodeShape {
  const { losses } = around
  switch (node.node) {
    case 'divider':
      return { node: 'divider', attributes: {}, content: [] }
    case 'image':
      return picture(node, around)
    case 'table':
      return table(node, losses)
    case 'block':
      return textBlock(node, depth, around)
    default:
      losses.note(LOST.unknownBlock)
      return paragraphOf(nodeText(node), losses)
  }
}

function paragraphOf(text: string, losses: Losses): NodeShape {
  return { node: 'block', attributes: {}, content: withBreaks([{ text: writable(text, losses), marks: {} }]) }
}

const KNOWN = new Set(['kind', 'depth', 'checked', 'lang', 'tone', 'align', 'dir', 'start'])

function textBlock({ attributes: given, content }: NodeShape, depth: number, around: Surroundings): NodeShape {
  const { losses, numbers } = around
  const kind = blockKind(given['kind'])
  for (const name of Object.keys(given)) if (!KNOWN.has(name)) losses.note(LOST.unknownAttribute)
  if (given['kind'] !== undefined && kind === 'paragraph') losses.note(LOST.unknownKind)
  const attributes: Record<string, unknown> = kind === 'paragraph' ? {} : { kind }
  if (depth > 0) attributes['depth'] = depth
  if (isVerbatim(kind)) {
    noteVerbatim(given, kind, losses)
    const words = verbatim(content, losses)
    const held = kind === 'math' ? heldFormula(words, losses) : words
    return { node: 'block', attributes, content: normalContent([{ text: held, marks: {} }]) }
  }
  const line = withBreaks(inlineForm(content, losses))
  if (kind === 'task' && given['checked'] === true) attributes['checked'] = true
  const tone = calloutTone(given['tone'])
  if (kind === 'callout' && tone !== 'note') attributes['tone'] = tone
  const align = alignment(given['align'])
  if (align !== null) attributes['align'] = align
  const dir = direction(given['dir'])
  // That of the letters need not be said.
  if (dir !== null && (dir === 'rtl') !== isRightToLeft(wordsOf(line))) attributes['dir'] = dir
  const start = kind === 'ordered' ? listStart(given['start']) : null
  if (start !== null && start !== numbers.next(depth)) attributes['start'] = start
  const lang = languageTag(given['lang'])
  if (lang !== null && lang !== around.language) attributes['lang'] = lang
  return { node: 'block', attributes, content: line }
}

function noteVerbatim(given: NodeShape['attributes'], kind: string, losses: Losses): void {
  if (given['align'] !== undefined) losses.note(LOST.textAlignment)
  if (given['dir'] !== undefined) losses.note(LOST.paragraphDirection)
  if (given['lang'] !== undefined) losses.note(kind === 'code' ? LOST.codeLanguage : LOST.paragraphLanguage)
}

/** Code and TeX have their line ends as characters, and no formatting. */
function verbatim(content: Content, losses: Losses): string {
  let text = ''
  for (const part of content) {
    if (isText(part)) {
      if (Object.keys(part.marks).length > 0) losses.note(LOST.codeFormatting)
      text += writable(part.text, losses)
    } else if (part.node === 'hard_break') text += '\n'
    else {
      losses.note(LOST.codeContent)
      text += writable(nodeText(part), losses)
    }
  }
  return text.replace(/\r\n?/g, '\n')
}

function picture({ attributes, content }: NodeShape, { losses, pictures }: Surroundings): NodeShape {
  const blob = blobHash(attributes['blob'])
  const bytes = blob === null ? null : pictures(blob)
  const alt = typeof attributes['alt'] === 'string' ? oneLine(attributes['alt'], losses, ' ') : ''
  const caption = withBreaks(inlineForm(content, losses))
  if (blob === null || bytes === null || bytes === 'format') {
    losses.note(bytes === 'format' ? LOST.pictureFormat : LOST.missingPicture)
    return caption.length > 0 ? { node: 'block', attributes: {}, content: caption } : paragraphOf(alt, losses)
  }
  const width = imageWidth(attributes['width'])
  const isNatural = width === null || shareWidth(width, COLUMN) === naturalWidth(bytes, COLUMN)
  const side = imageSide(attributes['align'])
  return {
    node: 'image',
    attributes: {
      blob,
      ...(alt === '' ? {} : { alt }),
      ...(isNatural ? {} : { width }),
      ...(side === 'center' ? {} : { align: side }),
    },
    content: caption,
  }
}

/** A table has as many cells in each row as its longest row; without a cell it is an empty paragraph. */
function table(node: NodeShape, losses: Losses): NodeShape {
  const rows = node.content.filter((row): row is NodeShape => !isText(row))
  const columns = Math.max(0, ...rows.map((row) => row.content.length))
  if (columns === 0) {
    losses.note(LOST.emptyTable)
    return { node: 'block', attributes: {}, content: [] }
  }
  for (const row of rows) if (row.content.length < columns) losses.note(LOST.shortRow)
  return {
    node: 'table',
    attributes: node.attributes['header'] === true ? { header: true } : {},
    content: rows.map((row, index) => ({
      node: 'table_row',
      attributes: {},
      content: Array.from({ length: columns }, (_, column) => cell(row.content[column], index === 0, losses)),
    })),
  }
}

/** Alignment and width count in the first row, for the whole column. */
function cell(given: Content[number] | undefined, first: boolean, losses: Losses): NodeShape {
  if (given === undefined || isText(given)) return { node: 'table_cell', attributes: {}, content: [] }
  const align = alignment(given.attributes['align'])
  const width = columnWidth(given.attributes['width'])
  if (!first && align !== null) losses.note(LOST.cellAlignment)
  return {
    node: 'table_cell',
    attributes: first ? { ...(align === null ? {} : { align }), ...(width === null ? {} : { width }) } : {},
    content: withBreaks(inlineForm(given.content, losses)),
  }
}
