import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FACTS } from '../../shared/document/document-shape.ts'
import { SheafProvider } from '../sheaf-api.ts'
import { DOCUMENT_ID, MemoryMain, type MemoryWindow } from '../testing/memory-main.ts'
import { MemoryLinks } from '../testing/memory-links.ts'
import { write } from '../testing/open-page.ts'
import { DocumentPage } from './document-page.tsx'
import type { DocumentCommandsRef, DocumentState } from './document-state.ts'

const links = new MemoryLinks()
let main: MemoryMain
let window_: MemoryWindow
let root: Root
let states: DocumentState[]
let titles: string[]
const commands: DocumentCommandsRef = { current: null }

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  main = new MemoryMain()
  window_ = main.window()
  states = []
  titles = []
})

afterEach(async () => {
  await act(async () => root.unmount())
  document.body.replaceChildren()
})

async function mount(): Promise<void> {
  const place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  const onState = (state: DocumentState) => states.push(state)
  const onTitle = (title: string) => titles.push(title)
  await act(async () => {
    root.render(
      <SheafProvider value={window_}>
        <DocumentPage
          documentId={DOCUMENT_ID}
          links={links}
          commands={commands}
          onState={onState}
          onTitle={onTitle}
          onAids={() => {}}
          onLearn={() => {}}
        />
      </SheafProvider>,
    )
  })
}

function titleField(): HTMLTextAreaElement {
  const field = document.querySelector('textarea')
  if (!field) throw new Error('the page has a title')
  return field
}

function typeTitle(text: string): void {
  const field = titleField()
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

function press(target: Element, init: KeyboardEventInit): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
}

const savedTitle = () => main.doc.getMap(FACTS).get('title')

test('the page has a title and a body by their roles and names', async () => {
  await mount()
  expect(document.querySelector('textarea')?.getAttribute('aria-label')).toBe('Title')
  const body = document.querySelector('[role=textbox]')
  expect(body?.getAttribute('aria-label')).toBe('Document body')
  expect(body?.getAttribute('aria-multiline')).toBe('true')
  expect(body?.textContent).toBe('')
})

test('typing in the title saves it, and line breaks become spaces', async () => {
  await mount()
  typeTitle('The gauge')
  typeTitle('\nat Alder Bridge')
  await act(async () => {})
  expect(savedTitle()).toBe('The gauge at Alder Bridge')
  expect(titles.at(-1)).toBe('The gauge at Alder Bridge')
})

test('a title somebody else changes shows up without moving the caret from its words', async () => {
  main.change((doc) => doc.getMap(FACTS).set('title', 'Alder Bridge'))
  await mount()
  titleField().focus()
  titleField().setSelectionRange(5, 5)
  await act(async () => {
    main.change((doc) => doc.getMap(FACTS).set('title', 'The Alder Bridge'))
    await vi.waitFor(() => expect(titleField().value).toBe('The Alder Bridge'))
  })
  expect(titleField().selectionStart).toBe(9)
})

test('undo in the title takes the title back and leaves the body alone', async () => {
  await mount()
  typeTitle('Alder')
  press(titleField(), { key: 'z', ctrlKey: true })
  expect(titleField().value).toBe('')
  press(titleField(), { key: 'z', ctrlKey: true, shiftKey: true })
  expect(titleField().value).toBe('Alder')
})

test('Enter in the title goes to the body, Escape changes nothing', async () => {
  await mount()
  typeTitle('Alder')
  press(titleField(), { key: 'Escape' })
  expect(titleField().value).toBe('Alder')
  press(titleField(), { key: 'Enter' })
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Document body')
})

test('the window hears what is true, and words only when typing pauses', async () => {
  main.change((doc) => write(doc, ['one two']))
  await mount()
  expect(states.at(-1)).toMatchObject({ save: 'saved', mode: 'write', reason: '', notice: null })
})

test('commands of the window reach the page', async () => {
  main.change((doc) => write(doc, ['one']))
  await mount()
  await act(async () => {
    commands.current?.focus()
    commands.current?.act('text.h2')
  })
  expect(document.querySelector('[data-kind=h2]')?.textContent).toBe('one')
  await act(async () => commands.current?.undo())
  expect(document.querySelector('[data-kind=h2]')).toBeNull()
  await act(async () => commands.current?.act('text.divider'))
  expect(document.querySelector('hr')).not.toBeNull()
})

test('a document that can’t be opened says so', async () => {
  vi.spyOn(window_, 'call').mockRejectedValue(new Error('no'))
  await mount()
  await act(async () => {})
  expect(document.querySelector('[role=alert]')?.textContent).toContain('This document could not be opened.')
})

test('a read-only document has a read-only title', async () => {
  main.mode = 'read-only'
  await mount()
  expect(titleField().readOnly).toBe(true)
  typeTitle('x')
  await act(async () => {})
  expect(savedTitle()).toBeUndefined()
})

test('LONG-6: the words of the page are those of the document, with its title, whatever the screen shows', async () => {
  main.change((doc) => {
    doc.getMap(FACTS).set('title', 'Alder')
    write(doc, ['one two', 'bullet three', 'bullet four'])
  })
  await mount()
  for (const block of document.querySelectorAll<HTMLElement>('.prose > *')) block.hidden = true
  expect(commands.current?.words()).toBe('Alder\n\none two\n\n- three\n- four\n')
})
