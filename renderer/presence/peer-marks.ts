/**
 * What of another's selection there is to draw on the part of the page that is in sight. It computes only; the cost is that
 * of the blocks in sight.
 */
import type { Node } from 'prosemirror-model'
import type { FoundPlace } from '../editor/binding/shared-place.ts'
import { CellSelection } from '../editor/tables/cell-selection.ts'
import { cellsIn } from '../editor/tables/cells.ts'
import type { BlocksInSight } from '../spelling/blocks-in-sight.ts'
import type { FoundSelection } from './peer-selection.ts'

/** Positions of the page. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface PeerMarks {
  /** Where the caret is, and the side of it whose line it stands on when a line is wrapped there; null out of sight. */
  readonly caret: { readonly at: number; readonly side: -1 | 1 } | null
  /** Selected words. */
  readonly wash: Span | null
  /** What is selected as a whole: images, dividers, formulas, a rectangle of cells by the first and the last. */
  readonly frames: readonly Span[]
}

/** The blocks in sight of one page, and where they begin. */
export interface SightedPage extends BlocksInSight {
  readonly page: Node
  /** The position before the first of them. */
  readonly start: number
  readonly end: number
}

export function sightedPage(page: Node, { from, to }: BlocksInSight): SightedPage {
  const last = Math.min(to, page.childCount)
  const first = Math.min(from, last)
  let start = 0
  for (let index = 0; index < first; index++) start += page.child(index).nodeSize
  let end = start
  for (let index = first; index < last; index++) end += page.child(index).nodeSize
  return { page, from: first, to: last, start, end }
}

/** Null when nothing of it is in sight. */
export function peerMarks({ anchor, head }: FoundSelection, sight: SightedPage): PeerMarks | null {
  const cells = cellMarks(anchor, head, sight)
  if (cells !== null) return cells
  const forward = order(anchor, head) <= 0
  const [first, last] = forward ? [anchor, head] : [head, anchor]
  if (last.index < sight.from || first.index > sight.to) return null
  const from = positionIn(first, sight)
  const to = positionIn(last, sight)
  const caret = caretAt(head, sight, forward && from < to ? -1 : 1)
  const frames = from < to ? wholeNodes(sight, from, to) : []
  // What is only one whole node has no words to wash.
  const wash = from < to && !(frames.length === 1 && frames[0]?.from === from && frames[0].to === to)
  if (caret === null && !wash && frames.length === 0) return null
  return { caret, wash: wash ? { from, to } : null, frames }
}

function order(a: FoundPlace, b: FoundPlace): number {
  return a.index - b.index || Number(a.block !== null) - Number(b.block !== null) || a.offset - b.offset
}

/** The position of a place; what lies outside of what is in sight is taken to its border. */
function positionIn(place: FoundPlace, sight: SightedPage): number {
  if (place.index < sight.from) return sight.start
  if (place.index >= sight.to) return sight.end
  let position = sight.start
  for (let index = sight.from; index < place.index; index++) position += sight.page.child(index).nodeSize
  return place.block === null ? position : position + 1 + place.offset
}

function isInSight({ index }: FoundPlace, { from, to }: SightedPage): boolean {
  return index >= from && index < to
}

function caretAt(head: FoundPlace, sight: SightedPage, side: -1 | 1): PeerMarks['caret'] {
  if (head.block === null || !isInSight(head, sight)) return null
  const at = positionIn(head, sight)
  return sight.page.resolve(at).parent.inlineContent ? { at, side } : null
}

/** A rectangle of cells, which is what a selection from one cell of a table to another is; null for all others. */
function cellMarks(anchor: FoundPlace, head: FoundPlace, sight: SightedPage): PeerMarks | null {
  if (anchor.index !== head.index || anchor.block === null || head.block === null || !isInSight(head, sight))
    return null
  if (anchor.offset === head.offset || anchor.block.isTextblock) return null
  const { page } = sight
  const selected = CellSelection.between(page.resolve(positionIn(anchor, sight)), page.resolve(positionIn(head, sight)))
  if (selected === null || selected.isOneCell) return null
  const cells = cellsIn(selected.rectangle)
  const first = cells.at(0)
  const last = cells.at(-1)
  if (first === undefined || last === undefined) return null
  return { caret: null, wash: null, frames: [{ from: first.pos, to: last.pos + last.node.nodeSize }] }
}

/** Nodes between two positions that are selected as a whole and are more than their words. */
function wholeNodes({ page, from: first, to: last, start }: SightedPage, from: number, to: number): Span[] {
  const frames: Span[] = []
  let position = start
  for (let index = first; index < last; index++) {
    const node = page.child(index)
    const end = position + node.nodeSize
    if (position >= from && end <= to && isMoreThanWords(node)) frames.push({ from: position, to: end })
    position = end
  }
  return frames
}

function isMoreThanWords(node: Node): boolean {
  return !node.isTextblock || node.type.name === 'image' || node.attrs['kind'] === 'math'
}
