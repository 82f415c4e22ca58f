/** What is wrong with a formula, in one sentence a writer understands. */
import type { ParseError } from 'katex'
import { t } from '../strings/t.ts'

/** What KaTeX says, and what we say; a group of the expression is the word it is about. */
const SENTENCES: readonly (readonly [RegExp, (word: string) => string])[] = [
  [/^Undefined control sequence: (.+)/u, (word) => t('formula.unknown', word)],
  [/^No such environment: (.+)/u, (word) => t('formula.unknownEnvironment', word)],
  [/expected '\}'|Expected '\}'/u, () => t('formula.unclosed')],
  [/^Expected 'EOF', got '\}'/u, () => t('formula.unopened')],
  [/\\right'|\\left\b/u, () => t('formula.left')],
  [/^Expected group (?:after|as argument to) '(.+)'/u, (word) => t('formula.incomplete', word)],
  [/^Expected & or/u, () => t('formula.incomplete', '\\begin')],
  [/^Double (?:super|sub)script/u, () => t('formula.twice')],
  [/function '\$'/u, () => t('formula.dollar')],
  [/^Expected 'EOF', got '(.+)'/u, (word) => t('formula.misplaced', word)],
  [/^(\\\w+) valid only/u, (word) => t('formula.misplaced', word)],
  [/^Too many expansions/u, () => t('formula.tooLong')],
]

/** How much of the source is quoted from where it went wrong. */
const QUOTED = 24

/** `error` is null for a formula that is too long to be read. */
export function formulaMistake(error: ParseError | null, source: string): string {
  if (error === null) return t('formula.tooLong')
  for (const [pattern, say] of SENTENCES) {
    const found = pattern.exec(error.rawMessage)
    if (found !== null) return say(found[1] ?? '')
  }
  return t('formula.near', source.slice(error.position ?? 0).slice(0, QUOTED) || source.slice(0, QUOTED))
}
