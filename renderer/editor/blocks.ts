/** Reading blocks: what kind they are, which ones a selection touches, what hangs below a list item. */
import type { Attrs, Node, ResolvedPos } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { type BlockKind, blockDepth, blockKind, storedKind } from '../../shared/document/block-kinds.ts'

/** A block and the position before it. */
export interface PlacedBlock {
  readonly node: Node
  readonly pos: number
  /** Which child of the document it is. */
  readonly index: number
}

export function isBlock(node: Node | null | undefined): node is Node {
  return node?.type.name === 'block'
}

export function kindOf(block: Node): BlockKind {
  return blockKind(block.attrs['kind'])
}

export function depthOf(block: Node): number {
  return blockDepth(block.attrs['depth'])
}

export function isListKind(kind: BlockKind): kind is 'bullet' | 'ordered' | 'task' {
  return kind === 'bullet' || kind === 'ordered' || kind === 'task'
}

export function isListItem(node: Node | null | undefined): node is Node {
  return isBlock(node) && isListKind(kindOf(node))
}

/** The block the position stands in, or null. */
export function blockAt($pos: ResolvedPos): PlacedBlock | null {
  return $pos.depth === 1 && isBlock($pos.parent)
    ? { node: $pos.parent, pos: $pos.before(), index: $pos.index(0) }
    : null
}

/** The block with the caret, when nothing is selected. */
export function caretBlock(state: EditorState): PlacedBlock | null {
  return state.selection.empty ? blockAt(state.selection.$from) : null
}

/** Every block the selection touches; a selection that ends before a block's first character does not touch it. */
export function selectedBlocks(state: EditorState): PlacedBlock[] {
  const { from, to, empty } = state.selection
  const blocks: PlacedBlock[] = []
  state.doc.forEach((node, pos, index) => {
    const touched = pos + node.nodeSize > from && (empty ? pos < to : pos + 1 < to)
    if (touched && isBlock(node)) blocks.push({ node, pos, index })
  })
  return blocks
}

/** The list items right below `item` and deeper than it. */
export function itemsBelow(doc: Node, item: PlacedBlock): PlacedBlock[] {
  const below: PlacedBlock[] = []
  let pos = item.pos + item.node.nodeSize
  for (let index = item.index + 1; index < doc.childCount; index++) {
    const node = doc.child(index)
    if (!isListItem(node) || depthOf(node) <= depthOf(item.node)) break
    below.push({ node, pos, index })
    pos += node.nodeSize
  }
  return below
}

/** A block's attributes as a block of another kind; unknown attributes stay. */
export function attrsAs(attrs: Attrs, kind: BlockKind, depth = blockDepth(attrs['depth'])): Attrs {
  return {
    ...attrs,
    kind: storedKind(kind),
    depth: isListKind(kind) && depth > 0 ? depth : null,
    checked: kind === 'task' ? attrs['checked'] : null,
    lang: kind === 'code' ? attrs['lang'] : null,
    tone: kind === 'callout' ? attrs['tone'] : null,
    start: kind === 'ordered' ? attrs['start'] : null,
  }
}
