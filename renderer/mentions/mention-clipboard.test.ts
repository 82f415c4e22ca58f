import { TextSelection } from 'prosemirror-state'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readShape } from '../../shared/document/document-shape.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { shapeToHtml } from '../../shared/document/shape-to-html.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { insertMention } from './mention.ts'

const ID = 'ab'.repeat(32)
let main: MemoryMain
let page: OpenPage

beforeEach(async () => {
  main = new MemoryMain()
  main.change((doc) => write(doc, ['see this']))
  page = await openPage(main)
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

/** What the page puts on the clipboard for all of it. */
function copyAll(): { readonly html: string; readonly text: string } {
  const { view } = page.editor
  view.dispatch(insertMention(view.state.tr, 5, 5, { documentId: ID, label: 'Trip <b>' }))
  const { doc } = view.state
  const selection = TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size))
  const { dom, text } = view.serializeForClipboard(selection.content())
  return { html: dom.innerHTML, text }
}

const paste = (html: string) => {
  const event = new Event('paste') as ClipboardEvent
  Object.defineProperty(event, 'clipboardData', {
    value: { getData: (type: string) => (type === 'text/html' ? html : '') },
  })
  page.editor.view.pasteHTML(html, event)
}

const stored = () =>
  readShape(main.doc).content.flatMap(({ content }) =>
    content.flatMap((part) => ('node' in part && part.node === 'mention' ? [part.attributes] : [])),
  )

test('LINK-24: a copied mention says its title in plain text, and is the same mention where it is pasted', () => {
  const { html, text } = copyAll()
  expect(text).toBe('see Trip <b>this')
  page.select('see this')
  page.editor.view.dispatch(page.editor.view.state.tr.delete(0, page.editor.view.state.doc.content.size))
  paste(html)
  expect(page.lines()).toEqual(['p see |{mention}|this'])
  expect(stored()).toEqual([{ document: ID, label: 'Trip <b>' }])
})

test('LINK-24: and so is one out of an exported page', () => {
  copyAll()
  const { html } = shapeToHtml(readShape(main.doc))
  page.editor.view.dispatch(page.editor.view.state.tr.delete(0, page.editor.view.state.doc.content.size))
  paste(html)
  expect(stored()).toEqual([{ document: ID, label: 'Trip <b>' }])
})

test.each([
  `sheaf:${ID.slice(1)}`,
  `sheaf:${ID}?x`,
  `sheaf:${ID.toUpperCase()}`,
  `sheaf://i#${ID}`,
  'sheaf:javascript:alert(1)',
])('LINK-25: a pasted link to “%s” is words', (href) => {
  paste(`<p>a <a href="${href}" data-mention="${ID}">b</a></p>`)
  expect(stored()).toEqual([])
  expect(JSON.stringify(readShape(main.doc))).not.toContain('sheaf:')
  expect(safeHref(href)).toBeNull()
})
