import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readShape } from '../../shared/document/document-shape.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle } from '../testing/open-page.ts'
import { outline } from '../testing/outline.ts'
import { pasteInto } from '../testing/paste-into.ts'

const files = import.meta.glob<string>('./fixtures/*.{html,txt}', { query: '?raw', import: 'default', eager: true })
const sources = Object.keys(files).filter((file) => file.endsWith('.html'))

let main: MemoryMain
let page: OpenPage

beforeEach(async () => {
  main = new MemoryMain()
  page = await openPage(main)
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

describe('what other programs copy', () => {
  test('there are fixtures', () => {
    expect(sources.length).toBeGreaterThan(10)
  })

  test.each(sources)('PASTE-1: %s becomes what it means', async (file) => {
    pasteInto(page, { html: files[file] ?? '' })
    await settle()
    const expected = (files[file.replace(/html$/, 'txt')] ?? '').replace(/\n$/, '')
    expect(outline(readShape(page.session.doc ?? new Y.Doc()).content).join('\n')).toBe(expected)
  })
})
