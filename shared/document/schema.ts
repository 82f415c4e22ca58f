/**
 * The flat document schema: one textblock, `block`, whose kind and depth are attributes.
 *
 * Flat, because changing a node's type in a tree schema replaces the node, and whatever a peer types into the old one
 * meanwhile is lost in the merge. Here a paragraph becomes a heading by setting one attribute.
 * `null` stands for an attribute's ordinary value (a paragraph, depth 0): the Yjs binding stores nothing for it.
 */
import { type Mark, type MarkSpec, MarkType, type NodeSpec, Schema } from 'prosemirror-model'

/** The version written into records; raise it when the schema below learns something older readers must not drop. */
export const SCHEMA_VERSION = 1

/** What a block is. A paragraph is stored as the absence of a kind. */
export const BLOCK_KINDS = ['paragraph', 'h1', 'h2', 'h3', 'bullet', 'ordered', 'task', 'quote', 'code'] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]
export type StoredKind = Exclude<BlockKind, 'paragraph'> | null

/** Deepest nesting of list items; deeper input is clamped. */
export const MAX_DEPTH = 8

/** URL schemes a link may have; anything else is shown as plain text. */
const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:'])

/** The href as it may be followed, or null: an absolute http, https or mailto address of at most 2,000 characters. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string' || href.length > 2000) return null
  try {
    const url = new URL(href.trim())
    return LINK_SCHEMES.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

export function storedKind(kind: BlockKind): StoredKind {
  return kind === 'paragraph' ? null : kind
}

/** The kind an attribute value stands for; a kind this version does not know reads as a paragraph. */
export function blockKind(value: unknown): BlockKind {
  return BLOCK_KINDS.find((kind) => kind === value) ?? 'paragraph'
}

/** The depth an attribute value stands for: a whole number from 0 to MAX_DEPTH. */
export function blockDepth(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) ? Math.min(Math.max(value, 0), MAX_DEPTH) : 0
}

const TAGS: Record<BlockKind, string> = {
  paragraph: 'p',
  h1: 'h2',
  h2: 'h3',
  h3: 'h4',
  bullet: 'div',
  ordered: 'div',
  task: 'div',
  quote: 'blockquote',
  code: 'pre',
}

const block: NodeSpec = {
  group: 'flow',
  content: 'inline*',
  marks: '_',
  // Code blocks hold their line breaks as characters, so no reading of the page may turn them into spaces.
  whitespace: 'pre',
  attrs: {
    kind: { default: null },
    depth: { default: null },
    checked: { default: null },
    lang: { default: null },
    align: { default: null },
  },
  defining: true,
  // Words are selected, not blocks: Ctrl with a click would take a whole paragraph.
  selectable: false,
  toDOM(node) {
    const kind = blockKind(node.attrs['kind'])
    const attributes: Record<string, string> = { class: 'block', 'data-kind': kind }
    const depth = blockDepth(node.attrs['depth'])
    if (depth > 0) attributes['data-depth'] = String(depth)
    if (kind === 'task') attributes['data-checked'] = String(node.attrs['checked'] === true)
    if (typeof node.attrs['lang'] === 'string') attributes['data-lang'] = node.attrs['lang'].slice(0, 40)
    return [TAGS[kind], attributes, 0]
  },
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'flow*', marks: '_' },
  block,
  divider: { group: 'flow', atom: true, selectable: true, toDOM: () => ['hr', { class: 'divider' }] },
  text: { group: 'inline' },
  hard_break: { group: 'inline', inline: true, selectable: false, linebreakReplacement: true, toDOM: () => ['br'] },
}

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: { default: null }, title: { default: null } },
    inclusive: false,
    toDOM(mark) {
      const href = safeHref(mark.attrs['href'])
      return href === null
        ? ['span', { class: 'link link--unsafe' }, 0]
        : ['a', { class: 'link', href, rel: 'noopener noreferrer' }, 0]
    },
  },
  bold: { toDOM: () => ['strong', 0] },
  italic: { toDOM: () => ['em', 0] },
  strike: { toDOM: () => ['s', 0] },
  code: { code: true, toDOM: () => ['code', 0] },
}

/**
 * A schema whose marks keep their attributes exactly as they were given, unknown and missing ones included.
 *
 * ProseMirror would fill in defaults, and the Yjs binding would then write those into text that nobody touched.
 */
export function buildSchema(spec: {
  readonly nodes: Readonly<Record<string, NodeSpec>>
  readonly marks: Readonly<Record<string, MarkSpec>>
}): Schema {
  const built = new Schema({ nodes: { ...spec.nodes }, marks: { ...spec.marks } })
  for (const type of Object.values(built.marks)) {
    type.create = (attrs = null) => {
      const mark: Mark = MarkType.prototype.create.call(type, attrs)
      return attrs === null ? mark : Object.assign(mark, { attrs })
    }
  }
  return built
}

/** What `schema` is built from, for schemas that also hold what a newer version wrote. */
export const schemaSpec = { nodes, marks } as const

/** The schema this version writes. `parseDOM` rules for pasted text live with the editor, not here. */
export const schema = buildSchema(schemaSpec)
