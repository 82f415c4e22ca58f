/**
 * The document as plain data: what exports, previews, the index and comparisons read.
 *
 * It is read from Yjs by a plain walk that knows no schema, so unknown nodes, marks and attributes pass through
 * unharmed, and reading never writes to the Yjs document (ProseMirror's own conversions do).
 */
import * as Y from 'yjs'
import { normalShape } from './normal-shape.ts'

/** Name of the Yjs XML fragment that holds the body, in every document. */
export const BODY = 'body'
/** Name of the Yjs map that holds facts about the document: its `title` and `language`. */
export const FACTS = 'facts'

/** Attribute values as Yjs holds them; absent means the schema's ordinary value. */
export type Attributes = Readonly<Record<string, unknown>>

/** A run of text with one set of marks (mark name -> mark attributes; `{}` when a mark has none). */
export interface TextShape {
  readonly text: string
  readonly marks: Readonly<Record<string, Attributes>>
}

/** A node: a block, a divider, a hard break, or one this version does not know. */
export interface NodeShape {
  readonly node: string
  readonly attributes: Attributes
  readonly content: readonly (NodeShape | TextShape)[]
}

export interface DocumentShape {
  readonly title: string
  /** The language it is written in, as a BCP 47 tag; absent when nobody said. */
  readonly language?: string
  readonly content: readonly NodeShape[]
}

export function isText(part: NodeShape | TextShape): part is TextShape {
  return 'text' in part
}

/** Reads a Yjs document, in normal form (see normal-shape.ts). Writes nothing. */
export function readShape(doc: Y.Doc): DocumentShape {
  const facts = doc.getMap(FACTS)
  const title = facts.get('title')
  const language = languageTag(facts.get('language'))
  const content: NodeShape[] = []
  for (const child of doc.getXmlFragment(BODY).toArray()) {
    if (child instanceof Y.XmlElement) content.push(readElement(child))
    else if (child instanceof Y.XmlText) {
      // Text directly in the body is not something we write; a foreign writer's words are still shown, as a paragraph.
      content.push({ node: 'block', attributes: {}, content: readText(child) })
    }
  }
  return normalShape({
    title: typeof title === 'string' ? title : '',
    ...(language === null ? {} : { language }),
    content,
  })
}

/** A BCP 47 language tag in its canonical spelling, or null. */
export function languageTag(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 35) return null
  try {
    return Intl.getCanonicalLocales(value)[0] ?? null
  } catch {
    return null
  }
}

/** Nodes in each other that are read; a table's cells are three deep. More would run out of stack, here or in what walks it. */
export const MAX_NESTING = 100

/** Reads one node; what is in it more than a hundred deep is left out. */
export function readElement(element: Y.XmlElement, depth = 1): NodeShape {
  const content: (NodeShape | TextShape)[] = []
  for (const child of depth < MAX_NESTING ? element.toArray() : []) {
    if (child instanceof Y.XmlElement) content.push(readElement(child, depth + 1))
    else if (child instanceof Y.XmlText) content.push(...readText(child))
  }
  return { node: element.nodeName, attributes: plainAttributes(element), content }
}

/** The attributes of a node that are plain values: a Yjs type in the place of one, which no editor writes, says nothing. */
export function plainAttributes(element: Y.XmlElement): Record<string, unknown> {
  const attributes = Object.entries(element.getAttributes() as Attributes)
  return Object.fromEntries(attributes.filter(([, value]) => !(value instanceof Y.AbstractType)))
}

interface DeltaPart {
  readonly insert: unknown
  readonly attributes?: Record<string, unknown>
}

/** The runs of a text. */
export function readText(text: Y.XmlText): TextShape[] {
  const runs: TextShape[] = []
  for (const part of text.toDelta() as DeltaPart[]) {
    if (typeof part.insert !== 'string') continue
    const marks: Record<string, Attributes> = {}
    for (const [name, value] of Object.entries(part.attributes ?? {})) {
      marks[name] = typeof value === 'object' && value !== null ? (value as Attributes) : {}
    }
    runs.push({ text: part.insert, marks })
  }
  return runs
}
