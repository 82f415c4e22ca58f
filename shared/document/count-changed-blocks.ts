/** How many blocks of a document are new or say something else than before: what somebody who reads it again would find. */
import { canonicalJson } from './canonical-json.ts'
import type { DocumentShape, NodeShape } from './document-shape.ts'

/** A block that only moved is not counted. */
export function countChangedBlocks(before: DocumentShape, after: DocumentShape): number {
  const known = new Map<string, number>()
  for (const block of before.content) known.set(key(block), (known.get(key(block)) ?? 0) + 1)
  let changed = 0
  for (const block of after.content) {
    const left = known.get(key(block)) ?? 0
    if (left === 0) changed += 1
    else known.set(key(block), left - 1)
  }
  return changed
}

function key(block: NodeShape): string {
  return canonicalJson({ title: '', content: [block] })
}
