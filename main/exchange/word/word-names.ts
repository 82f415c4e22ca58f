/** Names and measures a Word file of ours uses, for whoever writes it and whoever reads it back. */
import { TONES, type Tone } from '../../../shared/document/block-kinds.ts'
import type { Highlight } from '../../../shared/document/mark-specs.ts'

/** How far one level of a list goes in, in twentieths of a point. */
export const STEP = 360

/** A page's width and margin, in twentieths of a point: A4. */
export const PAGE = { width: 11_906, height: 16_838, margin: 1440 } as const

/** Styles of paragraphs, by the ids under which they stand in the file. */
export const STYLES = {
  title: 'Title',
  quote: 'Quote',
  code: 'CodeBlock',
  divider: 'HorizontalLine',
  formula: 'Formula',
  picture: 'Picture',
  caption: 'Caption',
  cell: 'TableText',
  headerCell: 'TableHeading',
  /** The paragraph that Word needs between two tables and after the last. A file that has it was written by Sheaf. */
  gap: 'TableGap',
  noteText: 'FootnoteText',
} as const

/** Styles of words. */
export const WORD_STYLES = { code: 'InlineCode', formula: 'FormulaSource', link: 'Hyperlink' } as const

export const CALLOUT_STYLES = Object.fromEntries(
  TONES.map((tone) => [tone, `Callout${tone.charAt(0).toUpperCase()}${tone.slice(1)}`]),
) as Readonly<Record<Tone, string>>

/** Word has marker pens of its own for all but orange, which is a shade behind the words. */
export const PENS: Readonly<Record<Exclude<Highlight, 'orange'>, 'yellow' | 'green' | 'cyan' | 'magenta'>> = {
  yellow: 'yellow',
  green: 'green',
  blue: 'cyan',
  pink: 'magenta',
}
export const ORANGE_SHADE = 'FDE0BD'

/** The width of the column of text in CSS pixels, as pictures and tables are measured. */
export function columnPixels(pageWidth: number, margins: number): number {
  const pixels = Math.floor((pageWidth - margins) / 15)
  return pixels >= 100 ? pixels : 100
}
