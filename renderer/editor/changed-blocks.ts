/**
 * Which blocks of a page differ from those of the page before: all but the ones at both ends that are the same objects.
 *
 * ProseMirror keeps what a change leaves alone, so this costs a comparison of pointers for each block.
 */
import type { Node } from 'prosemirror-model'

/** Blocks `from` up to, not including, `before` of the old page became blocks `from` up to `after` of the new one. */
export interface ChangedBlocks {
  readonly from: number
  readonly before: number
  readonly after: number
}

/** Empty (`from`, `before` and `after` equal) when nothing changed. */
export function changedBlocks({ children: old }: Node, { children }: Node): ChangedBlocks {
  const common = Math.min(old.length, children.length)
  let from = 0
  while (from < common && old[from] === children[from]) from += 1
  let same = 0
  while (same < common - from && old[old.length - 1 - same] === children[children.length - 1 - same]) same += 1
  return { from, before: old.length - same, after: children.length - same }
}

/** The index of the one block that became another, every other staying what and where it was; null when it is otherwise. */
export function onlyChangedBlock(old: Node, page: Node): number | null {
  const { from, before, after } = changedBlocks(old, page)
  return before === from + 1 && after === from + 1 ? from : null
}
