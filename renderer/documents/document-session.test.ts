import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { DOCUMENT_ID, MemoryMain, MemoryWindow } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, toStart, write } from '../testing/open-page.ts'
import { DocumentSession, type SessionState } from './document-session.ts'
import { answerWindowFlush, holdSession, letGoOfSession } from './unsaved-work.ts'

let main: MemoryMain
let pages: OpenPage[]

async function open(): Promise<OpenPage> {
  const page = await openPage(main)
  pages.push(page)
  return page
}

beforeEach(() => {
  main = new MemoryMain()
  pages = []
})

afterEach(async () => {
  for (const page of pages) await page.close()
})

describe('saving', () => {
  test('KEEP-33: says Saved only when the main process has answered for every update', async () => {
    const page = await open()
    page.window.holding = true
    page.type('a')
    expect(page.state().save).toBe('saving')
    page.window.answer()
    await settle()
    expect(page.state().save).toBe('saved')
    expect(page.window.calls.filter((call) => call === 'document.append')).toHaveLength(1)
  })

  test('KEEP-34: a refused update is Not saved with the reason, and nothing is lost when the disk is back', async () => {
    vi.useFakeTimers()
    const page = await open()
    page.window.failing = 'The disk is full. Make room and Sheaf goes on.'
    page.type('abc')
    await settle()
    expect(page.state()).toMatchObject({ save: 'not-saved', reason: 'The disk is full. Make room and Sheaf goes on.' })
    page.window.failing = null
    await vi.advanceTimersByTimeAsync(300)
    expect(page.state()).toMatchObject({ save: 'saved', reason: '' })
    expect(agrees(page, main)).toBe(true)
    vi.useRealTimers()
  })

  test('each update is sent once, and nothing of what others did is sent back', async () => {
    const alice = await open()
    const bob = await open()
    alice.type('from alice')
    await settle()
    bob.receive()
    expect(bob.window.calls).toEqual(['document.open'])
    expect(main.saved).toHaveLength('from alice'.length)
    expect(agrees(bob, main)).toBe(true)
  })

  test('closing waits for the last update', async () => {
    const page = await openPage(main)
    page.window.holding = true
    page.type('a')
    const closed = page.close()
    await settle()
    expect(page.window.calls).not.toContain('document.close')
    page.window.answer()
    await closed
    expect(page.window.calls.at(-1)).toBe('document.close')
  })

  test('KEEP-35: a window that is asked to flush answers when nothing is unsaved any more', async () => {
    const page = await open()
    holdSession(page.session)
    const stop = answerWindowFlush(page.window, (error) => {
      throw error
    })
    page.window.holding = true
    page.type('a')
    page.window.emit('window.flush', {})
    await settle()
    expect(page.window.calls).not.toContain('window.flushed')
    page.window.answer()
    await settle()
    await settle()
    expect(page.window.calls).toContain('window.flushed')
    stop()
    letGoOfSession(page.session)
  })
})

describe('others', () => {
  test('what they write arrives in order and in one go, and leaves the caret with its words', async () => {
    main.change((doc) => write(doc, ['one', 'two']))
    const page = await open()
    page.select('two', 1)
    main.change((doc) => doc.getXmlFragment(BODY).insert(0, [new Y.XmlElement('block'), new Y.XmlElement('block')]))
    main.change((doc) => write(doc, ['three']))
    expect(page.lines()).toEqual(['p one', 'p two'])
    page.receive()
    page.type('!')
    expect(page.lines()).toEqual(['p ', 'p ', 'p one', 'p t!wo', 'p three'])
  })

  test('wait while the pointer is down on the page, until the selection it makes', async () => {
    vi.useFakeTimers()
    main.change((doc) => write(doc, ['one']))
    const page = await open()
    page.session.inbox.press()
    main.change((doc) => write(doc, ['two']))
    await vi.advanceTimersByTimeAsync(2000)
    expect(page.lines()).toEqual(['p one'])
    page.session.inbox.release()
    await vi.advanceTimersByTimeAsync(2000)
    expect(page.lines()).toEqual(['p one', 'p two'])
    vi.useRealTimers()
  })

  test('a caret whose block was deleted stays near by', async () => {
    main.change((doc) => write(doc, ['one', 'two', 'three']))
    const page = await open()
    page.select('two')
    main.change((doc) => doc.getXmlFragment(BODY).delete(1, 1))
    page.receive()
    page.type('!')
    expect(page.lines()).toEqual(['p one', 'p !three'])
  })

  test('a selected divider that somebody deletes does no harm', async () => {
    main.change((doc) => {
      write(doc, ['one'])
      doc.getXmlFragment(BODY).push([new Y.XmlElement('divider')])
    })
    const page = await open()
    page.select('one')
    page.press('Delete')
    expect(page.editor.view.state.selection.toJSON()).toMatchObject({ type: 'node' })
    main.change((doc) => doc.getXmlFragment(BODY).delete(1, 1))
    page.receive()
    expect(page.lines()).toEqual(['p one'])
    expect(agrees(page, main)).toBe(true)
  })

  test('two people typing into the same empty line both keep their words', async () => {
    const alice = await open()
    const bob = await open()
    alice.type('\n')
    await settle()
    bob.receive()
    toStart(bob)
    toStart(alice)
    alice.type('alice')
    bob.type('bob')
    await settle()
    alice.receive()
    bob.receive()
    alice.type('!')
    bob.type('?')
    await settle()
    alice.receive()
    bob.receive()
    expect(alice.lines()).toEqual(bob.lines())
    const [first = ''] = alice.lines()
    expect(first.slice(2).split('').sort().join('')).toBe([...'alicebob!?'].sort().join(''))
    for (const page of pages) expect(agrees(page, main)).toBe(true)
  })
})

test('two people typing into a line that another program left without text set off no repair', async () => {
  main.change((doc) => doc.getXmlFragment(BODY).push([new Y.XmlElement('block')]))
  const alice = await open()
  const bob = await open()
  toStart(alice)
  toStart(bob)
  alice.type('a')
  bob.type('b')
  for (let round = 0; round < 2; round++) {
    await settle()
    alice.receive()
    bob.receive()
  }
  expect([...alice.window.rebuilds, ...bob.window.rebuilds]).toEqual([])
  expect(alice.editor.view.state.doc.textContent.split('').sort()).toEqual(['a', 'b'])
  expect(alice.lines()).toEqual(bob.lines())
  for (const page of pages) expect(agrees(page, main)).toBe(true)
})

describe('a document that is replaced', () => {
  test('KEEP-36: unsaved words survive a reset', async () => {
    const page = await open()
    page.type('saved')
    await settle()
    page.window.holding = true
    page.type(' unsaved')
    main.change((doc) => write(doc, ['from bob']))
    main.reset()
    expect(page.lines()).toEqual(['p saved unsaved', 'p from bob'])
    page.type('!')
    expect(page.lines()).toEqual(['p saved unsaved!', 'p from bob'])
    page.window.answer()
    await settle()
    expect(agrees(page, main)).toBe(true)
  })

  test('unsaved words whose place is gone are announced, and the page goes on', async () => {
    const page = await open()
    page.type('gone')
    page.window.holding = true
    await settle()
    page.type(' too')
    main.doc = new Y.Doc()
    main.change((doc) => write(doc, ['other']))
    main.reset()
    expect(page.lines()).toEqual(['p other'])
    expect(page.state().notice?.message).toMatch(/last words/)
    toStart(page)
    page.type('an')
    expect(page.lines()).toEqual(['p another'])
    page.window.answer()
  })

  test('LIB-50: what is said of a document while it is still being opened is shown once it is open', async () => {
    const window = new MemoryWindow(main)
    const states: SessionState[] = []
    const session = new DocumentSession(window, DOCUMENT_ID, {
      onDocument: () => {},
      onState: (state) => states.push(state),
      onArrival: () => {},
      isComposing: () => false,
    })
    const opening = session.open()
    window.emit('document.notice', { documentId: DOCUMENT_ID, message: 'One paragraph came from a conflicted copy.' })
    await opening
    expect(states.at(-1)?.notice?.message).toBe('One paragraph came from a conflicted copy.')
    await session.close()
  })

  test('the client id is the one the main process gave, for every document', async () => {
    const page = await open()
    expect(page.session.doc?.clientID).toBe(101)
    main.reset()
    expect(page.session.doc?.clientID).toBe(102)
  })
})

test('a read-only document can be looked at, sends nothing, and follows what others write', async () => {
  main.change((doc) => write(doc, ['h1 one']))
  main.mode = 'read-only'
  const page = await open()
  expect(page.editor.view.editable).toBe(false)
  expect(page.state()).toMatchObject({ mode: 'read-only', readOnlyReason: 'It was made by a newer Sheaf.' })
  main.change((doc) => write(doc, ['two']))
  page.receive()
  expect(page.editor.view.state.doc.textContent).toBe('onetwo')
  expect(page.window.calls).toEqual(['document.open'])
})
