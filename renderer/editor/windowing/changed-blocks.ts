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

/** The last answer: several plugins ask the same of every change, and pages never change themselves. */
let last: { readonly old: Node; readonly page: Node; readonly changed: ChangedBlocks } | null = null

/** Empty (`from`, `before` and `after` equal) when nothing changed. */
export function changedBlocks(old: Node, page: Node): ChangedBlocks {
  if (last === null || last.old !== old || last.page !== page) last = { old, page, changed: compare(old, page) }
  return last.changed
}

function compare({ children: old }: Node, { children }: Node): ChangedBlocks {
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
