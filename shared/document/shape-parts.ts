/** The children of a Yjs element or fragment as comparable parts, each with the Yjs types it stands in. */
import * as Y from 'yjs'
import type { Part, TextGroup } from './align-parts.ts'
import { isText, type NodeShape, readElement, readText, type TextShape } from './document-shape.ts'
import { normalContent, normalNode } from './normal-shape.ts'

export interface YPart {
  readonly part: Part
  /** One element, or neighbouring texts, which read as one. */
  readonly types: readonly (Y.XmlElement | Y.XmlText)[]
  /** Index of the first of them in the parent. */
  readonly index: number
}

/** Leaves out what is neither an element nor text. */
export function readPart(parent: Y.XmlFragment): YPart[] {
  const parts: YPart[] = []
  const children = parent.toArray()
  for (let index = 0; index < children.length; ) {
    const child = children[index]
    if (child instanceof Y.XmlElement) {
      parts.push({ part: normalNode(readElement(child)), types: [child], index })
      index++
      continue
    }
    const texts: Y.XmlText[] = []
    for (const next of children.slice(index)) {
      if (!(next instanceof Y.XmlText)) break
      texts.push(next)
    }
    if (texts.length > 0) {
      const runs = normalContent(texts.flatMap(readText)) as readonly TextShape[]
      parts.push({ part: { runs }, types: texts, index })
    }
    index += Math.max(texts.length, 1)
  }
  return parts
}

/** Content in normal form as parts: runs between inline nodes together. */
export function textGroups(content: NodeShape['content']): Part[] {
  const parts: Part[] = []
  let runs: TextShape[] | null = null
  for (const part of content) {
    if (!isText(part)) {
      runs = null
      parts.push(part)
    } else if (runs === null) {
      runs = [part]
      const group: TextGroup = { runs }
      parts.push(group)
    } else runs.push(part)
  }
  return parts
}
