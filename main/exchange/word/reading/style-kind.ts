/** The kind of block a paragraph's style stands for. */
import { type BlockKind, headingKind } from '../../../../shared/document/block-kinds.ts'
import { STYLES } from '../word-names.ts'

/** Of a block in the style of titles, until it is known whether it is the document's. */
export const TITLE_KIND = 'title'

const CODE_STYLES = [
  'code block',
  'code',
  'source code',
  'html preformatted',
  'preformatted text',
  'macro text',
  'macro',
]
const QUOTE_STYLES = ['quote', 'intense quote', 'block text', 'quotations']

/** `names` are the style's and those it is based on; null for plain text. */
export function kindOfStyle(id: string | null, names: readonly string[]): BlockKind | typeof TITLE_KIND | null {
  if (id === STYLES.formula) return 'math'
  for (const name of names) {
    const level = /^heading (\d)$/.exec(name)?.[1]
    if (level !== undefined) return headingKind(Number(level))
    if (name === 'title') return TITLE_KIND
    if (CODE_STYLES.includes(name)) return 'code'
    if (QUOTE_STYLES.includes(name)) return 'quote'
  }
  return null
}

export function isContentsStyle(names: readonly string[]): boolean {
  return names.some((name) => /^(?:toc \d|contents \d|toc heading|contents heading|table of figures)$/.test(name))
}
