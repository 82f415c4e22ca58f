/** What the plain text of a document can not hold of it. */
import { alignment, blockKind, headingLevel } from './block-kinds.ts'
import type { DocumentShape, NodeShape } from './document-shape.ts'
import { isText } from './document-shape.ts'
import { Losses } from './losses.ts'
import { normalShape } from './normal-shape.ts'

/** One phrase for each thing, as exports say them. */
export function textLosses(document: DocumentShape): string[] {
  const losses = new Losses()
  for (const node of normalShape(document).content) noteBlock(node, losses)
  return losses.toList()
}

function noteBlock(node: NodeShape, losses: Losses): void {
  switch (node.node) {
    case 'block':
      noteKind(node, losses)
      break
    case 'image':
      losses.note('a picture, written as its words')
      break
    case 'table':
      losses.note('a table, written as lines with tabs')
      for (const row of node.content) if (!isText(row)) for (const cell of row.content) noteInline([cell], losses)
      return
    default:
  }
  noteInline(node.content, losses)
}

function noteKind({ attributes }: NodeShape, losses: Losses): void {
  const kind = blockKind(attributes['kind'])
  if (headingLevel(kind) > 0) losses.note('a heading, written as an ordinary line')
  else if (kind === 'quote') losses.note('a quotation, written as an ordinary line')
  else if (kind === 'callout') losses.note('a callout, written as an ordinary line')
  else if (kind === 'code') losses.note('a code block, written as ordinary lines')
  if (alignment(attributes['align']) !== null) losses.note('text alignment')
}

function noteInline(content: NodeShape['content'], losses: Losses): void {
  for (const part of content) {
    if (isText(part)) {
      const marks = Object.keys(part.marks)
      if (marks.includes('link')) losses.note('the address of a link')
      if (marks.some((mark) => mark !== 'link')) losses.note('bold, italic and other formatting')
    } else {
      if (part.node === 'footnote') losses.note('a footnote, written in brackets')
      if (part.node === 'mention') losses.note('a link to another document, written as its title')
      noteInline(part.content, losses)
    }
  }
}
