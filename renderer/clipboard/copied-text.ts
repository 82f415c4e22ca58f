/** What is copied, as plain text: the words of a piece of one block, and of more than that what the text export writes. */
import type { Slice } from 'prosemirror-model'
import { nodeText, shapeToText, wordsOf } from '../../shared/document/plain-text.ts'
import { contentToShape } from '../editor/binding/same-document.ts'
import { shapesOf } from './page-shapes.ts'

export function copiedText({ content }: Slice): string {
  // A piece of a note is a line without a block around it.
  if (content.firstChild?.isInline) return wordsOf(contentToShape(content))
  const blocks = shapesOf(content)
  const [only] = blocks
  if (blocks.length === 1 && only !== undefined) return nodeText(only)
  return shapeToText({ title: '', content: blocks }).replace(/\n$/, '')
}
