/**
 * What a block is, by the values of its attributes. Null, like absence, stands for the ordinary value; so does every
 * value this version does not know.
 */

/** What a block can be. A paragraph is stored as the absence of a kind. */
export const BLOCK_KINDS = [
  'paragraph',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'bullet',
  'ordered',
  'task',
  'quote',
  'callout',
  'code',
  'math',
] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]
export type StoredKind = Exclude<BlockKind, 'paragraph'> | null

/** Deepest nesting of list items; deeper input is clamped. */
export const MAX_DEPTH = 8

/** What a callout says about itself. A note is stored as the absence of a tone. */
export const TONES = ['note', 'tip', 'important', 'warning', 'caution'] as const
export type Tone = (typeof TONES)[number]

/** How lines of a block are set; absent: at the start of the line. */
export const ALIGNMENTS = ['center', 'end', 'justify'] as const
export type Alignment = (typeof ALIGNMENTS)[number]

export function storedKind(kind: BlockKind): StoredKind {
  return kind === 'paragraph' ? null : kind
}

/** The kind an attribute value stands for; a kind this version does not know reads as a paragraph. */
export function blockKind(value: unknown): BlockKind {
  return BLOCK_KINDS.find((kind) => kind === value) ?? 'paragraph'
}

/** 1 to 6 for a heading, else 0. */
export function headingLevel(kind: BlockKind): number {
  return /^h[1-6]$/.test(kind) ? Number(kind[1]) : 0
}

/** The kind of a heading of level 1 to 6. */
export function headingKind(level: number): BlockKind {
  return blockKind(`h${Math.min(Math.max(Math.trunc(level), 1), 6)}`)
}

/** Whether a block holds characters as they are, line breaks among them, and no formatting: code, and TeX source. */
export function isVerbatim(kind: BlockKind): kind is 'code' | 'math' {
  return kind === 'code' || kind === 'math'
}

/** The depth an attribute value stands for: a whole number from 0 to MAX_DEPTH. */
export function blockDepth(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) ? Math.min(Math.max(value, 0), MAX_DEPTH) : 0
}

export function calloutTone(value: unknown): Tone {
  return TONES.find((tone) => tone === value) ?? 'note'
}

export function alignment(value: unknown): Alignment | null {
  return ALIGNMENTS.find((align) => align === value) ?? null
}

/** The direction a person gave a block, or null: that of its first strong letter. */
export function direction(value: unknown): 'ltr' | 'rtl' | null {
  return value === 'ltr' || value === 'rtl' ? value : null
}

/** The number an ordered list begins with at this item, or null: it goes on counting. */
export function listStart(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e9 ? value : null
}
