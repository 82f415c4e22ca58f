/** A document for reading, its mentions under the titles that their documents have now. */
import type { DocumentId } from '../ids.ts'
import { type DocumentShape, isText, type NodeShape } from './document-shape.ts'

/** `titleOf` answers null, or '', for a document nobody knows: its mentions keep the title they were written with. */
export function withCurrentTitles(
  shape: DocumentShape,
  titleOf: (documentId: DocumentId) => string | null,
): DocumentShape {
  const current = (node: NodeShape): NodeShape => {
    const { document } = node.attributes
    const title = node.node === 'mention' && typeof document === 'string' ? titleOf(document) : null
    const content = node.content.map((part) => (isText(part) ? part : current(part)))
    return title === null || title === ''
      ? { ...node, content }
      : { ...node, content, attributes: { ...node.attributes, label: title } }
  }
  return { ...shape, content: shape.content.map(current) }
}
