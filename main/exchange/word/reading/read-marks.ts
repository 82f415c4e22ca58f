/** What a run's properties say about its words. */
import type { Attributes, TextShape } from '../../../../shared/document/document-shape.ts'
import type { Highlight } from '../../../../shared/document/mark-specs.ts'
import type { Losses } from '../../../../shared/document/losses.ts'
import type { WordStyles } from './read-styles.ts'
import { WORD_STYLES } from '../word-names.ts'
import { isOn, valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import { LOST } from '../lost.ts'

const HIGHLIGHTS: Readonly<Record<string, Highlight>> = {
  yellow: 'yellow',
  green: 'green',
  darkGreen: 'green',
  cyan: 'blue',
  blue: 'blue',
  darkBlue: 'blue',
  darkCyan: 'blue',
  magenta: 'pink',
  darkMagenta: 'pink',
  red: 'pink',
  darkRed: 'pink',
  darkYellow: 'orange',
}

const CODE_STYLES = ['inline code', 'html code', 'code', 'source text', 'verbatim char', 'html typewriter']
/** The last is that of a link in code, which we write ourselves. */
const PLAIN_INKS = new Set(['auto', '000000', '0563C1'])

const CODE_FACES =
  /^(?:consolas|courier|menlo|monaco|lucida console|source code|dejavu sans mono|liberation mono|cascadia)/i

/** `isOwn` says that Sheaf wrote the file: then a typeface says nothing a style does not say. */
export function marksOf(
  look: XmlElement | undefined,
  styles: WordStyles,
  losses: Losses,
  isOwn: boolean,
): TextShape['marks'] {
  const marks: Record<string, Attributes> = {}
  const style = valueOf(within(look, 'w:rStyle'))
  const names = style === null ? [] : styles.chain(style).map(({ name }) => name)
  const on = (name: string): boolean => isOn(within(look, name)) ?? styles.isOn(style, name) ?? false
  if (on('w:b')) marks['bold'] = {}
  if (on('w:i')) marks['italic'] = {}
  if (on('w:strike') || on('w:dstrike')) marks['strike'] = {}
  if (isOn(within(look, 'w:u')) === true) marks['underline'] = {}
  const place = valueOf(within(look, 'w:vertAlign')) ?? valueOf(styleProperty(styles, style, 'w:vertAlign'))
  const raised = isOwn || place !== null ? 0 : Number(valueOf(within(look, 'w:position')) ?? 0)
  if (place === 'superscript' || raised > 1) marks['superscript'] = {}
  else if (place === 'subscript' || raised < -1) marks['subscript'] = {}
  const color = highlightOf(look)
  if (color !== null) marks['highlight'] = color === 'yellow' ? {} : { color }
  const face = within(look, 'w:rFonts')?.attributes['w:ascii'] ?? ''
  if (style === WORD_STYLES.code || names.some((name) => CODE_STYLES.includes(name))) marks['code'] = {}
  else if (!isOwn && CODE_FACES.test(face)) marks['code'] = {}
  const ink = valueOf(within(look, 'w:color'))
  if (ink !== null && !PLAIN_INKS.has(ink) && !names.includes('hyperlink')) losses.note(LOST.textColours)
  return marks
}

function styleProperty(styles: WordStyles, style: string | null, name: string): XmlElement | undefined {
  return style === null ? undefined : styles.property(style, 'w:rPr', name)
}

function highlightOf(look: XmlElement | undefined): Highlight | null {
  const pen = valueOf(within(look, 'w:highlight'))
  if (pen !== null && pen !== 'none') return HIGHLIGHTS[pen] ?? null
  const fill = within(look, 'w:shd')?.attributes['w:fill'] ?? ''
  return /^[\da-f]{6}$/i.test(fill) ? nearest(Number.parseInt(fill, 16)) : null
}

/** Other programs mark words by any shade behind them; greys are none. */
function nearest(fill: number): Highlight | null {
  const [red, green, blue] = [fill >> 16, (fill >> 8) & 255, fill & 255] as [number, number, number]
  const most = Math.max(red, green, blue)
  const range = most - Math.min(red, green, blue)
  if (range < 24) return null
  const hue =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  if (hue < 0.3 || hue >= 4.6) return 'pink'
  if (hue < 0.82) return 'orange'
  if (hue < 1.2) return 'yellow'
  return hue < 2.7 ? 'green' : 'blue'
}
