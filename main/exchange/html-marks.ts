/** What single HTML elements say about the words in them. */
import type { DefaultTreeAdapterTypes } from 'parse5'
import type { Attributes } from '../../shared/document/document-shape.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { ALIGNMENTS } from '../../shared/document/shape-to-html.ts'
import type { Marks } from './block-writer.ts'

type Element = DefaultTreeAdapterTypes.Element

const TAGS: Readonly<Record<string, string>> = {
  strong: 'bold',
  b: 'bold',
  em: 'italic',
  i: 'italic',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  code: 'code',
  tt: 'code',
  kbd: 'code',
  samp: 'code',
}

export function attribute(element: Element | undefined, name: string): string | null {
  return element?.attrs.find((attr) => attr.name === name)?.value ?? null
}

/** The marks an inline element puts on its words. Word processors say in styles what others say with elements. */
export function marksOf(
  tag: string,
  { href, title, style }: { href: string | null; title: string | null; style: string | null },
): Marks {
  const marks: Record<string, Attributes> = {}
  const mark = TAGS[tag]
  // Google Docs wraps whole pages in <b style="font-weight:normal">.
  if (mark !== undefined && !/font-weight:\s*(normal|400)/.test(style ?? '')) marks[mark] = {}
  if (/font-weight:\s*(bold|[6-9]00)/.test(style ?? '')) marks['bold'] = {}
  if (/font-style:\s*italic/.test(style ?? '')) marks['italic'] = {}
  if (/text-decoration(-line)?:[^;]*line-through/.test(style ?? '')) marks['strike'] = {}
  if (tag === 'a' && href !== null && safeHref(href) !== null) {
    marks['link'] = title === null || title === '' ? { href } : { href, title }
  }
  return marks
}

/** Alignment and language of a block. */
export function alignment(element: Element): Attributes {
  const attributes: Record<string, unknown> = {}
  const align = /text-align:\s*([a-z]+)/.exec(attribute(element, 'style') ?? '')?.[1] ?? attribute(element, 'align')
  if (ALIGNMENTS.includes(align)) attributes['align'] = align
  const lang = attribute(element, 'lang')
  if (lang !== null && lang !== '') attributes['lang'] = lang
  return attributes
}
