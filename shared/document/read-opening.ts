/** The beginning of a document, as lists show it: its title and first words, read without walking the rest. */
import * as Y from 'yjs'
import { BODY, FACTS, type NodeShape, readElement, readText } from './document-shape.ts'
import { firstWords } from './plain-text.ts'

export interface DocumentOpening {
  readonly title: string
  readonly firstWords: string
}

/** Says the same as the whole document's shape would. Writes nothing. */
export function readOpening(doc: Y.Doc): DocumentOpening {
  const title = doc.getMap(FACTS).get('title')
  return { title: typeof title === 'string' ? title : '', firstWords: firstWords(blocksOf(doc)) }
}

/** Each is read when it is asked for. */
function* blocksOf(doc: Y.Doc): Iterable<NodeShape> {
  let child: unknown = doc.getXmlFragment(BODY).firstChild
  while (child instanceof Y.XmlElement || child instanceof Y.XmlText) {
    yield child instanceof Y.XmlElement ? readElement(child) : { ...PARAGRAPH, content: readText(child) }
    child = child.nextSibling
  }
}

const PARAGRAPH = { node: 'block', attributes: {} } as const
