/** Attribution: whose words stand in a document, character by character. */
import * as Y from 'yjs'
import { BODY, MAX_NESTING } from '../../shared/document/document-shape.ts'
import type { Author } from './authors.ts'

/** Neighbouring words of one author. */
export interface AuthoredText {
  readonly author: Author
  readonly text: string
}

/** Of each block, in their order; what stands in its cells and notes is on lines of its own. */
export function attribute(doc: Y.Doc, authorOf: (client: number) => Author): AuthoredText[][] {
  return doc
    .getXmlFragment(BODY)
    .toArray()
    .map((block) => {
      const runs: AuthoredText[] = []
      walk(block, runs, authorOf, 0)
      return runs
    })
}

function walk(
  type: Y.XmlElement | Y.XmlText | Y.XmlHook,
  runs: AuthoredText[],
  authorOf: (client: number) => Author,
  depth: number,
): void {
  if (depth > MAX_NESTING) return
  if (type instanceof Y.XmlText) {
    for (let item = type._start; item !== null; item = item.right)
      if (!item.deleted && item.content instanceof Y.ContentString)
        add(runs, authorOf(item.id.client), item.content.str)
    return
  }
  if (!(type instanceof Y.XmlElement)) return
  for (const child of type.toArray()) {
    const last = runs.at(-1)
    const isBlock = child instanceof Y.XmlElement && child.length > 0
    if (isBlock && last !== undefined && !last.text.endsWith('\n')) add(runs, last.author, '\n')
    walk(child, runs, authorOf, depth + 1)
  }
}

function add(runs: AuthoredText[], author: Author, text: string): void {
  const last = runs.at(-1)
  if (last?.author.key === author.key) runs[runs.length - 1] = { author, text: last.text + text }
  else runs.push({ author, text })
}
