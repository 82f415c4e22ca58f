/**
 * Drawing formulas: TeX into elements, by KaTeX, which is loaded with the first formula there is. What can't be drawn stands
 * as its TeX, with the reason; nothing a formula says may load, link or run anything.
 */
import { FORMULA_LIMITS, LONGEST_FORMULA } from '../../shared/document/formula-limits.ts'
import { formulaMistake } from './formula-mistake.ts'

export type FormulaStyle = 'inline' | 'block'

type Katex = typeof import('katex').default
let katex: Katex | null = null
let loading: Promise<Katex> | null = null
/** What each element is to show, or shows. */
const wanted = new WeakMap<HTMLElement, string>()

/**
 * Draws a formula in an element, at once when it can and else as soon as KaTeX is there; the newest call wins. `onMistake`
 * hears what is wrong with it, in one sentence, or null.
 */
export function drawFormula(
  element: HTMLElement,
  source: string,
  style: FormulaStyle,
  onMistake: (sentence: string | null) => void = () => {},
): void {
  wanted.set(element, source)
  if (katex !== null) {
    onMistake(draw(katex, element, source, style))
    return
  }
  if (!element.hasChildNodes()) element.textContent = source
  void loadFormulas().then((loaded) => {
    if (wanted.get(element) === source) onMistake(draw(loaded, element, source, style))
  })
}

/** Resolves when formulas can be drawn at once. One that could not be loaded is tried again with the next formula. */
export function loadFormulas(): Promise<Katex> {
  loading ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(
    ([module]) => {
      katex = module.default
      return katex
    },
    (error: unknown) => {
      loading = null
      throw error
    },
  )
  return loading
}

/** Answers what is wrong, or null. */
function draw(loaded: Katex, element: HTMLElement, source: string, style: FormulaStyle): string | null {
  const mistake = tryToDraw(loaded, element, source, style)
  element.classList.toggle('formula--wrong', mistake !== null)
  element.classList.toggle('formula--empty', source.trim() === '')
  if (mistake !== null) element.textContent = source
  return mistake
}

function tryToDraw(loaded: Katex, element: HTMLElement, source: string, style: FormulaStyle): string | null {
  if (source.trim() === '') {
    element.replaceChildren()
    return null
  }
  if (source.length > LONGEST_FORMULA) return formulaMistake(null, source)
  try {
    // Macros that a formula defines are its own.
    loaded.render(source, element, { ...FORMULA_LIMITS, macros: {}, displayMode: style === 'block' })
    return null
  } catch (error) {
    if (error instanceof loaded.ParseError) return formulaMistake(error, source)
    throw error
  }
}
