/** Sizes of the page's text in CSS pixels. */
export const TEXT_SIZES = { least: 14, most: 26 } as const
