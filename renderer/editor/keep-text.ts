/**
 * Keeps the text of a line that is to hold nothing but a node, such as a mention: empty, behind the node.
 *
 * The binding would put the node in the text's place, and take away with it what others type there at the same moment.
 */
import type { Node } from 'prosemirror-model'
import { type ProsemirrorBinding, updateYFragment } from 'y-prosemirror'
import * as Y from 'yjs'

/** Writes such lines of the page into Yjs by hand, before the binding compares the two. */
export function keepTexts(binding: ProsemirrorBinding, page: Node): void {
  const blocks = binding.type.toArray()
  if (blocks.length !== page.childCount) return
  for (const [index, block] of blocks.entries()) {
    const line = page.child(index)
    if (!(block instanceof Y.XmlElement) || !isEmptied(block, line, binding)) continue
    for (const [place, node] of line.children.entries()) {
      const element = new Y.XmlElement(node.type.name)
      block.insert(place, [element])
      updateYFragment(binding.doc, element, node, binding)
    }
    binding.mapping.set(block, line)
  }
}

/** Whether a block of Yjs holds an empty text and nothing else, and the line on the page nodes and no text. */
function isEmptied(block: Y.XmlElement, line: Node, { mapping }: ProsemirrorBinding): boolean {
  const before = mapping.get(block)
  if (before === line || before === undefined || Array.isArray(before) || !before.sameMarkup(line)) return false
  const text = block.length === 1 ? block.get(0) : null
  const nodesOnly = line.isTextblock && line.childCount > 0 && line.children.every((node) => !node.isText)
  return nodesOnly && text instanceof Y.XmlText && text.length === 0
}
