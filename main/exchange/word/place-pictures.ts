/** The pictures of a Word file on their way into a document, which keeps those that it can hold. */
import type { DocumentShape, NodeShape } from '../../../shared/document/document-shape.ts'
import { Losses } from '../../../shared/document/losses.ts'
import { normalShape } from '../../../shared/document/normal-shape.ts'
import { nodeText } from '../../../shared/document/plain-text.ts'
import { LOST } from './lost.ts'
import type { WordReading } from './read-word.ts'

/** `keep` answers a picture's name in the document, or null for what is no picture; its words stay. */
export function placePictures(
  { shape, losses, pictures }: WordReading,
  keep: (bytes: Uint8Array) => string | null,
): { shape: DocumentShape; losses: string[] } {
  const names = new Map<string, string | null>()
  for (const [name, bytes] of pictures) names.set(name, keep(bytes))
  const left = new Losses()
  const content = shape.content.map((node): NodeShape => {
    if (node.node !== 'image') return node
    const blob = names.get(String(node.attributes['blob'])) ?? null
    if (blob !== null) return { ...node, attributes: { ...node.attributes, blob } }
    left.note(LOST.pictureFormat)
    const words = node.content.length > 0 ? node.content : [{ text: nodeText(node), marks: {} }]
    return { node: 'block', attributes: {}, content: words }
  })
  return { shape: normalShape({ ...shape, content }), losses: [...losses, ...left.toList()] }
}
