/** What the person looks for, and the pattern that finds it. */

export interface FindQuery {
  readonly text: string
  readonly matchCase: boolean
  readonly wholeWord: boolean
  readonly regex: boolean
}

export const NO_QUERY: FindQuery = { text: '', matchCase: false, wholeWord: false, regex: false }

/** `plain`: words as they are, found in time that grows with the text alone. `regex`: may take for ever. */
export type FindPattern =
  | { readonly kind: 'none' }
  | { readonly kind: 'plain' | 'regex'; readonly pattern: RegExp }
  | { readonly kind: 'bad'; readonly reason: string }

const LETTER = '[\\p{L}\\p{N}\\p{M}_]'

/** Compiles a query: letters by Unicode, `^` and `$` at each line of a block. */
export function findPattern({ text, matchCase, wholeWord, regex }: FindQuery): FindPattern {
  if (text === '') return { kind: 'none' }
  const source = regex ? text : literal(text)
  const whole = wholeWord ? `(?<!${LETTER})(?:${source})(?!${LETTER})` : source
  try {
    // By itself first: inside of a group, `)(` would be valid.
    if (regex) new RegExp(source, 'u')
    return { kind: regex ? 'regex' : 'plain', pattern: new RegExp(whole, matchCase ? 'gmu' : 'gimu') }
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : ''
    return { kind: 'bad', reason: message.slice(message.lastIndexOf(': ') + 2) }
  }
}

/** Signs that stand for what one can't easily type: typographic quotes, and spaces that do not break. */
const TYPED_FOR: Readonly<Record<string, string>> = {
  "'": "['\u2018\u2019\u201A]",
  '"': '["\u201C\u201D\u201E\u00AB\u00BB]',
  ' ': '[ \u00A0\u202F]',
}

function literal(text: string): string {
  const forms = new Set([text, text.normalize('NFC'), text.normalize('NFD')].map(escaped))
  return forms.size === 1 ? escaped(text) : `(?:${[...forms].join('|')})`
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]|['" ]/gu, (sign) => TYPED_FOR[sign] ?? `\\${sign}`)
}
