import { readFileSync } from 'node:fs'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { type DocumentShape, isText, type NodeShape } from '../../shared/document/document-shape.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { schema } from '../../shared/document/schema.ts'
import { exportDocument, importDocument } from './convert-document.ts'

const HOSTILE: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('../../shared/document/fixtures/hostile.json', import.meta.url), 'utf8'),
)
const payloads = Object.values(HOSTILE).flat()

/** Whether an address, read as a browser reads it, leads to the web, to a mail address, or nowhere. */
function leadsSafely(href: unknown): boolean {
  const address = URL.canParse(String(href), 'https://example.org/')
    ? new URL(String(href), 'https://example.org/')
    : null
  return typeof href === 'string' && (address === null || safeHref(address.href) !== null)
}

/** What of a document is on no list of ours, or leads somewhere it must not. */
function breaches(shape: DocumentShape): string[] {
  const found: string[] = []
  const look = (node: NodeShape): void => {
    const known = schema.nodes[node.node]?.spec.attrs
    if (known === undefined && schema.nodes[node.node] === undefined) found.push(`node ${node.node}`)
    for (const name of Object.keys(node.attributes))
      if (!Object.hasOwn(known ?? {}, name)) found.push(`attribute ${name}`)
    const { blob } = node.attributes
    if (blob !== undefined && !/^[0-9a-f]{64}$/.test(String(blob))) found.push(`picture ${String(blob)}`)
    for (const part of node.content) {
      if (!isText(part)) look(part)
      else
        for (const [mark, { href }] of Object.entries(part.marks)) {
          if (schema.marks[mark] === undefined) found.push(`mark ${mark}`)
          if (mark === 'link' && !leadsSafely(href)) found.push(`link ${String(href)}`)
        }
    }
  }
  for (const block of shape.content) look(block)
  return found
}

const HARMLESS = new Set(
  'html head meta title style body main article h1 h2 h3 h4 h5 h6 p ul ol li input blockquote aside pre code figure img figcaption table thead tbody tr th td strong em u s sup sub mark a span section hr br'.split(
    ' ',
  ),
)

/** What in an exported page could do something, or ask for something, when a browser reads it. */
function dangers(html: string): string[] {
  const found: string[] = []
  const look = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (!('tagName' in node)) return
    if (!HARMLESS.has(node.tagName)) found.push(`<${node.tagName}>`)
    for (const { name, value } of node.attrs) {
      const isAddress = /^(?:src|srcset|href|action|formaction|poster|background|data|ping|cite|xlink:href)$/.test(name)
      const isOurs = name === 'href' && (safeHref(value) !== null || /^#|^sheaf:[0-9a-f]{64}$/.test(value))
      if (name.startsWith('on') || name === 'srcdoc' || (isAddress && !isOurs)) found.push(`${name}=${value}`)
      if (name === 'style' && /url|expression|import|binding/i.test(value)) found.push(`style ${value}`)
    }
    for (const child of node.childNodes) look(child)
  }
  for (const child of parse(html).childNodes) look(child)
  return found
}

describe('hostile files', () => {
  it('there are hundreds of them', () => {
    expect(new Set(payloads).size).toBeGreaterThan(700)
  })

  it.each(['html', 'md', 'txt'] as const)(
    'PASTE-21: as %s become words and safe links, and so does what is exported of them',
    (format) => {
      for (const payload of payloads) {
        const { shape } = importDocument(payload, format)
        expect(breaches(shape), payload).toEqual([])
        expect(dangers(exportDocument(shape, 'html').text), payload).toEqual([])
      }
    },
    60_000,
  )
})
