/** The proof that what the page shows is what Yjs holds. */
import type { Fragment, Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { type NodeShape, readElement, type TextShape } from '../../../shared/document/document-shape.ts'
import { equalValues, normalNode } from '../../../shared/document/normal-shape.ts'

/** A ProseMirror node as plain data; it is no text. */
export function nodeToShape(node: Node): NodeShape {
  return { node: node.type.name, attributes: node.attrs, content: contentToShape(node.content) }
}

/** What stands in a node, as plain data. */
export function contentToShape({ content }: Fragment): NodeShape['content'] {
  return content.map((child) => (child.isText ? textToShape(child) : nodeToShape(child)))
}

function textToShape({ text = '', marks }: Node): TextShape {
  return { text, marks: Object.fromEntries(marks.map(({ type, attrs }) => [type.name, attrs])) }
}

/**
 * Whether the page equals the body. With a transaction, only blocks it touched are compared, which costs next to nothing
 * in a long document; without one, all are.
 */
export function sameDocument(body: Y.XmlFragment, page: Node, transaction: Y.Transaction | null = null): boolean {
  const blocks = body.toArray()
  if (blocks.length !== page.childCount) return false
  return blocks.every((block, index) => {
    if (!(block instanceof Y.XmlElement)) return false
    if (transaction !== null && !touched(block, transaction)) return true
    return equalValues(normalNode(readElement(block)), normalNode(nodeToShape(page.child(index))))
  })
}

function touched(block: Y.XmlElement, transaction: Y.Transaction): boolean {
  if (block._item === null) return true
  const { client, clock } = block._item.id
  const isNew = clock >= (transaction.beforeState.get(client) ?? 0)
  const types: ReadonlyMap<unknown, unknown> = transaction.changedParentTypes
  return isNew || types.has(block)
}
