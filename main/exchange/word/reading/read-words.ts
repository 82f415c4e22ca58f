/** The words an element of a run stands for. */
import { textOf, type XmlElement } from '../package/xml-tree.ts'

/** Null for one that is no words. */
export function wordsIn(element: XmlElement): string | null {
  switch (element.name) {
    case 'w:t': {
      const text = textOf(element).replace(/\r\n?|\n/g, ' ')
      return element.attributes['xml:space'] === 'preserve' ? text : text.trim()
    }
    case 'w:tab':
    case 'w:ptab':
      return '\t'
    case 'w:noBreakHyphen':
      return '\u2011'
    case 'w:softHyphen':
      return '\u00ad'
    case 'w:sym':
      return symbol(element)
    default:
      return null
  }
}

/** Signs of symbol typefaces stand in a private place of Unicode; those that people use have a public one. */
const SYMBOLS: Readonly<Record<number, string>> = {
  0xf0e0: '→',
  0xf0df: '←',
  0xf0fc: '✓',
  0xf0fb: '✗',
  0xf0a8: '☐',
  0xf0fe: '☒',
  0xf0b7: '•',
  0xf04a: '☺',
}

function symbol({ attributes }: XmlElement): string {
  const code = Number.parseInt(attributes['w:char'] ?? '', 16)
  if (Number.isNaN(code) || code < 0x20 || code > 0x10_ff_ff || (code >= 0xd800 && code <= 0xdfff)) return ''
  return SYMBOLS[code] ?? (code >= 0xf000 && code <= 0xf0ff ? '\u25a1' : String.fromCodePoint(code))
}
