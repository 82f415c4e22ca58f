/** Signs of formulas and what TeX calls them. */

const NAMES: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'varepsilon', ϵ: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ϑ: 'vartheta',
  ι: 'iota', κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', π: 'pi', ρ: 'rho', ϱ: 'varrho', σ: 'sigma', ς: 'varsigma', τ: 'tau',
  υ: 'upsilon', φ: 'varphi', ϕ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega', Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi',
  Π: 'Pi', Σ: 'Sigma', Υ: 'Upsilon', Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega', '∞': 'infty', '≤': 'le', '≥': 'ge', '≠': 'ne', '≈': 'approx',
  '≡': 'equiv', '∼': 'sim', '≅': 'cong', '∝': 'propto', '±': 'pm', '∓': 'mp', '×': 'times', '÷': 'div', '⋅': 'cdot', '∘': 'circ',
  '∗': 'ast', '⊕': 'oplus', '⊗': 'otimes', '→': 'to', '←': 'leftarrow', '↔': 'leftrightarrow', '⇒': 'Rightarrow', '⇐': 'Leftarrow',
  '⇔': 'Leftrightarrow', '↦': 'mapsto', '∈': 'in', '∉': 'notin', '∋': 'ni', '⊂': 'subset', '⊆': 'subseteq', '⊃': 'supset',
  '⊇': 'supseteq', '∪': 'cup', '∩': 'cap', '∅': 'emptyset', '∀': 'forall', '∃': 'exists', '¬': 'neg', '∧': 'land', '∨': 'lor',
  '∂': 'partial', '∇': 'nabla', 'ℏ': 'hbar', 'ℓ': 'ell', '…': 'ldots', '⋯': 'cdots', '⋮': 'vdots', '⋱': 'ddots', '∠': 'angle',
  '⊥': 'perp', '∥': 'parallel', '′': 'prime', '−': '-', '\u00a0': '~', '\u2009': '\\,', '\u2005': '\\:', '\u2004': '\\;', '\u2003': 'quad', '∣': 'mid', '∖': 'setminus', '≪': 'll', '≫': 'gg',
} // biome-ignore format: one table

/** Large operators, with limits at their sides. */
export const OPERATORS: Readonly<Record<string, string>> = {
  '∑': '\\sum', '∏': '\\prod', '∐': '\\coprod', '∫': '\\int', '∬': '\\iint', '∭': '\\iiint', '∮': '\\oint', '⋃': '\\bigcup',
  '⋂': '\\bigcap', '⋁': '\\bigvee', '⋀': '\\bigwedge', '⨁': '\\bigoplus', '⨂': '\\bigotimes',
} // biome-ignore format: one table

export const ACCENTS: Readonly<Record<string, string>> = {
  '\u0302': 'hat', '^': 'hat', '\u0303': 'tilde', '~': 'tilde', '\u0304': 'bar', '\u0305': 'bar', '¯': 'bar', '\u20d7': 'vec',
  '\u0307': 'dot', '\u0308': 'ddot', '\u030c': 'check', '\u0306': 'breve', '\u0301': 'acute', '\u0300': 'grave', '\u20db': 'dddot',
} // biome-ignore format: one table

export const FENCES: Readonly<Record<string, string>> = {
  '': '.', '{': '\\{', '}': '\\}', '⟨': '\\langle', '⟩': '\\rangle', '⌊': '\\lfloor', '⌋': '\\rfloor', '⌈': '\\lceil',
  '⌉': '\\rceil', '‖': '\\|', '∣': '|',
} // biome-ignore format: one table

export const FUNCTIONS = new Set(
  'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh'.split(
    ' ',
  ),
)

const ESCAPED = new Set('#$%&_{}')

/** Letters and signs as TeX. */
export function texOfText(text: string): string {
  let tex = ''
  for (const sign of text) {
    const name = Object.hasOwn(NAMES, sign) ? NAMES[sign] : undefined
    const next =
      name !== undefined
        ? /^[a-zA-Z]/.test(name)
          ? `\\${name}`
          : name
        : sign === '\\'
          ? '\\backslash'
          : sign === '^' || sign === '~'
            ? `\\text{${sign}}`
            : ESCAPED.has(sign)
              ? `\\${sign}`
              : sign
    tex += /\\[a-zA-Z]+$/.test(tex) && /^[a-zA-Z]/.test(next) ? ` ${next}` : next
  }
  return tex
}
