/**
 * Keeps the text of a line that is to hold nothing but a node, such as a mention: empty, behind the node.
 *
 * The binding would put the node in the text's place, and take away with it what others type there at the same moment.
 */
import type { Node } from 'prosemirror-model'
import { type ProsemirrorBinding, updateYFragment } from 'y-prosemirror'
import * as Y from 'yjs'

/** Writes such lines of the page, blocks and cells, into Yjs by hand, before the binding compares the two. */
export function keepTexts(binding: ProsemirrorBinding, page: Node): void {
  keepIn(binding.type, page, binding)
}

function keepIn(parent: Y.XmlFragment, node: Node, binding: ProsemirrorBinding): void {
  const children = parent.toArray()
  if (children.length !== node.childCount) return
  for (const [index, child] of children.entries()) {
    const line = node.child(index)
    if (!(child instanceof Y.XmlElement) || binding.mapping.get(child) === line) continue
    if (!line.isTextblock) keepIn(child, line, binding)
    else if (isEmptied(child, line, binding)) fill(child, line, binding)
  }
}

/** Whether a line of Yjs holds an empty text and nothing else, and the one on the page nodes and no text. */
function isEmptied(element: Y.XmlElement, line: Node, { mapping }: ProsemirrorBinding): boolean {
  const before = mapping.get(element)
  if (before === undefined || Array.isArray(before) || !before.sameMarkup(line)) return false
  const text = element.length === 1 ? element.get(0) : null
  const nodesOnly = line.childCount > 0 && line.children.every((node) => !node.isText)
  return nodesOnly && text instanceof Y.XmlText && text.length === 0
}

function fill(element: Y.XmlElement, line: Node, binding: ProsemirrorBinding): void {
  for (const [place, node] of line.children.entries()) {
    const made = new Y.XmlElement(node.type.name)
    element.insert(place, [made])
    updateYFragment(binding.doc, made, node, binding)
  }
  binding.mapping.set(element, line)
}
