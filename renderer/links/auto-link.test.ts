import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readShape } from '../../shared/document/document-shape.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { pasteAddress } from './paste-address.ts'

let main: MemoryMain
let page: OpenPage

beforeEach(() => {
  main = new MemoryMain()
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

async function open(...lines: string[]): Promise<void> {
  main.change((doc) => write(doc, lines))
  page = await openPage(main)
}

const hrefs = () =>
  readShape(main.doc).content.flatMap(({ content }) =>
    content.flatMap((part) => ('text' in part && part.marks['link'] ? [String(part.marks['link']['href'])] : [])),
  )

describe('an address one types', () => {
  test('LINK-2: becomes a link with the space behind it; one undo takes the link and leaves the words', async () => {
    await open('see')
    page.select('see')
    page.type(' (https://example.org/a). ')
    expect(page.lines()).toEqual(['p see (|<link>https://example.org/a|). '])
    page.type('and on')
    expect(page.lines()).toEqual(['p see (|<link>https://example.org/a|). and on'])
    page.editor.undo()
    expect(page.lines()).toEqual(['p see (|<link>https://example.org/a|). '])
    page.editor.undo()
    expect(page.lines()).toEqual(['p see (https://example.org/a). '])
    page.type('and on ')
    expect(page.lines()).toEqual(['p see (https://example.org/a). and on '])
    page.editor.undo()
    page.editor.undo()
    page.editor.redo()
    expect(hrefs()).toEqual([])
  })

  test('LINK-2: Backspace right after takes the link and leaves the words', async () => {
    await open('')
    page.select('')
    page.type('www.example.org ')
    expect(hrefs()).toEqual(['https://www.example.org/'])
    page.press('Backspace')
    expect(page.lines()).toEqual(['p www.example.org '])
  })

  test('LINK-2: and with Enter behind it', async () => {
    await open('')
    page.select('')
    page.type('alice@example.org\n')
    await settle()
    expect(page.lines()).toEqual(['p <link>alice@example.org', 'p '])
    expect(hrefs()).toEqual(['mailto:alice@example.org'])
    page.editor.undo()
    expect(page.lines()).toEqual(['p alice@example.org', 'p '])
  })

  test('LINK-3: not in code, not over a link, not by what others type', async () => {
    await open('code x', 'word')
    page.select('x', 0)
    page.type('https://example.org ')
    page.select('word')
    page.type(' [here](https://example.org/there) ')
    main.change((doc) => write(doc, ['https://other.example ']))
    page.receive()
    expect(hrefs()).toEqual(['https://example.org/there'])
  })
})

describe('an address one pastes', () => {
  const paste = (text: string, html = '') => pasteAddress(page.editor.view, text, html)

  test('LINK-4: links the selected words, and stands by itself as a link', async () => {
    await open('some words here')
    page.select('some words here', 5, 10)
    expect(paste(' https://example.org/x\n')).toBe(true)
    expect(page.lines()).toEqual(['p some |<link>words| here'])
    page.select('some words here')
    page.type(' ')
    expect(paste('www.example.org')).toBe(true)
    page.type('!')
    expect(page.lines()).toEqual(['p some |<link>words| here |<link>www.example.org|!'])
    expect(hrefs()).toEqual(['https://example.org/x', 'https://www.example.org/'])
    page.editor.undo()
    page.editor.undo()
    expect(hrefs()).toEqual(['https://example.org/x'])
  })

  test('LINK-4: words with an address among them, unsafe addresses, and code are pasted as they are', async () => {
    await open('some words here', 'code x')
    page.select('some words here', 5, 10)
    expect(paste('see https://example.org')).toBe(false)
    expect(paste('javascript:alert(1)')).toBe(false)
    page.select('some words here')
    expect(paste('https://example.org', '<a href="https://example.org">Example</a>')).toBe(false)
    page.select('x', 0, 1)
    expect(paste('https://example.org')).toBe(false)
  })
})
