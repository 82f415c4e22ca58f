import { expect, test } from 'vitest'
import type { NodeShape } from '../../shared/document/document-shape.ts'
import { printedArticle } from '../../main/exchange/printed-article.ts'
import { marginTemplates, paperStyle, printHtml, type PrintPage } from './print-page.ts'

const FRAME = '<!doctype html>\n<html lang="en"><head><title>Sheaf</title></head><body><main></main></body></html>'

function pageOf(title: string, content: readonly NodeShape[], facts: Partial<PrintPage> = {}): PrintPage {
  return {
    article: printedArticle({ title, content }),
    paper: { size: 'a4', margins: 'normal', header: true, footer: true },
    face: 'literata',
    untitled: 'Untitled',
    language: 'en',
    marginBoxes: false,
    picture: () => null,
    ...facts,
  }
}

const p = (text: string): NodeShape => ({ node: 'block', attributes: {}, content: [{ text, marks: {} }] })

test('PRINT-6: nothing a document says becomes part of the page’s own markup', () => {
  const hostile = '</title></style></main><script>alert(1)</script>$& $1 "x'
  const html = printHtml(FRAME, pageOf(hostile, [p(hostile)]))
  expect(html).not.toContain('<script>')
  expect(html.match(/<\/main>/g)).toHaveLength(1)
  expect(html).toContain('$&amp; $1 &quot;x')
  const style = paperStyle(pageOf('"; } body { display: none } \\"\n@import', [p('x')], { marginBoxes: true }))
  expect(style).not.toMatch(/[^\\]"; } body/)
  expect(style).toContain('content: "\\22 ; } body')
})

test('PRINT-3: paper has the size and margins that were chosen, and white where nothing shall stand', () => {
  const paper = { size: 'letter', margins: 'wide', header: false, footer: false } as const
  const page = pageOf('T', [p('x')], { paper })
  expect(paperStyle(page)).toContain('@page { size: 215.9mm 279.4mm; margin: 32mm 42mm; }')
  expect(paperStyle(page)).not.toContain(':first')
  expect(marginTemplates(page)).toEqual({ headerTemplate: '<span></span>', footerTemplate: '<span></span>' })
  const boxes = paperStyle(pageOf('T', [p('x')], { marginBoxes: true }))
  expect(boxes).toContain('@top-center { content: "T"; }')
  expect(boxes).toContain('counter(page)')
})

test('a document without a title or a language is called and spoken as the window says', () => {
  const html = printHtml(FRAME, pageOf('', [], { untitled: 'Ohne Titel', language: 'de' }))
  expect(html).toContain('<html lang="de" data-text-face="literata">')
  expect(html).toContain('<title>Ohne Titel</title>')
})

test('every style that a document’s HTML says in an attribute has its rule on paper', async () => {
  const { readFile } = await import('node:fs/promises')
  const css = await readFile(new URL('../../renderer/print/print.css', import.meta.url), 'utf8')
  for (const align of ['center', 'end', 'justify'])
    expect(css).toContain(`[style="text-align: ${align}"] {\n  text-align: ${align};`)
  const image: NodeShape = { node: 'image', attributes: { blob: 'a'.repeat(64), width: 40 }, content: [] }
  expect(paperStyle(pageOf('T', [image]))).toContain('figure[data-width="40"] > img { width: 40%; }')
})
