/** What single HTML elements say about the words in them. */
import type { Attributes } from '../document-shape.ts'
import { alignment as alignmentOf, calloutTone, direction, listStart } from '../block-kinds.ts'
import { columnWidth } from '../flow-node-specs.ts'
import { highlightAttributes } from '../markdown/inline-form.ts'
import { safeHref } from '../safe-href.ts'
import type { Around, Marks } from './block-writer.ts'
import { attribute, type Element } from './html-elements.ts'

/** A map: a page may name its elements as an object's own things are named. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ['strong', 'bold'],
  ['b', 'bold'],
  ['em', 'italic'],
  ['i', 'italic'],
  ['s', 'strike'],
  ['del', 'strike'],
  ['strike', 'strike'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['sup', 'superscript'],
  ['sub', 'subscript'],
  ['mark', 'highlight'],
  ['code', 'code'],
  ['tt', 'code'],
  ['kbd', 'code'],
  ['samp', 'code'],
])

export interface MarkFacts {
  readonly href: string | null
  readonly title: string | null
  readonly style: string | null
  /** Its class. */
  readonly name?: string | null
}

/** The marks an inline element puts on its words. Word processors say in styles what others say with elements. */
export function marksOf(tag: string, { href, title, style, name = null }: MarkFacts): Marks {
  const marks: Record<string, Attributes> = {}
  const mark = TAGS.get(tag)
  // Google Docs wraps whole pages in <b style="font-weight:normal">.
  if (mark !== undefined && !/font-weight:\s*(normal|400)/.test(style ?? '')) marks[mark] = {}
  if (mark === 'highlight') marks[mark] = highlightAttributes({ color: name })
  if (/font-weight:\s*(bold|[6-9]00)/.test(style ?? '')) marks['bold'] = {}
  if (/font-style:\s*italic/.test(style ?? '')) marks['italic'] = {}
  if (/text-decoration(-line)?:[^;]*line-through/.test(style ?? '')) marks['strike'] = {}
  if (tag !== 'a' && /text-decoration(-line)?:[^;]*underline/.test(style ?? '')) marks['underline'] = {}
  if (/vertical-align:\s*super/.test(style ?? '')) marks['superscript'] = {}
  if (/vertical-align:\s*sub/.test(style ?? '')) marks['subscript'] = {}
  if (tag === 'a' && href !== null && safeHref(href) !== null) {
    marks['link'] = title === null || title === '' ? { href } : { href, title }
  }
  return marks
}

/** Whether an element takes bold back: a line of ordinary weight in a bold one. */
export function saysNotBold(element: Element): boolean {
  return /font-weight:\s*(normal|400)/.test(attribute(element, 'style') ?? '')
}

/** Whether the spaces in an element are shown as they stand. */
export function keepsSpaces(element: Element): boolean {
  return /white-space:\s*(pre|break-spaces)(?!-line)/.test(attribute(element, 'style') ?? '')
}

/** Alignment and direction of a block; of our own pages, every fact as it is written. */
export function alignment(element: Element, own = false): Attributes {
  const attributes: Record<string, unknown> = {}
  const align = /text-align:\s*([a-z]+)/.exec(attribute(element, 'style') ?? '')?.[1] ?? attribute(element, 'align')
  const dir = direction(attribute(element, 'dir'))
  const side = align === 'right' ? (dir === 'rtl' && !own ? null : 'end') : align
  if (alignmentOf(side) !== null) attributes['align'] = side
  const lang = own ? attribute(element, 'lang') : null
  if (lang !== null && lang !== '') attributes['lang'] = lang
  // Other programs say of every line that it runs from left to right.
  if (dir !== null && (own || dir === 'rtl')) attributes['dir'] = dir
  return attributes
}

export function callout(element: Element): Around {
  const tone = calloutTone(attribute(element, 'data-tone'))
  return { kind: 'callout', attributes: tone === 'note' ? {} : { tone } }
}

export function itemFacts(item: Element, own: boolean): Attributes {
  const start = listStart(Number(attribute(item, 'value') ?? Number.NaN))
  return start === null ? alignment(item, own) : { ...alignment(item, own), start }
}

export function cellFacts(cell: Element): Attributes {
  const { align } = alignment(cell)
  const width = columnWidth(Number(attribute(cell, 'data-width') ?? 0))
  return { ...(align === undefined ? {} : { align }), ...(width === null ? {} : { width }) }
}
