/**
 * The flat document schema: one textblock, `block`, whose kind and depth are attributes; images and tables stand beside it.
 *
 * Flat, because changing a node's type in a tree schema replaces the node, and whatever a peer types into the old one
 * meanwhile is lost in the merge. Here a paragraph becomes a heading by setting one attribute.
 * `null` stands for an attribute's ordinary value (a paragraph, depth 0): the Yjs binding stores nothing for it.
 */
import { type Mark, type MarkSpec, MarkType, type NodeSpec, Schema } from 'prosemirror-model'
import {
  type BlockKind,
  alignment,
  blockDepth,
  blockKind,
  calloutTone,
  direction,
  headingLevel,
} from './block-kinds.ts'
import { flowNodeSpecs } from './flow-node-specs.ts'
import { inlineNodeSpecs } from './inline-node-specs.ts'
import { markSpecs } from './mark-specs.ts'

/** The version written into records; raise it when the schema below learns something older readers must not drop. */
export const SCHEMA_VERSION = 2

/** The element a block of a kind is drawn with. The title is the page's first heading, so headings begin one lower. */
function blockTag(kind: BlockKind): string {
  const level = headingLevel(kind)
  if (level > 0) return level < 6 ? `h${level + 1}` : 'div'
  if (kind === 'paragraph') return 'p'
  if (kind === 'quote') return 'blockquote'
  return kind === 'code' || kind === 'math' ? 'pre' : 'div'
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
    /** Of a task: true when it is done. */
    checked: { default: null },
    /** Of code: the name of its language. */
    lang: { default: null },
    align: { default: null },
    /** 'rtl' or 'ltr' when the person chose. */
    dir: { default: null },
    /** Of a callout. */
    tone: { default: null },
    /** Of an item of an ordered list: the number counting begins with here. */
    start: { default: null },
  },
  defining: true,
  // Words are selected, not blocks: Ctrl with a click would take a whole paragraph.
  selectable: false,
  toDOM(node) {
    const kind = blockKind(node.attrs['kind'])
    const attributes: Record<string, string> = { class: 'block', 'data-kind': kind }
    const depth = blockDepth(node.attrs['depth'])
    const align = alignment(node.attrs['align'])
    if (depth > 0) attributes['data-depth'] = String(depth)
    if (kind === 'task') attributes['data-checked'] = String(node.attrs['checked'] === true)
    if (kind === 'callout') attributes['data-tone'] = calloutTone(node.attrs['tone'])
    if (align !== null) attributes['data-align'] = align
    if (typeof node.attrs['lang'] === 'string') attributes['data-lang'] = node.attrs['lang'].slice(0, 40)
    // HTML has no heading below the sixth.
    if (kind === 'h6') Object.assign(attributes, { role: 'heading', 'aria-level': '7' })
    attributes['dir'] = kind === 'code' || kind === 'math' ? 'ltr' : (direction(node.attrs['dir']) ?? 'auto')
    return [blockTag(kind), attributes, 0]
  },
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'flow*', marks: '_' },
  block,
  ...flowNodeSpecs,
  text: { group: 'inline' },
  ...inlineNodeSpecs,
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
export const schemaSpec = { nodes, marks: markSpecs } as const

/** The schema this version writes. `parseDOM` rules for pasted text live with the editor, not here. */
export const schema = buildSchema(schemaSpec)
