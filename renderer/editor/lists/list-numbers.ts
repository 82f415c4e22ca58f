/** The numbers of ordered lists on a page, as its style sheet counts them: one running number for each depth. */
import type { Node } from 'prosemirror-model'
import { listStart, MAX_DEPTH } from '../../../shared/document/block-kinds.ts'
import { depthOf, isBlock, kindOf } from '../blocks.ts'

/** The running numbers after the page's block `index`, from the outermost depth inwards. */
export function listNumbersAt(page: Node, index: number): readonly number[] {
  let from = index
  while (from > 0 && !beginsAnew(page.child(from))) from -= 1
  const numbers = Array.from({ length: MAX_DEPTH + 1 }, () => 0)
  for (let at = from; at <= index; at++) count(numbers, page.child(at))
  return numbers
}

function beginsAnew(node: Node): boolean {
  return !isBlock(node) || (kindOf(node) !== 'ordered' && depthOf(node) === 0)
}

function count(numbers: number[], node: Node): void {
  const depth = isBlock(node) ? depthOf(node) : 0
  const ordered = isBlock(node) && kindOf(node) === 'ordered'
  if (ordered) numbers[depth] = listStart(node.attrs['start']) ?? (numbers[depth] ?? 0) + 1
  numbers.fill(0, ordered ? depth + 1 : depth)
}
