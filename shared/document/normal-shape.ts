/**
 * The one form among all that mean the same document: no empty runs, neighbouring runs with equal marks joined, and
 * no attribute whose value is null (null and absence both stand for the ordinary value).
 */
import type { Attributes, DocumentShape, NodeShape, TextShape } from './document-shape.ts'

export type Content = readonly (NodeShape | TextShape)[]

/** Equal documents give deeply equal results; applying it twice changes nothing. */
export function normalShape(shape: DocumentShape): DocumentShape {
  const { title, language, content } = shape
  return { title, ...(language === undefined ? {} : { language }), content: content.map(normalNode) }
}

export function normalNode(node: NodeShape): NodeShape {
  return { node: node.node, attributes: normalAttributes(node.attributes), content: normalContent(node.content) }
}

export function normalContent(content: Content): Content {
  const parts: (NodeShape | TextShape)[] = []
  for (const part of content) {
    if (!('text' in part)) {
      parts.push(normalNode(part))
      continue
    }
    if (part.text === '') continue
    const marks = normalMarks(part.marks)
    const last = parts.at(-1)
    if (last !== undefined && 'text' in last && equalMarks(last.marks, marks)) {
      parts[parts.length - 1] = { text: last.text + part.text, marks }
    } else parts.push({ text: part.text, marks })
  }
  return parts
}

export function normalAttributes(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries)
}

export function normalMarks(marks: TextShape['marks']): TextShape['marks'] {
  return Object.fromEntries(Object.entries(marks).map(([name, attributes]) => [name, normalAttributes(attributes)]))
}

/** Whether two sets of marks mean the same. */
export function equalMarks(a: TextShape['marks'], b: TextShape['marks']): boolean {
  return equalValues(normalMarks(a), normalMarks(b))
}

/** Deep equality of plain JSON-like values, in which the order of keys says nothing. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) && equalValues((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}
