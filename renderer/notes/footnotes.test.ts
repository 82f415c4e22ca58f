import { NodeSelection, TextSelection } from 'prosemirror-state'
import { afterEach, expect, test } from 'vitest'
import { insertFootnote } from './footnotes.ts'
import { type CardPage, openCardPage } from '../testing/card-page.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, settle, write } from '../testing/open-page.ts'
import { copiedText } from '../clipboard/copied-text.ts'

const open: CardPage[] = []

async function pageOf(...lines: string[]): Promise<{ main: MemoryMain; page: CardPage }> {
  const main = new MemoryMain()
  main.change((doc) => write(doc, lines))
  return { main, page: await another(main) }
}

async function another(main: MemoryMain): Promise<CardPage> {
  const page = await openCardPage(main)
  open.push(page)
  return page
}

afterEach(async () => {
  for (const page of open.splice(0)) await page.close()
})

function insert({ editor: { view } }: CardPage): boolean {
  return insertFootnote(view.state, view.dispatch)
}

/** What the notes say, by their numbers. */
function said({ notes }: CardPage): string[] {
  return notes.notes.get().map(({ number, node }) => `${number} ${node.textContent}`)
}

function numbers({ editor: { view } }: CardPage): string[] {
  return [...view.dom.querySelectorAll('.footnote')].map(({ textContent }) => textContent ?? '')
}

test('NOTE-1: a footnote is put at the caret, and the next letters are its words', async () => {
  const { main, page } = await pageOf('The bridge stood.')
  page.select('The bridge stood.', 10)
  page.editor.view.focus()
  expect(insert(page)).toBe(true)
  expect(document.activeElement).toBe(page.field())
  page.type('so they say')
  await settle()
  expect(said(page)).toEqual(['1 so they say'])
  expect(page.lines()).toEqual(['p The bridge|{footnote}| stood.'])
  expect(page.field()?.textContent).toBe('so they say')
  expect(agrees(page, main)).toBe(true)
})

test('NOTE-1: undo takes back what was written in the note, then the note', async () => {
  const { page } = await pageOf('The bridge')
  page.select('The bridge')
  page.editor.view.focus()
  insert(page)
  page.type('old')
  page.editor.undo()
  expect(page.lines()).toEqual(['p The bridge|{footnote}'])
  expect(said(page)).toEqual(['1 '])
  page.editor.undo()
  expect(page.lines()).toEqual(['p The bridge'])
  expect(page.field()).toBeNull()
  page.editor.redo()
  page.editor.redo()
  expect(said(page)).toEqual(['1 old'])
})

test('NOTE-1: a note stands in a cell and a caption, and in no note, code or TeX', async () => {
  const { page } = await pageOf('code let x', 'words')
  page.select('let x')
  expect(insert(page)).toBe(false)
  page.select('words', 5)
  expect(insert(page)).toBe(true)
  expect(insert(page)).toBe(false)
})

test('NOTE-2: `[^1]` and `[^]` are a note to be written, `^[words]` one that is', async () => {
  const { main, page } = await pageOf('')
  page.select('')
  page.editor.view.focus()
  page.type('One[^1]')
  expect(document.activeElement).toBe(page.field())
  page.type('first')
  page.pressIn('Escape')
  page.type(' two[^]')
  page.type('second')
  page.pressIn('Enter')
  page.type(' three^[the *third*] end')
  expect(said(page)).toEqual(['1 first', '2 second', '3 the third'])
  expect(page.lines()).toEqual(['p One|{footnote}| two|{footnote}| three|{footnote}| end'])
  expect(
    page.notes.notes
      .get()[2]
      ?.node.child(1)
      .marks.map(({ type }) => type.name),
  ).toEqual(['italic'])
  expect(agrees(page, main)).toBe(true)
})

test('NOTE-2: Backspace right after brings the typed signs back, and undo does', async () => {
  const { page } = await pageOf('')
  page.select('')
  page.editor.view.focus()
  page.type('One[^1]')
  page.pressIn('Backspace')
  expect(page.lines()).toEqual(['p One[^1]'])
  page.type(' two[^2]')
  page.editor.undo()
  expect(page.lines()).toEqual(['p One[^1] two[^2'])
})

test('NOTE-2: neither code nor marked code makes a note', async () => {
  const { page } = await pageOf('code x', '')
  page.select('x')
  page.type('[^1]')
  page.select('')
  page.type('`c`')
  page.select('c', 1)
  page.editor.view.dispatch(page.editor.view.state.tr.ensureMarks([page.editor.view.state.schema.mark('code')]))
  page.type('[^1]')
  expect(page.lines()).toEqual(['code x[^1]', 'p <code>c[^1]'])
})

test('NOTE-3: notes are numbered in their order, whatever comes, goes or moves, by others too', async () => {
  const { main, page } = await pageOf('first', 'second')
  const other = await another(main)
  for (const text of ['first', 'second']) {
    page.select(text)
    insert(page)
    page.type(text)
  }
  await settle()
  other.receive()
  expect(said(other)).toEqual(['1 first', '2 second'])
  other.editor.view.dispatch(
    other.editor.view.state.tr.setSelection(TextSelection.create(other.editor.view.state.doc, 1)),
  )
  insert(other)
  other.type('new')
  await settle()
  page.receive()
  expect(said(page)).toEqual(['1 new', '2 first', '3 second'])
  expect(numbers(page)).toEqual(['1', '2', '3'])
  const labels = [...page.editor.view.dom.querySelectorAll('[role="doc-noteref"]')]
  expect(labels.map((label) => label.getAttribute('aria-label'))).toEqual(['Footnote 1', 'Footnote 2', 'Footnote 3'])
  const { state } = page.editor.view
  page.editor.view.dispatch(state.tr.delete(1, 6))
  expect(numbers(page)).toEqual(['1', '2'])
})

test('NOTE-4: a press on a number goes into the note; Enter, Escape and the arrows at its ends lead out', async () => {
  const { page } = await pageOf('ab')
  page.select('ab', 1)
  page.editor.view.focus()
  insert(page)
  page.type('note')
  const { view } = page.editor
  for (const [key, to] of [
    ['Escape', 8],
    ['Enter', 8],
    ['ArrowRight', 8],
    ['ArrowDown', 8],
  ] as const) {
    page.editor.view.dom.querySelector<HTMLElement>('.footnote')?.click()
    expect(document.activeElement).toBe(page.field())
    expect(view.state.selection.from).toBe(7)
    page.pressIn(key)
    expect(page.field()).toBeNull()
    expect(document.activeElement).toBe(view.dom)
    expect(view.state.selection.from).toBe(to)
  }
  page.editor.view.dom.querySelector<HTMLElement>('.footnote')?.click()
  page.pressIn('ArrowLeft')
  expect(page.field()).not.toBeNull()
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 3)))
  page.pressIn('ArrowLeft')
  expect(view.state.selection.from).toBe(2)
})

test('NOTE-4: a selected number shows its note; Enter and typing go into it, Backspace takes it away', async () => {
  const { page } = await pageOf('ab')
  page.select('ab', 1)
  page.editor.view.focus()
  insert(page)
  page.type('note')
  page.pressIn('Escape')
  page.press('Backspace')
  const { view } = page.editor
  expect(view.state.selection).toBeInstanceOf(NodeSelection)
  expect(page.field()?.textContent).toBe('note')
  expect(document.activeElement).toBe(view.dom)
  page.type('s')
  expect(said(page)).toEqual(['1 notes'])
  expect(document.activeElement).toBe(page.field())
  page.pressIn('Escape')
  page.press('Backspace')
  page.press('Enter')
  expect(document.activeElement).toBe(page.field())
  page.pressIn('Escape')
  page.press('Backspace')
  page.press('Backspace')
  expect(page.lines()).toEqual(['p ab'])
})

test('NOTE-4: a note without words goes with Backspace, Escape and Enter', async () => {
  for (const key of ['Backspace', 'Escape', 'Enter']) {
    const { page } = await pageOf('ab')
    page.select('ab', 1)
    page.editor.view.focus()
    insert(page)
    page.pressIn(key)
    expect(page.lines()).toEqual(['p ab'])
    expect(page.editor.view.state.selection.from).toBe(2)
    expect(document.activeElement).toBe(page.editor.view.dom)
  }
})

test('NOTE-5: words of a note are formatted and broken as they are on the page', async () => {
  const { page } = await pageOf('ab')
  page.select('ab')
  page.editor.view.focus()
  insert(page)
  page.type('see ')
  page.pressIn('b', { ctrlKey: true, keyCode: 66 })
  page.type('Fenn')
  page.pressIn('Enter', { shiftKey: true })
  page.type('at https://example.org ')
  const note = page.notes.notes.get()[0]?.node
  expect(note?.children.map((node) => [node.type.name, node.text, node.marks.map(({ type }) => type.name)])).toEqual([
    ['text', 'see ', []],
    ['text', 'Fenn', ['bold']],
    ['hard_break', undefined, expect.anything()],
    ['text', 'at ', expect.anything()],
    ['text', 'https://example.org', expect.arrayContaining(['link'])],
    ['text', ' ', expect.anything()],
  ])
  expect(page.field()?.querySelector('strong')?.textContent).toContain('Fenn')
  page.pressIn('a', { ctrlKey: true })
  expect(page.editor.view.state.selection.to - page.editor.view.state.selection.from).toBe(note?.content.size)
})

test('NOTE-6: what others write in the open note and its line stays, and the caret behind the letter typed last', async () => {
  const { main, page } = await pageOf('line')
  const other = await another(main)
  page.select('line', 2)
  page.editor.view.focus()
  insert(page)
  page.type('mine')
  await settle()
  other.receive()
  const note = (view: CardPage) => view.editor.view.dom.querySelector<HTMLElement>('.footnote')
  note(other)?.click()
  other.editor.view.dispatch(
    other.editor.view.state.tr.setSelection(TextSelection.create(other.editor.view.state.doc, 4)),
  )
  other.type('not ')
  other.editor.view.dispatch(
    other.editor.view.state.tr.setSelection(TextSelection.create(other.editor.view.state.doc, 1)),
  )
  other.type('A ')
  page.field()?.focus()
  page.type('!')
  await settle()
  page.receive()
  other.receive()
  page.type('?')
  await settle()
  other.receive()
  expect(said(page)).toEqual(['1 not mine!?'])
  expect(page.field()?.textContent).toBe('not mine!?')
  expect(document.activeElement).toBe(page.field())
  expect(page.lines()).toEqual(['p A li|{footnote}|ne'])
  expect(other.lines()).toEqual(page.lines())
  expect(agrees(page, main) && agrees(other, main)).toBe(true)
})

test('NOTE-6: when somebody else takes the open note away, the caret is on the page', async () => {
  const { main, page } = await pageOf('line')
  const other = await another(main)
  page.select('line', 2)
  page.editor.view.focus()
  insert(page)
  page.type('mine')
  await settle()
  other.receive()
  other.editor.view.dispatch(other.editor.view.state.tr.delete(3, 9))
  await settle()
  page.receive()
  expect(page.field()).toBeNull()
  expect(document.activeElement).toBe(page.editor.view.dom)
  page.type('ON')
  expect(page.lines()).toEqual(['p liONne'])
})

test('NOTE-7: the list leads to the number on the page', async () => {
  const { page } = await pageOf('first', 'second')
  for (const text of ['first', 'second']) {
    page.select(text)
    insert(page)
    page.type(text)
  }
  page.notes.goTo(1)
  const { selection } = page.editor.view.state
  expect(selection).toBeInstanceOf(NodeSelection)
  expect(selection.from).toBe(6)
  expect(page.field()?.textContent).toBe('first')
})

test('NOTE-9: a copied note is the same note where it is pasted, in brackets in plain text, and words in a note', async () => {
  const { page } = await pageOf('word', 'there')
  page.select('word')
  insert(page)
  page.type('the note')
  const { view } = page.editor
  const slice = view.state.doc.slice(1, view.state.doc.child(0).nodeSize - 1, true)
  expect(copiedText(slice)).toBe('word (the note)')
  const { dom } = view.serializeForClipboard(slice)
  // Other programs read it as what exports write: a number at the word, and the notes below.
  expect(dom.querySelector('[role="doc-noteref"]')?.textContent).toBe('1')
  const html = dom.innerHTML
  page.select('there')
  view.pasteHTML(html, pasting(html, ''))
  expect(said(page)).toEqual(['1 the note', '2 the note'])
  view.dom.querySelectorAll<HTMLElement>('.footnote')[1]?.click()
  page.field()?.dispatchEvent(pasting(html, 'word (the note)'))
  expect(said(page)).toEqual(['1 the note', '2 the notewordthe note'])
})

test('NOTE-9: paragraphs pasted into a note are its lines, and pasted into TeX a space', async () => {
  const { main, page } = await pageOf('word')
  page.select('word')
  page.editor.view.focus()
  insert(page)
  page.field()?.dispatchEvent(pasting('<p>one <b>a</b></p><ul><li>two</li></ul>', 'one a\n\ntwo'))
  const note = page.notes.notes.get()[0]?.node
  expect(note?.children.map(({ type, text }) => text ?? type.name)).toEqual(['one ', 'a', 'hard_break', 'two'])
  page.type(' $x$ ')
  page.pressIn('ArrowLeft')
  page.editor.view.dispatch(
    page.editor.view.state.tr.setSelection(TextSelection.create(page.editor.view.state.doc, 18)),
  )
  page.field()?.dispatchEvent(pasting('', '+\n1'))
  expect(page.notes.notes.get()[0]?.node.textContent).toBe('one atwo x+ 1 ')
  await settle()
  expect(agrees(page, main)).toBe(true)
})

function pasting(html: string, text: string): ClipboardEvent {
  const event = new Event('paste', { bubbles: true, cancelable: true }) as ClipboardEvent
  const getData = (type: string) => (type === 'text/html' ? html : type === 'text/plain' ? text : '')
  Object.defineProperty(event, 'clipboardData', { value: { getData, files: [], types: [] } })
  return event
}
