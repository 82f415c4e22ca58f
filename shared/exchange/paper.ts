/** The paper a document is set on: for PDF and for print. Lengths in millimetres. */

export const PAPER_SIZES = ['a4', 'letter', 'a5', 'legal'] as const
export type PaperSize = (typeof PAPER_SIZES)[number]
export const PAPER_MARGINS = ['narrow', 'normal', 'wide'] as const
export type PaperMargins = (typeof PAPER_MARGINS)[number]

export interface Paper {
  readonly size: PaperSize
  readonly margins: PaperMargins
  /** Whether the title stands above each page. */
  readonly header: boolean
  /** Whether the number of the page stands below it. */
  readonly footer: boolean
}

/** Width and height. */
export const PAPER_MEASURES: { readonly [S in PaperSize]: readonly [width: number, height: number] } = {
  a4: [210, 297],
  letter: [215.9, 279.4],
  a5: [148, 210],
  legal: [215.9, 355.6],
}

/** Of sheets about as wide as A4: above and below, and at the sides. Letters of 11 points make lines of 70 to 95. */
const MARGINS: { readonly [M in PaperMargins]: readonly [block: number, inline: number] } = {
  narrow: [19, 19],
  normal: [25, 29],
  wide: [32, 42],
}

export interface PaperEdges {
  /** Above and below. */
  readonly block: number
  /** At the sides. */
  readonly inline: number
}

/** What stays white around the text; a smaller sheet keeps a smaller margin. */
export function paperEdges({ size, margins }: Paper): PaperEdges {
  const [block, inline] = MARGINS[margins]
  // Above and below there must still be room for a line of its own.
  return size === 'a5' ? { block: Math.round(block * 0.84), inline: Math.round(inline * 0.68) } : { block, inline }
}
