/** A run of whole nodes at the top of the page: blocks, images, tables, dividers. */
import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { depthOf, isListItem } from './blocks.ts'

export interface BlockRange {
  /** Children of the document, both included. */
  readonly first: number
  readonly last: number
  /** Positions before the first and behind the last. */
  readonly from: number
  readonly to: number
}

export function rangeOf(doc: Node, first: number, last: number): BlockRange {
  let from = 0
  for (let index = 0; index < first; index++) from += doc.child(index).nodeSize
  let to = from
  for (let index = first; index <= last; index++) to += doc.child(index).nodeSize
  return { first, last, from, to }
}

/** What the selection touches, or null on an empty page and in a gap. */
export function selectedRange({ doc, selection }: EditorState): BlockRange | null {
  const { $from, $to, empty } = selection
  const first = $from.index(0)
  let last = $to.depth === 0 ? $to.index(0) - 1 : $to.index(0)
  // A selection that ends before a block's first character does not touch it.
  if (!empty && $to.depth === 1 && $to.parentOffset === 0 && last > first) last--
  return last < first || first >= doc.childCount ? null : rangeOf(doc, first, last)
}

/** The range with the list items that hang below its last one. */
export function withItemsBelow(doc: Node, range: BlockRange): BlockRange {
  const last = lastBelow(doc, range.last)
  return last === range.last ? range : rangeOf(doc, range.first, last)
}

/** The last list item that hangs below the one at `index`, or `index`. */
function lastBelow(doc: Node, index: number): number {
  const item = doc.child(index)
  if (!isListItem(item)) return index
  let last = index
  while (last + 1 < doc.childCount) {
    const next = doc.child(last + 1)
    if (!isListItem(next) || depthOf(next) <= depthOf(item)) break
    last++
  }
  return last
}

/** What the range changes places with when it goes one step up or down, or null at the border of the page. */
export function neighbour(doc: Node, range: BlockRange, way: 'up' | 'down'): BlockRange | null {
  const item = doc.child(range.first)
  if (way === 'down') {
    const next = range.last + 1
    if (next >= doc.childCount) return null
    const node = doc.child(next)
    const sibling = isListItem(item) && isListItem(node) && depthOf(item) === depthOf(node)
    return rangeOf(doc, next, sibling ? lastBelow(doc, next) : next)
  }
  let before = range.first - 1
  if (before < 0) return null
  if (isListItem(item)) {
    // What hangs below the sibling above goes with it.
    while (before > 0 && isDeeper(doc.child(before), item) && isListItem(doc.child(before - 1))) before--
  }
  return rangeOf(doc, before, range.first - 1)
}

function isDeeper(node: Node, item: Node): boolean {
  return isListItem(node) && depthOf(node) > depthOf(item)
}
