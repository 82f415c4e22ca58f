import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import { readShape } from '../../shared/document/document-shape.ts'
import { entry } from '../testing/entries.ts'
import { MemoryLinks } from '../testing/memory-links.ts'
import { DOCUMENT_ID, MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { silentServices } from '../testing/silent-services.ts'
import { SlashMenu } from '../slash-menu/slash-menu.ts'
import { insertMention } from './mention.ts'
import { MentionPicker } from './mention-picker.ts'
import { mentionKeys, mentionView } from './mention-view.ts'

const trip = entry('Trip to Alder', { firstWords: 'We left at dawn.' })
const frost = entry('The frost books')
const unnamed = entry('')
const unreadable = entry('', { documentId: null, fileName: 'Broken', problem: 'damaged' })
const copy = entry('Trip copy', { documentId: trip.documentId, problem: 'copy' })
const self = entry('This page', { documentId: DOCUMENT_ID })

let main: MemoryMain
let page: OpenPage
let links: MemoryLinks
let picker: MentionPicker

beforeEach(() => {
  main = new MemoryMain()
  links = new MemoryLinks([trip, frost, unnamed, unreadable, copy, self])
  picker = new MentionPicker(links, DOCUMENT_ID)
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

async function open(...lines: string[]): Promise<void> {
  if (lines.length > 0) main.change((doc) => write(doc, lines))
  const services = { ...silentServices, openDocument: links.open.bind(links) }
  page = await openPage(main, () => [new SlashMenu(silentServices).plugin(), picker.plugin(), mentionKeys(services)], {
    mention: mentionView(links),
  })
}

const titles = () =>
  picker.open.get()?.items.map((item) => (item.kind === 'create' ? `+ ${item.title}` : item.entry.title)) ?? null
const chosen = () => {
  const item = picker.open.get()?.chosen ?? null
  return item === null ? null : item.kind === 'create' ? `+ ${item.title}` : item.entry.title
}
/** The names of the mentions on the page, as a screen reader says them. */
const names = () =>
  [...page.editor.view.dom.querySelectorAll('.mention')].map((each) => each.getAttribute('aria-label'))
const stored = () =>
  readShape(main.doc).content.flatMap(({ content }) =>
    content.flatMap((part) => ('node' in part && part.node === 'mention' ? [part.attributes] : [])),
  )

describe('naming a document', () => {
  test('LINK-11: `[[` and `@` open the list of documents, but for this one, copies and files without an id', async () => {
    await open('see', 'and')
    page.select('see')
    page.type(' [[')
    expect(titles()).toEqual(['Trip to Alder', 'The frost books', ''])
    page.press('Escape')
    page.select('and')
    page.type(' @')
    expect(titles()).toEqual(['Trip to Alder', 'The frost books', ''])
    page.press('Escape')
    expect(page.lines()).toEqual(['p see [[', 'p and @'])
  })

  test('LINK-12: never in code, in an address, by a paste or by what others type', async () => {
    await open('code x', 'alice', 'end ')
    page.select('x', 0)
    page.type('[[')
    expect(titles()).toBeNull()
    page.select('alice')
    page.type('@')
    expect(titles()).toBeNull()
    page.select('end ')
    const { view } = page.editor
    view.dispatch(view.state.tr.insertText('@').setMeta('paste', true))
    expect(titles()).toBeNull()
    main.change((doc) => write(doc, ['@']))
    page.receive()
    expect(titles()).toBeNull()
  })

  test('LINK-13: what fits best is taken by Enter as a mention with the document’s id; one undo brings the words back', async () => {
    await open('a line')
    page.select('a line')
    page.type(' [[fro')
    expect(titles()).toEqual(['The frost books', '+ fro'])
    page.press('Enter')
    expect(page.lines()).toEqual(['p a line |{mention}'])
    expect(stored()).toEqual([{ document: frost.documentId, label: 'The frost books' }])
    expect(names()).toEqual(['Link to document “The frost books”'])
    page.type(' and on')
    page.editor.undo()
    expect(page.lines()).toEqual(['p a line |{mention}'])
    page.editor.undo()
    expect(page.lines()).toEqual(['p a line [[fro'])
    expect(titles()).toBeNull()
    page.editor.redo()
    expect(names()).toEqual(['Link to document “The frost books”'])
  })

  test('LINK-13: a title typed whole between brackets is a mention; another stays as it is typed', async () => {
    await open('x')
    page.select('x')
    page.type(' [[trip to alder]], [[Nothing]] ')
    expect(page.lines()).toEqual(['p x |{mention}|, [[Nothing]] '])
    expect(titles()).toBeNull()
  })

  test('LINK-14: after `@` Enter takes a document and never makes one; the list is silent in a sentence', async () => {
    await open('x')
    page.select('x')
    page.type(' @nobody')
    expect(titles()).toEqual(['+ nobody'])
    expect(chosen()).toBeNull()
    page.press('Enter')
    expect(page.lines()).toEqual(['p x @nobody', 'p '])
    page.type('@home and away')
    expect(titles()).toBeNull()
  })

  test('LINK-15: a document that is not there is made, with the title typed, and named where one typed it', async () => {
    await open('x', 'y')
    page.select('x')
    links.holding = true
    page.type(' [[New ideas')
    expect(titles()).toEqual(['+ New ideas'])
    page.press('Enter')
    page.select('y')
    page.type(' goes on')
    main.change((doc) => write(doc, ['from bob']))
    page.receive()
    links.answer?.()
    await settle()
    expect(page.lines()).toEqual(['p x |{mention}', 'p y goes on', 'p from bob'])
    expect(names()).toEqual(['Link to document “New ideas”'])
    page.editor.undo()
    expect(page.lines()).toEqual(['p x [[New ideas', 'p y goes on', 'p from bob'])
  })

  test('LINK-15: when it can’t be made, what was typed stays as it was', async () => {
    await open('x')
    page.select('x')
    links.failing = true
    page.type(' [[New ideas')
    page.press('Enter')
    await settle()
    expect(page.lines()).toEqual(['p x [[New ideas'])
    page.type(' more')
    expect(titles()).toBeNull()
  })

  test('LINK-16: the command opens the list, and Escape takes away the sign the command put there', async () => {
    await open('x')
    page.select('x')
    page.press('Mod-Alt-d')
    expect(titles()).toEqual(['Trip to Alder', 'The frost books', ''])
    page.press('Escape')
    expect(page.lines()).toEqual(['p x'])
    page.press('Mod-Alt-d')
    page.type('trip')
    page.press('Enter')
    expect(page.lines()).toEqual(['p x|{mention}'])
  })

  test('LINK-16: and so does the `/` menu', async () => {
    await open('x')
    page.select('x')
    page.type(' /document')
    page.press('Enter')
    expect(titles()).toEqual(['Trip to Alder', 'The frost books', ''])
    page.press('ArrowDown')
    page.press('Enter')
    expect(stored()).toEqual([{ document: frost.documentId, label: 'The frost books' }])
  })

  test('stays at its words while others write', async () => {
    await open('first', 'second')
    page.select('second')
    page.type(' [[tri')
    main.change((doc) => write(doc, ['from bob']))
    main.change((doc) => doc.getXmlFragment('body').delete(0, 1))
    page.receive()
    expect(chosen()).toBe('Trip to Alder')
    page.press('Enter')
    expect(page.lines()).toEqual(['p second |{mention}', 'p from bob'])
  })
})

describe('a mention on the page', () => {
  async function mention(label: string): Promise<void> {
    await open('x')
    page.select('x')
    page.type(` [[${label}`)
    page.press('Enter')
  }
  const title = () => page.editor.view.dom.querySelector<HTMLElement>('.mention__title')
  const shown = () => title()?.textContent

  test('LINK-17: shows the document’s title as it is now, and writes nothing when it is renamed or moved', async () => {
    await mention('frost')
    const saved = main.saved.length
    links.change(({ entries }) => ({
      entries: entries.map((each) => (each.id === frost.id ? { ...each, title: 'Winter', folder: 'Deep' } : each)),
    }))
    expect(names()).toEqual(['Link to document “Winter”'])
    expect(shown()).toBe('Winter')
    expect(main.saved.length).toBe(saved)
  })

  test('LINK-18: says when the document is in the trash or not in this library, under the title it had', async () => {
    await mention('frost')
    links.change(({ entries }) => ({ entries: entries.filter(({ id }) => id !== frost.id), trash: [frost] }))
    expect(names()).toEqual(['Link to document “The frost books”, in the trash'])
    links.change(() => ({ trash: [] }))
    expect(names()).toEqual(['Link to document “The frost books”, not in this library'])
    expect(shown()).toBe('The frost books')
    expect(title()?.dataset['state']).toBe('not in this library')
    links.change(() => ({ complete: false }))
    expect(names()).toEqual(['Link to document “The frost books”'])
  })

  test('LINK-19: Enter opens the selected one, Mod-Shift-Enter in a new window, a click like Enter', async () => {
    await mention('frost')
    const { view } = page.editor
    const position = view.state.selection.from - 1
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, position)))
    page.press('Enter')
    page.press('Mod-Enter')
    page.press('Alt-Enter')
    expect(page.lines()).toEqual(['p x |{mention}'])
    const element = view.dom.querySelector('.mention')
    element?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    element?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }))
    element?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true, shiftKey: true }))
    const here = 'The frost books'
    expect(links.done).toEqual([here, here, here, here, 'The frost books, in a new window'])
  })

  test('LINK-19: on a page that can only be read, the keyboard comes to it and Enter opens it', async () => {
    await mention('frost')
    await page.close()
    main.mode = 'read-only'
    await open()
    const element = page.editor.view.dom.querySelector<HTMLElement>('.mention')
    expect(element?.tabIndex).toBe(0)
    element?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    expect(links.done).toEqual(['The frost books'])
  })

  test('LINK-20: two people who name documents in one line keep both, and undo takes back one’s own', async () => {
    await open('line')
    const other = await openPage(main, () => [new MentionPicker(links, DOCUMENT_ID).plugin()])
    page.select('line')
    other.select('line', 0)
    page.type(' goes on [[frost')
    page.press('Enter')
    other.type('[[trip')
    other.press('Enter')
    await settle()
    page.receive()
    other.receive()
    expect(page.lines()).toEqual(['p {mention}|line goes on |{mention}'])
    expect(other.lines()).toEqual(page.lines())
    page.editor.undo()
    await settle()
    other.receive()
    expect(other.lines()).toEqual(['p {mention}|line goes on [[frost'])
    await other.close()
  })

  test('LINK-20: what others type at the same moment in a line that holds a mention and nothing else is kept', async () => {
    await open('', 'below')
    const other = await openPage(main)
    page.select('')
    page.type('[[trip')
    await settle()
    other.receive()
    other.select('[[trip')
    other.type(' and words')
    page.press('Enter')
    await settle()
    page.receive()
    other.receive()
    expect(page.lines()).toEqual(['p {mention}| and words', 'p below'])
    expect(other.lines()).toEqual(page.lines())
    page.type('!')
    await settle()
    page.editor.undo()
    page.editor.undo()
    await settle()
    other.receive()
    expect(page.lines()).toEqual(['p [[trip and words', 'p below'])
    expect(other.lines()).toEqual(page.lines())
    expect([...page.window.rebuilds, ...other.window.rebuilds]).toEqual([])
    await other.close()
  })

  test('LINK-20: and in a cell of a table as well', async () => {
    main.change((doc) => {
      const element = (name: string, ...content: (Y.XmlElement | Y.XmlText)[]) => {
        const made = new Y.XmlElement(name)
        made.insert(0, content)
        return made
      }
      const cell = (words: string) => element('table_cell', new Y.XmlText(words))
      doc.getXmlFragment('body').insert(0, [element('table', element('table_row', cell('[[trip'), cell('b')))])
    })
    await open()
    const other = await openPage(main)
    const inCell = (each: OpenPage) => {
      const { view } = each.editor
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 3 + '[[trip'.length)))
    }
    inCell(other)
    other.type(' and words')
    const { view } = page.editor
    view.dispatch(insertMention(view.state.tr, 3, 9, { documentId: trip.documentId, label: 'Trip' }))
    await settle()
    page.receive()
    other.receive()
    const cells = readShape(main.doc).content[0]?.content[0]
    expect(JSON.stringify(cells)).toContain(' and words')
    expect(names()).toHaveLength(1)
    expect([...page.window.rebuilds, ...other.window.rebuilds]).toEqual([])
    await other.close()
  })

  test('a line that holds a mention and nothing else goes on like any other', async () => {
    await open('x')
    page.select('x', 0, 1)
    page.type('[[trip')
    page.press('Enter')
    page.type('\n')
    page.press('ArrowUp')
    const { view } = page.editor
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1)))
    page.type('a')
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 3)))
    page.type('b')
    page.press('Mod-Alt-1')
    expect(page.lines()).toEqual(['h1 a|{mention}|b', 'p '])
    page.press('Backspace')
    page.press('Backspace')
    page.press('Backspace')
    expect(page.window.rebuilds).toEqual([])
  })

  test('LINK-20: formatting words with a mention among them costs nothing and rebuilds nothing', async () => {
    await open('x')
    page.select('x')
    page.type(' [[frost')
    page.press('Enter')
    page.type(' y')
    page.press('Mod-a')
    page.press('Mod-b')
    await settle()
    expect(page.window.rebuilds).toEqual([])
    expect(names()).toHaveLength(1)
    expect(page.lines()[0]).toContain('<bold>')
  })
})
