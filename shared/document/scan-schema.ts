/**
 * What a Yjs body is made of: a plain walk over names, which knows no schema and writes nothing.
 *
 * It comes before every binding, because the Yjs-ProseMirror binding deletes what the schema can't hold, at every peer.
 */
import type { NodeType, Schema } from 'prosemirror-model'
import * as Y from 'yjs'
import { MAX_NESTING } from './document-shape.ts'

/** How one node name is used in a body. */
export interface NodeUse {
  readonly attributes: Set<string>
  /** Names of the nodes it stands in; the body itself counts as `doc`. */
  readonly parents: Set<string>
  /** Whether text stands directly in it. */
  holdsText: boolean
}

export interface SchemaUse {
  readonly nodes: Map<string, NodeUse>
  /** Mark name -> names of the attributes its values have. */
  readonly marks: Map<string, Set<string>>
  /** Something no ProseMirror schema can hold: embedded objects, bare text, shared types as values, endless nesting. */
  unholdable: boolean
}

/** Names ProseMirror or our content expressions give a meaning to. */
const RESERVED = new Set(['doc', 'text', 'flow', 'inline', '__proto__'])
/** The binding reads `name--12345678` as an overlapping mark and would write it back under another name. */
const OVERLAPPING_MARK = /--[a-zA-Z0-9+/=]{8}$/

/** Walks the whole body. */
export function scanSchema(body: Y.XmlFragment): SchemaUse {
  const use: SchemaUse = { nodes: new Map(), marks: new Map(), unholdable: false }
  for (const child of body.toArray()) {
    if (child instanceof Y.XmlElement) scanElement(child, 'doc', use, 1)
    else use.unholdable = true
  }
  return use
}

function scanElement(element: Y.XmlElement, parent: string, use: SchemaUse, depth: number): void {
  if (depth > MAX_NESTING) {
    use.unholdable = true
    return
  }
  const name = element.nodeName
  if (RESERVED.has(name)) use.unholdable = true
  let node = use.nodes.get(name)
  if (node === undefined) {
    node = { attributes: new Set(), parents: new Set(), holdsText: false }
    use.nodes.set(name, node)
  }
  node.parents.add(parent)
  for (const attribute of attributeNames(element)) {
    if (attribute === null || attribute === '__proto__') use.unholdable = true
    else node.attributes.add(attribute)
  }
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlElement) scanElement(child, name, use, depth + 1)
    else if (child instanceof Y.XmlText) {
      node.holdsText = true
      scanText(child, use)
    } else use.unholdable = true
  }
}

function scanText(text: Y.XmlText, use: SchemaUse): void {
  for (const mark of marksOf(text)) {
    if (mark === null || RESERVED.has(mark.name) || OVERLAPPING_MARK.test(mark.name)) {
      use.unholdable = true
      continue
    }
    const attributes = use.marks.get(mark.name) ?? new Set<string>()
    for (const attribute of mark.attributes) attributes.add(attribute)
    use.marks.set(mark.name, attributes)
  }
}

/** Names of an element's attributes; null stands for one whose value is a shared type. */
function attributeNames(element: Y.XmlElement): (string | null)[] {
  const names: (string | null)[] = []
  for (const [name, item] of element._map) {
    if (!item.deleted) names.push(item.content instanceof Y.ContentType ? null : name)
  }
  return names
}

/** The marks of a text's runs; null stands for what isn't one: embedded objects, and marks whose value is no object. */
function marksOf(text: Y.XmlText): ({ name: string; attributes: string[] } | null)[] {
  const marks: ({ name: string; attributes: string[] } | null)[] = []
  for (const run of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof run.insert !== 'string') marks.push(null)
    for (const [name, value] of Object.entries(run.attributes ?? {})) {
      marks.push(typeof value === 'object' && value !== null ? { name, attributes: Object.keys(value) } : null)
    }
  }
  return marks
}

/** Whether `schema` holds the whole body, so that binding it can't change anything. */
export function admitsBody(schema: Schema, body: Y.XmlFragment): boolean {
  return body.toArray().every((child) => admitsChild(schema, schema.topNodeType, child))
}

/** Whether `schema` holds what a transaction changed in a body it held before. Looks at nothing else. */
export function admitsChange(schema: Schema, body: Y.XmlFragment, transaction: Y.Transaction): boolean {
  for (const type of transaction.changed.keys()) {
    if (!standsIn(body, type)) continue
    if (type instanceof Y.XmlText) {
      if (!admitsText(schema, type)) return false
    } else if (type instanceof Y.XmlElement || type instanceof Y.XmlFragment) {
      const parent = type instanceof Y.XmlElement ? schema.nodes[type.nodeName] : schema.topNodeType
      if (parent === undefined) return false
      if (type instanceof Y.XmlElement && !admitsAttributes(parent, type)) return false
      for (const child of type.toArray()) {
        const known =
          child._item !== null && child._item.id.clock < (transaction.beforeState.get(child._item.id.client) ?? 0)
        if (!known && !admitsChild(schema, parent, child)) return false
      }
    } else return false
  }
  return true
}

/** Whether a shared type is alive inside the body. */
function standsIn(body: Y.XmlFragment, type: unknown): boolean {
  let current = type
  while (current instanceof Y.AbstractType) {
    if (current === body) return true
    if (current._item === null || current._item.deleted) return false
    current = current._item.parent
  }
  return false
}

function admitsChild(schema: Schema, parent: NodeType, child: unknown): boolean {
  if (child instanceof Y.XmlText) return parent.inlineContent && admitsText(schema, child)
  if (!(child instanceof Y.XmlElement)) return false
  const type = schema.nodes[child.nodeName]
  if (type === undefined || type.isText || type === schema.topNodeType) return false
  if (parent.contentMatch.matchType(type) === null) return false
  return admitsAttributes(type, child) && child.toArray().every((inner) => admitsChild(schema, type, inner))
}

function admitsAttributes(type: NodeType, element: Y.XmlElement): boolean {
  const known = type.spec.attrs ?? {}
  return attributeNames(element).every((name) => name !== null && Object.hasOwn(known, name))
}

function admitsText(schema: Schema, text: Y.XmlText): boolean {
  return marksOf(text).every((mark) => {
    if (mark === null || OVERLAPPING_MARK.test(mark.name)) return false
    const known = schema.marks[mark.name]?.spec
    return known !== undefined && mark.attributes.every((name) => Object.hasOwn(known.attrs ?? {}, name))
  })
}
