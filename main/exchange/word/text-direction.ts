/** The direction of a line by its letters. */

const STRONG = /[\p{L}]/u
const RIGHT_TO_LEFT = '\\p{sc=Hebrew}\\p{sc=Arabic}\\p{sc=Syriac}\\p{sc=Thaana}\\p{sc=Nko}'
const RTL_LETTER = new RegExp(`^[${RIGHT_TO_LEFT}]`, 'u')
/** Words of such a script, with what stands between them. */
const RTL_RUN = new RegExp(`([${RIGHT_TO_LEFT}](?:[^\\p{L}\\p{N}]*[${RIGHT_TO_LEFT}])*)`, 'u')

/** That of the first letter. */
export function isRightToLeft(text: string): boolean {
  const letter = STRONG.exec(text)?.[0] ?? ''
  return RTL_LETTER.test(letter)
}

/** The pieces of a text that run one way each. */
export function directedPieces(text: string): { readonly text: string; readonly rtl: boolean }[] {
  return text
    .split(RTL_RUN)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, rtl: RTL_LETTER.test(piece) }))
}
