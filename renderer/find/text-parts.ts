/**
 * The texts of a page that can be searched: one for each block, caption, table cell and footnote. A match never goes
 * from one into another.
 */
import type { Node } from 'prosemirror-model'
import { schema } from '../../shared/document/schema.ts'

/** Stands in a text for each position of something that is no text: a footnote, a formula, a mention. */
export const OBJECT = '\uFFFC'

export interface TextPart {
  /** From the position before the outermost node to the first letter. */
  readonly start: number
  /** One UTF-16 unit for each position of the page. */
  readonly text: string
}

const known = new WeakMap<Node, readonly TextPart[]>()

/** The texts in a child of the page, remembered as long as the node lives. What a newer version wrote has none. */
export function textParts(node: Node): readonly TextPart[] {
  let parts = known.get(node)
  if (parts === undefined) {
    const found: TextPart[] = []
    collect(node, 1, found)
    known.set(node, (parts = found))
  }
  return parts
}

function collect(node: Node, start: number, parts: TextPart[]): void {
  if (!Object.hasOwn(schema.nodes, node.type.name) || node.type.name === 'math') return
  if (node.inlineContent && node.content.size > 0) parts.push({ start, text: textOf(node) })
  node.forEach((child, offset) => {
    if (!child.isText && !child.isLeaf) collect(child, start + offset + 1, parts)
  })
}

function textOf(node: Node): string {
  let text = ''
  node.forEach((child) => {
    if (child.isText) text += child.text ?? ''
    else text += child.type.name === 'hard_break' ? '\n' : OBJECT.repeat(child.nodeSize)
  })
  return text
}
