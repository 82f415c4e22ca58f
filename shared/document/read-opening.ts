/** The beginning of a document, as lists show it: its title and first words, read without walking the rest. */
import * as Y from 'yjs'
import { BODY, FACTS, type NodeShape, readElement, readText } from './document-shape.ts'
import { firstWords, nodeText } from './plain-text.ts'

export interface DocumentOpening {
  readonly title: string
  readonly firstWords: string
}

/** As many characters as a list's line holds. */
const LIMIT = 120

/** Says the same as the whole document's shape would. Writes nothing. */
export function readOpening(doc: Y.Doc): DocumentOpening {
  const title = doc.getMap(FACTS).get('title')
  const content: NodeShape[] = []
  let length = 0
  let child: unknown = doc.getXmlFragment(BODY).firstChild
  while (child instanceof Y.XmlElement || child instanceof Y.XmlText) {
    const node = child instanceof Y.XmlElement ? readElement(child) : { ...PARAGRAPH, content: readText(child) }
    content.push(node)
    length += nodeText(node).replace(/\s+/gu, ' ').trim().length
    if (length > LIMIT) break
    child = child.nextSibling
  }
  return { title: typeof title === 'string' ? title : '', firstWords: firstWords({ title: '', content }, LIMIT) }
}

const PARAGRAPH = { node: 'block', attributes: {} } as const
