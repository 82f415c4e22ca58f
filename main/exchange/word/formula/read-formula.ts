/** Word's equations as TeX: the same formula, in one spelling. What has no TeX is written as its words. */
import { elementsOf, isElement, isOn, textOf, valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import { ACCENTS, FENCES, FUNCTIONS, OPERATORS, texOfText } from './tex-symbols.ts'

export function texOfMath(math: XmlElement): string {
  return joined(elementsOf(math).map(part)).trim()
}

/** A command's name ends where no letter follows. */
function joined(pieces: readonly string[]): string {
  let tex = ''
  for (const piece of pieces) tex += /\\[a-zA-Z]+$/.test(tex) && /^[a-zA-Z]/.test(piece) ? ` ${piece}` : piece
  return tex
}

function inside(element: XmlElement, name: string): string {
  return texOfMath(within(element, name) ?? { name, attributes: {}, children: [] })
}

const braced = (tex: string): string => `{${tex}}`
/** What a script hangs on, or is: one sign needs no braces. */
const single = (tex: string): string => (/^(?:[\p{L}\p{N}]|\\[a-zA-Z]+)$/u.test(tex) ? tex : braced(tex))

function script(sign: '_' | '^', tex: string): string {
  if (tex === '') return ''
  if (sign === '^' && /^(?:\\prime)+$/.test(tex)) return "'".repeat(tex.length / '\\prime'.length)
  return `${sign}${/^[\p{L}\p{N}]$/u.test(tex) ? tex : braced(tex)}`
}

function part(element: XmlElement): string {
  const at = (name: string) => inside(element, `m:${name}`)
  switch (element.name) {
    case 'm:r':
      return run(element)
    case 'm:f':
      return valueOf(within(element, 'm:fPr', 'm:type')) === 'noBar'
        ? `\\binom${braced(at('num'))}${braced(at('den'))}`
        : `\\frac${braced(at('num'))}${braced(at('den'))}`
    case 'm:sSup':
      return single(at('e')) + script('^', at('sup'))
    case 'm:sSub':
      return single(at('e')) + script('_', at('sub'))
    case 'm:sSubSup':
      return single(at('e')) + script('_', at('sub')) + script('^', at('sup'))
    case 'm:sPre':
      return `{}${script('_', at('sub'))}${script('^', at('sup'))}${single(at('e'))}`
    case 'm:rad': {
      const hidden = isOn(within(element, 'm:radPr', 'm:degHide')) === true
      const degree = hidden ? '' : at('deg')
      return `\\sqrt${degree === '' ? '' : `[${degree}]`}${braced(at('e'))}`
    }
    case 'm:nary': {
      const sign = valueOf(within(element, 'm:naryPr', 'm:chr')) ?? '∫'
      const operator = OPERATORS[sign] ?? texOfText(sign)
      return joined([`${operator}${script('_', at('sub'))}${script('^', at('sup'))}`, spaced(at('e'))])
    }
    case 'm:d':
      return fenced(element)
    case 'm:m':
      return environment('matrix', element)
    case 'm:eqArr':
      return `\\begin{aligned}${elementsOf(element)
        .filter((row) => row.name === 'm:e')
        .map((row) => texOfMath(row).replaceAll('\\&', '&'))
        .join(' \\\\ ')}\\end{aligned}`
    case 'm:acc':
      return `\\${ACCENTS[valueOf(within(element, 'm:accPr', 'm:chr')) ?? '\u0302'] ?? 'hat'}${braced(at('e'))}`
    case 'm:bar':
      return `\\${valueOf(within(element, 'm:barPr', 'm:pos')) === 'top' ? 'overline' : 'underline'}${braced(at('e'))}`
    case 'm:groupChr':
      return `\\${valueOf(within(element, 'm:groupChrPr', 'm:pos')) === 'top' ? 'overbrace' : 'underbrace'}${braced(at('e'))}`
    case 'm:limLow':
      return limited(at('e'), '_', at('lim'), 'underset')
    case 'm:limUpp':
      return limited(at('e'), '^', at('lim'), 'overset')
    case 'm:func':
      return joined([functionName(at('fName')), spaced(at('e'))])
    case 'm:borderBox':
      return `\\boxed${braced(at('e'))}`
    case 'm:phant':
      return `\\phantom${braced(at('e'))}`
    default:
      return element.name.endsWith('Pr') ? '' : texOfMath(element)
  }
}

const ALPHABETS: Readonly<Record<string, string>> = {
  'double-struck': 'mathbb',
  script: 'mathcal',
  fraktur: 'mathfrak',
  'sans-serif': 'mathsf',
  monospace: 'mathtt',
}
const SHAPES: Readonly<Record<string, string>> = { p: 'mathrm', b: 'mathbf', bi: 'boldsymbol' }

function run(element: XmlElement): string {
  const words = element.children
    .filter(isElement)
    .filter((child) => child.name === 'm:t' || child.name === 'w:t')
    .map(textOf)
    .join('')
    // Stands where Word would otherwise show an empty box.
    .replaceAll('\u200b', '')
  const look = within(element, 'm:rPr')
  if (words === '') return ''
  if (isOn(within(look, 'm:nor')) === true) return `\\text${braced(words.replace(/[\\{}$&#%_^~]/g, ' '))}`
  const alphabet = ALPHABETS[valueOf(within(look, 'm:scr')) ?? ''] ?? SHAPES[valueOf(within(look, 'm:sty')) ?? '']
  const tex = texOfText(words)
  return alphabet === undefined ? tex : `\\${alphabet}${braced(tex)}`
}

const spaced = (tex: string): string => (tex === '' ? '' : ` ${tex}`)

function functionName(tex: string): string {
  const name = /^\\mathrm\{([a-z]+)\}/.exec(tex)?.[1] ?? (/^[a-z]+$/.test(tex) ? tex : null)
  if (name === null) return tex
  const rest = tex.startsWith('\\mathrm{') ? tex.slice(`\\mathrm{${name}}`.length) : ''
  return (FUNCTIONS.has(name) ? `\\${name}` : `\\operatorname{${name}}`) + rest
}

function limited(base: string, sign: '_' | '^', limit: string, otherwise: string): string {
  const name = functionName(base)
  if (/^\\(?:under|over)brace\{/.test(base)) return base + script(sign, limit)
  return /^\\(?:[a-z]+|operatorname\{[a-z]+\})$/.test(name) && name !== base
    ? name + script(sign, limit)
    : `\\${otherwise}${braced(limit)}${braced(base)}`
}

/** Brackets around a matrix are part of its name. */
const MATRICES: Readonly<Record<string, string>> = {
  '()': 'pmatrix',
  '[]': 'bmatrix',
  '{}': 'Bmatrix',
  '||': 'vmatrix',
  '‖‖': 'Vmatrix',
  '{': 'cases',
}

function fenced(element: XmlElement): string {
  const look = within(element, 'm:dPr')
  const open = valueOf(within(look, 'm:begChr')) ?? '('
  const close = valueOf(within(look, 'm:endChr')) ?? ')'
  const parts = elementsOf(element).filter((child) => child.name === 'm:e')
  const only = parts.length === 1 ? elementsOf(parts[0]) : []
  const matrix = MATRICES[open + close]
  if (matrix !== undefined && only.length === 1 && only[0]?.name === 'm:m') return environment(matrix, only[0])
  if (open + close === '()' && only.length === 1 && only[0]?.name === 'm:f') {
    const words = part(only[0])
    if (words.startsWith('\\binom')) return words
  }
  const between = FENCES[valueOf(within(look, 'm:sepChr')) ?? '|'] ?? '|'
  const words = parts.map((each) => texOfMath(each)).join(` \\middle${between} `)
  return `\\left${FENCES[open] ?? open}${spacedFence(open, words)}\\right${FENCES[close] ?? close}`
}

/** A fence that is a command must not run into the word after it. */
function spacedFence(open: string, words: string): string {
  return /\\[a-zA-Z]+$/.test(FENCES[open] ?? open) && /^[a-zA-Z]/.test(words) ? ` ${words}` : words
}

function environment(name: string, matrix: XmlElement): string {
  const rows = elementsOf(matrix).filter((row) => row.name === 'm:mr')
  const lines = rows.map((row) =>
    elementsOf(row)
      .filter((cell) => cell.name === 'm:e')
      .map(texOfMath)
      .join(' & '),
  )
  return `\\begin{${name}}${lines.join(' \\\\ ')}\\end{${name}}`
}
