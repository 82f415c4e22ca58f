import { TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { MemoryMain } from '../../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../../testing/open-page.ts'
import { isTable } from './cells.ts'

function clipboardEvent(html: string): ClipboardEvent {
  const event = new Event('paste') as ClipboardEvent
  const data = { getData: (type: string) => (type === 'text/html' ? html : '') }
  Object.defineProperty(event, 'clipboardData', { value: data })
  return event
}

/** The position before the first letter of a word. */
function cellStart({ editor }: OpenPage, word: string): number {
  let found = 0
  editor.view.state.doc.descendants((node, pos) => {
    if (node.text === word) found = pos
  })
  return found
}

test('TABLE-8: HTML tables from elsewhere come in as tables, and several paragraphs as lines of one cell', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['before', 'last']))
  const page = await openPage(main)
  const rows = () => {
    const table = page.editor.view.state.doc.children.find((node) => isTable(node))
    return table?.children.map((row) =>
      row.children.map((cell) => cell.textBetween(0, cell.content.size, '', '/')).join('|'),
    )
  }
  const paste = (html: string) => page.editor.view.pasteHTML(html, clipboardEvent(html))
  page.select('last')
  page.press('Enter')
  paste('<table><tr><th>x</th><th align="right">y</th></tr><tr><td>1</td><td><b>2</b></td></tr></table>')
  expect(rows()).toEqual(['x|y', '1|2'])
  const { view } = page.editor
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, cellStart(page, 'x'))))
  paste('<p>one</p><p>two</p>')
  expect(rows()).toEqual(['one/twox|y', '1|2'])
  page.press('Tab')
  paste('<table><tr><td>3</td><td>4</td></tr></table>')
  expect(rows()).toEqual(['one/twox|3|4', '1|2|'])
  expect(page.lines().filter((line) => line === 'table')).toHaveLength(1)
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})
