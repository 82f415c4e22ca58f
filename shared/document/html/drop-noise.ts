/**
 * What programs put on the clipboard beside the words: list markers as text, marks at the ends of paragraphs, comments,
 * drawn check boxes, addresses that lead through somebody else's server. It goes, or becomes what HTML has for it.
 */
import {
  attribute,
  element,
  type Element,
  hasClass,
  isElement,
  type Node,
  setChildren,
  textOf,
} from './html-elements.ts'

/** Where the marker of a list paragraph is kept, once it is no text any more. */
export const MARKER = 'data-marker'

/** Changes the tree below `page`. */
export function dropNoise(page: Element): void {
  setChildren(page, page.childNodes.flatMap(tidied))
}

function tidied(node: Node): Node[] {
  if (!isElement(node)) return [node]
  const style = attribute(node, 'style') ?? ''
  if (/mso-list:\s*ignore/i.test(style)) {
    noteMarker(node)
    return []
  }
  if (isNoise(node, style)) return []
  if (/mso-tab-count:/i.test(style)) return [{ text: ' ', parent: null }]
  if (hasClass(node, 'Apple-converted-space')) return [{ text: textOf(node).replace(/\u00a0/g, ' '), parent: null }]
  setChildren(node, node.childNodes.flatMap(tidied))
  renamed(node)
  return [node]
}

function isNoise(node: Element, style: string): boolean {
  return (
    /mso-element:\s*comment|mso-special-character:\s*comment|mso-comment-reference|mso-hide:\s*all/i.test(style) ||
    /display:\s*none/i.test(style) ||
    hasClass(node, 'EOP') ||
    hasClass(node, 'Apple-interchange-newline') ||
    hasClass(node, 'mw-editsection') ||
    attribute(node, 'aria-roledescription') === 'checkbox'
  )
}

/** The marker belongs to the paragraph it stands in. */
function noteMarker(marker: Element): void {
  const text = textOf(marker).replace(/[\s\u00a0]+/g, '')
  for (let around = marker.parent; around !== null; around = around.parent) {
    if (!/^(p|div|li|h[1-6])$/.test(around.tagName)) continue
    around.attributes[MARKER] ??= text
    return
  }
}

/** Word's styles by their names in HTML. */
const STYLES: Readonly<Record<string, string>> = {
  MsoTitle: 'h1',
  MsoHeading7: 'h6',
  MsoHeading8: 'h6',
  MsoHeading9: 'h6',
  MsoQuote: 'blockquote',
  MsoIntenseQuote: 'blockquote',
  quotations: 'blockquote',
}

function renamed(node: Element): void {
  const level = Number(attribute(node, 'aria-level') ?? 0)
  if (attribute(node, 'role') === 'heading' && level >= 1) node.tagName = `h${Math.min(Math.trunc(level), 6)}`
  if (node.tagName === 'p' || node.tagName === 'div') {
    for (const [name, tagName] of Object.entries(STYLES)) if (hasClass(node, name)) node.tagName = tagName
  }
  if (node.tagName === 'li' && attribute(node, 'role') === 'checkbox') {
    const checked: Record<string, string> = attribute(node, 'aria-checked') === 'true' ? { checked: '' } : {}
    setChildren(node, [element('input', { type: 'checkbox', ...checked }), ...node.childNodes])
  }
  if (node.tagName === 'ol') numberFirst(node)
  const href = attribute(node, 'href')
  if (href !== null) node.attributes['href'] = withoutDetour(href)
}

/** The first item says the number its list begins with. */
function numberFirst(list: Element): void {
  const first = list.childNodes.find((child): child is Element => isElement(child) && child.tagName === 'li')
  if (first !== undefined) first.attributes['value'] ??= attribute(list, 'start') ?? '1'
}

/** The address a link leads to in the end, when it goes through a page of Google's that says so. */
function withoutDetour(href: string): string {
  const target = /^https:\/\/www\.google\.com\/url\?(?:.*&)?(?:q|url)=([^&]+)/.exec(href)?.[1]
  if (target === undefined) return href
  try {
    return decodeURIComponent(target)
  } catch {
    return href
  }
}
