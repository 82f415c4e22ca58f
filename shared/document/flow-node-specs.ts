/**
 * The nodes of the document schema that stand between blocks: dividers, images and tables.
 *
 * Captions and table cells hold inline content themselves: two people who write in one cell then merge as in a paragraph,
 * and an empty cell needs nothing made in it before somebody can type.
 */
import type { NodeSpec } from 'prosemirror-model'

/** Width of an image in percent of the column: 10 to 100, or null for its own width, at most the column's. */
export function imageWidth(value: unknown): number | null {
  return typeof value === 'number' && value >= 10 && value <= 100 ? Math.round(value) : null
}

const SIDES = ['start', 'center', 'end'] as const
export type ImageSide = (typeof SIDES)[number]

/** Where an image narrower than the column stands; in the middle unless said otherwise. */
export function imageSide(value: unknown): ImageSide {
  return SIDES.find((side) => side === value) ?? 'center'
}

/** Width of a table column in CSS pixels, or null: as its content asks. */
export function columnWidth(value: unknown): number | null {
  return typeof value === 'number' && value >= 32 && value <= 2000 ? Math.round(value) : null
}

/** The name of an image's bytes (64 lower-case hexadecimal digits, BLAKE2b-256), or null. */
export function blobHash(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : null
}

export const flowNodeSpecs: Record<string, NodeSpec> = {
  divider: { group: 'flow', atom: true, selectable: true, toDOM: () => ['hr', { class: 'divider' }] },
  /** An image; its content is its caption. */
  image: {
    group: 'flow',
    content: 'inline*',
    marks: '_',
    attrs: {
      /** Names the bytes, which stand in the document's blobs. */
      blob: { default: null },
      /** What a reader who can't see the image hears. */
      alt: { default: null },
      width: { default: null },
      align: { default: null },
    },
    isolating: true,
    defining: true,
    selectable: true,
    draggable: true,
    toDOM: () => ['figure', { class: 'image' }, ['figcaption', 0]],
  },
  /** Rows may differ in length: the page shows the missing cells, and only typing makes them. */
  table: {
    group: 'flow',
    content: 'table_row*',
    marks: '_',
    attrs: {
      /** True when the first row names the columns. */
      header: { default: null },
    },
    isolating: true,
    selectable: true,
    toDOM: () => ['div', { class: 'table' }, ['table', ['tbody', 0]]],
  },
  /** Between two cells nothing can be written: no caret for what has no place of its own stands there either. */
  table_row: {
    content: 'table_cell*',
    marks: '_',
    selectable: false,
    allowGapCursor: false,
    toDOM: () => ['tr', 0],
  },
  table_cell: {
    content: 'inline*',
    marks: '_',
    attrs: {
      align: { default: null },
      /** Counts in the first row, for the whole column. */
      width: { default: null },
    },
    isolating: true,
    selectable: false,
    toDOM: () => ['td', { dir: 'auto' }, 0],
  },
}
