/**
 * HTML of any origin as a plain tree of elements and words, out of which everything that could run, load or lead somewhere
 * has been thrown. It is parsed in a document without a window: nothing of it runs or is fetched, not even on the way.
 */
import DOMPurify from 'dompurify'
import { type Element, element, TreeBuilder } from '../../shared/document/html/html-elements.ts'
import { HTML_GENERATOR } from '../../shared/document/shape-to-html.ts'
import { SheafError } from '../../shared/errors.ts'
import { t } from '../strings/t.ts'
import { STYLE, withPlainStyles } from './plain-styles.ts'

const FORBIDDEN =
  'style svg math iframe frame frameset object embed applet link base meta video audio source track'.split(' ')
/** Attributes of one element: to clean them takes the square of their number. */
const MOST_ATTRIBUTES = 500
/** Elements that repeat themselves in every paragraph until they are closed, and how many of them may be open. */
const REPEATING = /<(\/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])/gi
const MOST_REPEATING = 300
/** What a value may be that could be taken for an address: these schemes, another document by its id, or no scheme. */
const ADDRESS = /^(?:https?:|mailto:|sheaf:[0-9a-f]{64}$|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i
const OURS = /<meta name="generator" content="([^"]*)">/

/** Throws `too-big` for what would keep the window busy. */
export function cleanHtml(html: string): Element {
  if (mostRepeating(html) > MOST_REPEATING) throw tooTangled()
  const builder = new TreeBuilder()
  if (OURS.exec(html)?.[1] === HTML_GENERATOR) {
    builder.root.childNodes.push(element('meta', { name: 'generator', content: HTML_GENERATOR }))
  }
  read(sanitized(withPlainStyles(html)), builder)
  return builder.root
}

/** What is left of HTML when all that could do something is gone. */
export function sanitized(html: string): DocumentFragment {
  const left = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: FORBIDDEN,
    // Their words are what programs show in their place.
    ADD_FORBID_CONTENTS: ['object', 'applet', 'frameset'],
    ALLOWED_URI_REGEXP: ADDRESS,
  }) as DocumentFragment | null
  // A page made of frames has nothing to be read in.
  return left ?? document.createDocumentFragment()
}

DOMPurify.addHook('uponSanitizeElement', (node, data) => {
  if (node instanceof Element && node.attributes.length > MOST_ATTRIBUTES) throw tooTangled()
  // Nothing is known of it, so it does nothing; unwrapping it would copy all that is in it.
  if (node instanceof HTMLUnknownElement) data.allowedTags[data.tagName] = true
})

function tooTangled(): SheafError {
  return new SheafError('too-big', t('paste.tooTangled'))
}

/** How many repeating elements are open at once, at most. */
function mostRepeating(html: string): number {
  let open = 0
  let most = 0
  for (const [, closes] of html.matchAll(REPEATING)) {
    open = closes === '/' ? Math.max(open - 1, 0) : open + 1
    most = Math.max(most, open)
  }
  return most
}

function read(fragment: DocumentFragment, builder: TreeBuilder): void {
  let node: Node | null = fragment.firstChild
  while (node !== null) {
    if (node.nodeType === Node.TEXT_NODE) builder.text(node.nodeValue ?? '')
    else if (node instanceof HTMLElement) {
      builder.open(node.tagName.toLowerCase(), attributesOf(node))
      if (node.firstChild !== null) {
        node = node.firstChild
        continue
      }
      builder.close()
    }
    while (node !== null && node.nextSibling === null) {
      node = node.parentNode === fragment ? null : node.parentNode
      if (node !== null) builder.close()
    }
    node = node?.nextSibling ?? null
  }
}

function attributesOf(node: HTMLElement): Record<string, string> {
  return Object.fromEntries([...node.attributes].map(({ name, value }) => [name === STYLE ? 'style' : name, value]))
}
