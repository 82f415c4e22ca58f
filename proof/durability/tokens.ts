/** Tokens: named pieces of text that an edit puts in or takes out, so that a text tells which edits are in it. */

const TOKEN = /⟦([^⟦⟧]+)⟧/g

/** The token of a name, with so many characters after it that belong to it. */
export function token(name: string, filler = 0): string {
  return `⟦${name}⟧${'.'.repeat(filler)}`
}

/** The names in a text, in the order they stand there. */
export function tokensIn(text: string): string[] {
  return Array.from(text.matchAll(TOKEN), ([, name]) => name ?? '')
}

/** Where a name's token stands in a text, its filler included; null when it is not there. */
export function findToken(text: string, name: string): { readonly index: number; readonly length: number } | null {
  const whole = token(name)
  const index = text.indexOf(whole)
  if (index < 0) return null
  const next = text.indexOf('⟦', index + 1)
  return { index, length: (next < 0 ? text.length : next) - index }
}
