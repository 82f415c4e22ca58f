/** A formula as HTML, for paper: the elements KaTeX draws it with. They need its style sheet and its faces. */
import katex from 'katex'
import { FORMULA_LIMITS, LONGEST_FORMULA } from '../../shared/document/formula-limits.ts'

/** Null for TeX that KaTeX does not know, and for what is too long to be a formula. */
export function formulaHtml(tex: string, style: 'inline' | 'block'): string | null {
  if (tex.length > LONGEST_FORMULA) return null
  try {
    return katex.renderToString(tex, { ...FORMULA_LIMITS, macros: {}, output: 'html', displayMode: style === 'block' })
  } catch (error) {
    if (error instanceof katex.ParseError) return null
    throw error
  }
}
