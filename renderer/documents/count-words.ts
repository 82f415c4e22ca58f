/** Words of a page, counted block by block and remembered, so that a keystroke costs one block. */
import type { Node } from 'prosemirror-model'
import { countWords, nodeText } from '../../shared/document/plain-text.ts'
import { nodeToShape } from '../editor/same-document.ts'

const counted = new WeakMap<Node, number>()

export function countPageWords(page: Node): number {
  let words = 0
  page.forEach((block) => {
    let own = counted.get(block)
    if (own === undefined) {
      own = block.type.name === 'divider' ? 0 : countWords(nodeText(nodeToShape(block)))
      counted.set(block, own)
    }
    words += own
  })
  return words
}
