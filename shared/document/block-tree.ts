/**
 * The flat blocks as nested lists: what Markdown and HTML need to write them.
 *
 * Depth counts the list items a block stands in. A list item at depth 2 needs items at depths 0 and 1 above it; where
 * one is missing (the writer indented twice) an item without a block stands in for it. Any other block at depth n
 * belongs to the item at depth n - 1; where that is missing it moves out to the deepest item there is.
 */
import type { NodeShape } from './document-shape.ts'
import { blockDepth, blockKind } from './block-kinds.ts'

export interface ListTree {
  readonly list: 'bullet' | 'ordered'
  readonly items: ItemTree[]
}

export interface ItemTree {
  /** The item's own block, or null for one that only makes room for a deeper item. */
  readonly block: NodeShape | null
  readonly children: Tree[]
}

export type Tree = NodeShape | ListTree

export function isList(tree: Tree): tree is ListTree {
  return 'list' in tree
}

export function blockTree(content: readonly NodeShape[]): Tree[] {
  const root: Tree[] = []
  /** The list items still open, outermost first. */
  const open: ItemTree[] = []
  for (const block of content) {
    const depth = block.node === 'block' ? blockDepth(block.attributes['depth']) : 0
    open.length = Math.min(open.length, depth)
    const list = listOf(block)
    if (list === null) {
      childrenAt(root, open).push(block)
      continue
    }
    while (open.length < depth) open.push(addItem(childrenAt(root, open), 'bullet', null))
    open.push(addItem(childrenAt(root, open), list, block))
  }
  return root
}

/** The depth each block has once it is nested: what a nested format can hold of it. */
export function heldDepths(content: readonly NodeShape[]): number[] {
  let open = 0
  return content.map((block) => {
    const depth = block.node === 'block' ? blockDepth(block.attributes['depth']) : 0
    const held = listOf(block) === null ? Math.min(open, depth) : depth
    open = listOf(block) === null ? held : depth + 1
    return held
  })
}

function listOf(block: NodeShape): ListTree['list'] | null {
  if (block.node !== 'block') return null
  const kind = blockKind(block.attributes['kind'])
  if (kind === 'ordered') return 'ordered'
  return kind === 'bullet' || kind === 'task' ? 'bullet' : null
}

function childrenAt(root: Tree[], open: readonly ItemTree[]): Tree[] {
  return open.at(-1)?.children ?? root
}

function addItem(siblings: Tree[], list: ListTree['list'], block: NodeShape | null): ItemTree {
  const item: ItemTree = { block, children: [] }
  const last = siblings.at(-1)
  if (last !== undefined && isList(last) && last.list === list) last.items.push(item)
  else siblings.push({ list, items: [item] })
  return item
}
