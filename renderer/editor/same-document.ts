/** The proof that what the page shows is what Yjs holds. */
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { type NodeShape, readElement, type TextShape } from '../../shared/document/document-shape.ts'
import { equalValues, normalNode } from '../../shared/document/normal-shape.ts'

/** A ProseMirror node as plain data. */
export function nodeToShape(node: Node): NodeShape {
  const content: (NodeShape | TextShape)[] = []
  for (const child of node.children) {
    if (child.isText) {
      const marks = child.marks.map((mark) => [mark.type.name, typeof mark.attrs === 'object' ? mark.attrs : {}])
      content.push({ text: child.text ?? '', marks: Object.fromEntries(marks) })
    } else content.push(nodeToShape(child))
  }
  return { node: node.type.name, attributes: node.attrs, content }
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
