/** What is copied from a line in a card, and pasted into it: words, where the page has blocks. */
import { Fragment, type Node, type NodeType, type Schema, Slice } from 'prosemirror-model'

/** A piece of the page as what may stand in a node: its words with their formatting, a break between two blocks. */
export function inlineSlice({ content }: Slice, into: NodeType): Slice {
  const nodes: Node[] = []
  const { schema } = into
  const collect = (node: Node): void => {
    if (node.isInline && fits(node, into)) nodes.push(node)
    else if (node.isInline) nodes.push(...(node.textContent === '' ? [] : [schema.text(node.textContent, node.marks)]))
    else if (node.inlineContent) {
      if (nodes.length > 0) nodes.push(schema.node('hard_break'))
      node.forEach(collect)
    } else node.forEach(collect)
  }
  content.forEach(collect)
  return new Slice(Fragment.from(nodes), 0, 0)
}

/** Words copied from a line, as a piece of a paragraph: where they are pasted, they go on in the text. */
export function wholeLine(slice: Slice, schema: Schema): Slice {
  return new Slice(Fragment.from(schema.node('block', null, slice.content)), 1, 1)
}

function fits(node: Node, into: NodeType): boolean {
  return into.contentMatch.matchType(node.type) !== null
}
