/** Names for pictures that are read but not kept yet, and what the blocks are once they are. */
import type { NodeShape } from '../../shared/document/document-shape.ts'

/** As long as a picture's own name, and one no bytes have. */
export function awaitedName(index: number): string {
  return index.toString(16).padStart(64, '0')
}

/** The blocks with the pictures' own names; one that was not kept leaves its description. */
export function withPictures(blocks: readonly NodeShape[], names: readonly (string | null)[]): NodeShape[] {
  const kept = new Map(names.map((name, index) => [awaitedName(index), name]))
  return blocks.map((block) => {
    const awaited = block.attributes['blob']
    const name = block.node === 'image' && typeof awaited === 'string' ? kept.get(awaited) : undefined
    if (name === undefined) return block
    if (name !== null) return { ...block, attributes: { ...block.attributes, blob: name } }
    const { alt } = block.attributes
    return {
      node: 'block',
      attributes: {},
      content: typeof alt === 'string' ? [{ text: alt, marks: {} }] : block.content,
    }
  })
}
