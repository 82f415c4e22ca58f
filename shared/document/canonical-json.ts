/**
 * The document as JSON with one spelling: keys sorted, nulls left out. It is the export that loses nothing, and what a
 * content hash is taken over: documents that mean the same give the same bytes.
 */
import { SheafError } from '../errors.ts'
import { type Attributes, type DocumentShape, languageTag, type NodeShape, type TextShape } from './document-shape.ts'
import { normalShape } from './normal-shape.ts'

/** Deepest nesting of nodes that is read; a document of ours has two levels. */
const DEEPEST = 100

/** One line without spaces, for hashing. */
export function canonicalJson(shape: DocumentShape): string {
  return JSON.stringify(sorted(normalShape(shape)))
}

/** The same for people: indented, with a line break at the end. */
export function shapeToJson(shape: DocumentShape): string {
  return `${JSON.stringify(sorted(normalShape(shape)), null, 2)}\n`
}

/** Throws `SheafError('invalid-argument')` when the text is not JSON or not a document. */
export function jsonToShape(json: string): DocumentShape {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new SheafError('invalid-argument', 'This is not JSON.', {}, { cause })
  }
  if (!isRecord(value) || typeof value['title'] !== 'string' || !Array.isArray(value['content'])) {
    throw new SheafError('invalid-argument', 'This JSON is not a Sheaf document: it needs a title and content.')
  }
  const language = languageTag(value['language'])
  return normalShape({
    title: value['title'],
    ...(language === null ? {} : { language }),
    content: value['content'].map((node) => readNode(node, 1)),
  })
}

function readNode(value: unknown, level: number): NodeShape {
  if (!isRecord(value) || typeof value['node'] !== 'string' || value['node'] === '' || level > DEEPEST) {
    throw new SheafError('invalid-argument', 'This JSON is not a Sheaf document: a node has no name.')
  }
  const content = value['content'] ?? []
  if (!Array.isArray(content)) {
    throw new SheafError('invalid-argument', 'This JSON is not a Sheaf document: the content of a node is not a list.')
  }
  return {
    node: value['node'],
    attributes: readAttributes(value['attributes']),
    content: content.map((part) => (isRecord(part) && 'text' in part ? readText(part) : readNode(part, level + 1))),
  }
}

function readText(value: Record<string, unknown>): TextShape {
  const marks = value['marks'] ?? {}
  if (typeof value['text'] !== 'string' || !isRecord(marks)) {
    throw new SheafError('invalid-argument', 'This JSON is not a Sheaf document: a run of text is not text.')
  }
  return {
    text: value['text'],
    marks: Object.fromEntries(Object.entries(marks).map(([name, attributes]) => [name, readAttributes(attributes)])),
  }
}

function readAttributes(value: unknown): Attributes {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}
