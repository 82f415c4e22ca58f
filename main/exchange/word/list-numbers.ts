/** The running numbers of ordered lists, one for each depth, as a page counts them. */
import { blockDepth, blockKind, MAX_DEPTH } from '../../../shared/document/block-kinds.ts'
import type { NodeShape } from '../../../shared/document/document-shape.ts'

export class ListNumbers {
  readonly #numbers: number[] = Array.from({ length: MAX_DEPTH + 1 }, () => 0)

  /** The number an ordered item at this depth gets when nothing else is said. */
  next(depth: number): number {
    return (this.#numbers[depth] ?? 0) + 1
  }

  /** Whether an ordered list goes on at this depth. */
  isOpen(depth: number): boolean {
    return (this.#numbers[depth] ?? 0) > 0
  }

  /** Goes past a block; `number` is that of an ordered item. */
  pass(node: NodeShape, number: number): void {
    const isBlock = node.node === 'block'
    const depth = isBlock ? blockDepth(node.attributes['depth']) : 0
    const ordered = isBlock && blockKind(node.attributes['kind']) === 'ordered'
    if (ordered) this.#numbers[depth] = number
    this.#numbers.fill(0, ordered ? depth + 1 : depth)
  }
}
