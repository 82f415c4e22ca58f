/**
 * The run-time schema: this version's own, plus opaque pass-through nodes, marks and attributes for what a newer
 * version wrote, so that an older editor keeps every byte of it.
 */
import type { AttributeSpec, MarkSpec, NodeSpec, Schema } from 'prosemirror-model'
import type * as Y from 'yjs'
import { admitsBody, type NodeUse, type SchemaUse, scanSchema } from './scan-schema.ts'
import { buildSchema, schema, schemaSpec } from './schema.ts'

/**
 * The schema that holds everything in `body`: this version's own when that suffices, or null when none can.
 *
 * `note` is what stands above an unknown block ("Made with a newer Sheaf").
 */
export function schemaFor(body: Y.XmlFragment, note: string): Schema | null {
  if (admitsBody(schema, body)) return schema
  const use = scanSchema(body)
  if (use.unholdable) return null
  const extended = extendSchema(use, note)
  return extended !== null && admitsBody(extended, body) ? extended : null
}

/** This version's schema with everything in `use` added, or null when a name is used in two ways that exclude each other. */
export function extendSchema(use: SchemaUse, note: string): Schema | null {
  const inlineHolders = findInlineHolders(use)
  // Without a prototype: a document may name its parts as an object's own things are named.
  const nodes: Record<string, NodeSpec> = Object.assign(Object.create(null), schemaSpec.nodes)
  const marks: Record<string, MarkSpec> = Object.assign(Object.create(null), schemaSpec.marks)
  for (const [name, node] of use.nodes) {
    const own = nodes[name]
    if (own === undefined) nodes[name] = unknownNode(name, node, inlineHolders, note)
    else
      nodes[name] = {
        ...own,
        ...contentOf(name, own, use, inlineHolders),
        attrs: withAttributes(own.attrs, node.attributes),
      }
  }
  for (const [name, attributes] of use.marks) {
    const own = marks[name] ?? { toDOM: () => ['span', { class: 'newer-mark', 'data-mark': name }, 0] }
    marks[name] = { ...own, attrs: withAttributes(own.attrs, attributes) }
  }
  if (Object.keys(nodes).some((name) => Object.hasOwn(marks, name))) return null
  return buildSchema({ nodes, marks })
}

function withAttributes(
  own: Record<string, AttributeSpec> | undefined,
  names: ReadonlySet<string>,
): Record<string, AttributeSpec> {
  const added = [...names].filter((name) => own === undefined || !Object.hasOwn(own, name))
  return { ...own, ...Object.fromEntries(added.map((name) => [name, { default: null }])) }
}

/** What a node of ours holds when something stands in it that this version does not put there; it is kept as it is. */
function contentOf(name: string, own: NodeSpec, use: SchemaUse, inlineHolders: ReadonlySet<string>): NodeSpec {
  const children = [...use.nodes].filter(([, node]) => node.parents.has(name)).map(([child]) => child)
  if (own.content === undefined) {
    if (children.length === 0 && use.nodes.get(name)?.holdsText !== true) return {}
    return { content: inlineHolders.has(name) ? 'inline*' : 'flow*', atom: true }
  }
  const holder = schema.nodes[name]
  const isStrange = (child: string) => {
    const type = schema.nodes[child]
    return type === undefined || holder?.contentMatch.matchType(type) === null
  }
  if (!children.some(isStrange)) return {}
  return { content: inlineHolders.has(name) ? 'inline*' : `(${own.content.replace(/\*$/, '')} | flow)*` }
}

function unknownNode(name: string, node: NodeUse, inlineHolders: ReadonlySet<string>, note: string): NodeSpec {
  const attrs = withAttributes(undefined, node.attributes)
  const content = inlineHolders.has(name) ? 'inline*' : 'flow*'
  const marking = { 'data-node': name, contenteditable: 'false', title: note }
  if ([...node.parents].some((parent) => inlineHolders.has(parent))) {
    return {
      group: 'inline',
      inline: true,
      content,
      attrs,
      atom: true,
      marks: '_',
      toDOM: () => ['span', { class: 'newer-inline', ...marking }, 0],
    }
  }
  return {
    group: 'flow',
    content,
    attrs,
    atom: true,
    isolating: true,
    marks: '_',
    whitespace: 'pre',
    toDOM: () => [
      'div',
      { class: 'newer', role: 'group', 'aria-label': note, ...marking },
      ['div', { class: 'newer__note', 'aria-hidden': 'true' }, note],
      ['div', { class: 'newer__content' }, 0],
    ],
  }
}

/** Names of the nodes whose children are inline: text stands in them, or something that is inline elsewhere. */
function findInlineHolders(use: SchemaUse): ReadonlySet<string> {
  const holders = new Set<string>()
  for (const [name, type] of Object.entries(schema.nodes)) if (type.inlineContent) holders.add(name)
  for (const [name, node] of use.nodes) if (node.holdsText) holders.add(name)
  const isInline = (name: string, node: NodeUse) =>
    schema.nodes[name]?.isInline ?? [...node.parents].some((parent) => holders.has(parent))
  for (let size = -1; size !== holders.size; ) {
    size = holders.size
    for (const [name, node] of use.nodes) {
      if (isInline(name, node)) for (const parent of node.parents) if (parent !== 'doc') holders.add(parent)
    }
  }
  return holders
}
