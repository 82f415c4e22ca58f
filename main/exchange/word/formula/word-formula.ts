/** Formulas on their way into Word, whose own equations they become. */
import { latexToMath, type MathComponent, Math as WordMath } from 'docx/math'
import type { Losses } from '../../../../shared/document/losses.ts'
import { texOfMath } from './read-formula.ts'
import type { XmlElement } from '../package/xml-tree.ts'
import { LOST } from '../lost.ts'

/** The formula as Word's equation, or null when it is no TeX we know or would not be read back. */
export function wordFormula(tex: string): readonly MathComponent[] | null {
  return throughWord(tex) === tex ? latexToMath(tex) : null
}

/** The TeX a formula has when it comes back from Word: the same formula, in one spelling. */
export function heldFormula(tex: string, losses: Losses): string {
  if (tex.trim() === '') return tex
  const held = throughWord(tex)
  if (held !== null && held !== '' && throughWord(held) === held) return held
  losses.note(LOST.formula)
  return tex
}

function throughWord(tex: string): string | null {
  try {
    const math = new WordMath({ children: [...latexToMath(tex)] })
    return texOfMath(treeOf(math.prepForXml({ stack: [] } as never)))
  } catch {
    // It throws for every TeX it does not know; what is thrown says only where.
    return null
  }
}

/** An element as the library writes it: one key, its name; below it attributes, children and words. */
function treeOf(written: unknown): XmlElement {
  const [name, value] = Object.entries(written as Record<string, unknown>)[0] ?? ['', '']
  const parts = Array.isArray(value) ? (value as unknown[]) : [value]
  const attributes: Record<string, string> = {}
  const children: (XmlElement | string)[] = []
  for (const part of parts) {
    if (typeof part === 'string' || typeof part === 'number') children.push(String(part))
    else if (typeof part === 'object' && part !== null) {
      const { _attr: own, ...rest } = part as { _attr?: Record<string, unknown> }
      for (const [key, each] of Object.entries(own ?? {})) attributes[key] = String(each)
      if (Object.keys(rest).length > 0) children.push(treeOf(rest))
    }
  }
  return { name, attributes, children }
}
