import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PeerPresence } from '../../shared/ipc/together.ts'
import { type SharedSelection, sharedSelection } from '../editor/binding/shared-place.ts'
import '../testing/lay-out-nothing.ts'
import { DOCUMENT_ID, MemoryMain, type MemoryWindow } from '../testing/memory-main.ts'
import { type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { SHARING } from '../testing/together.ts'
import { PresenceWatch } from './presence-watch.ts'

let main: MemoryMain
let window: MemoryWindow
let watch: PresenceWatch
let page: OpenPage
let other: OpenPage

beforeEach(async () => {
  vi.useFakeTimers()
  // A line has a height, or there is nothing to see.
  vi.spyOn(Range.prototype, 'getClientRects').mockReturnValue([new DOMRect(0, 0, 0, 20)] as unknown as DOMRectList)
  main = new MemoryMain()
  main.change((doc) => write(doc, ['one two three', 'second line']))
  window = main.window()
  watch = new PresenceWatch(window, DOCUMENT_ID)
  document.body.append(watch.layer.element)
  page = await openPage(main, () => [watch.plugin()])
  other = await openPage(main)
  const scroller = page.editor.view.dom.parentElement as HTMLElement
  scroller.className = 'scroller'
  vi.spyOn(scroller, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 800, 600))
})

afterEach(async () => {
  watch.close()
  watch.layer.element.remove()
  await page.close()
  await other.close()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function placeOf(text: string, from: number, to = from): SharedSelection {
  other.select(text, from, to)
  const place = sharedSelection(other.editor.view.state)
  if (place === null) throw new Error('the page is not bound')
  return place
}

function peer(name: string, facts: Partial<PeerPresence> = {}): PeerPresence {
  return { session: name, person: name, name, color: 0, anchor: null, head: null, typing: false, idle: false, ...facts }
}

function hear(...peers: PeerPresence[]): void {
  window.emit('presence.changed', { documentId: DOCUMENT_ID, peers })
  vi.advanceTimersByTime(20)
}

const figures = () => [...watch.layer.element.querySelectorAll<HTMLElement>('.presence__peer')]

test('PRES-5: people are drawn where they are, and nobody else', () => {
  hear(peer('Ana', { ...placeOf('one two three', 3), color: 4 }), peer('Ben'))
  expect(figures().map(({ textContent, dataset }) => [textContent, dataset['person']])).toEqual([['Ana', '5']])
  hear(peer('Ben', placeOf('second line', 6)))
  expect(figures().map(({ textContent }) => textContent)).toEqual(['Ben'])
  hear()
  expect(figures()).toEqual([])
  window.emit('presence.changed', { documentId: 'ee'.repeat(32), peers: [peer('Eve', placeOf('second line', 1))] })
  vi.advanceTimersByTime(20)
  expect(figures()).toEqual([])
})

test('PRES-6: the layer is no part of the page and is said to nobody, and what happens in it changes no document', async () => {
  const { view } = page.editor
  const before = { html: view.dom.innerHTML, doc: view.state.doc, selection: view.state.selection }
  hear(peer('Ana', placeOf('one two three', 0, 7)), peer('Ben', placeOf('second line', 6)))
  await settle()
  expect(view.dom.innerHTML).toBe(before.html)
  expect(view.state.doc).toBe(before.doc)
  expect(view.state.selection).toBe(before.selection)
  expect(view.dom.contains(watch.layer.element)).toBe(false)
  expect(watch.layer.element.getAttribute('aria-hidden')).toBe('true')
  expect(main.saved).toHaveLength(1)
})

test('PRES-7: a name is shown for two seconds from when its person moved, and not because the text moved', () => {
  const shown = () => figures().map((figure) => figure.hasAttribute('data-moving'))
  const place = placeOf('one two three', 7)
  hear(peer('Ana', place))
  expect(shown()).toEqual([true])
  vi.advanceTimersByTime(2600)
  expect(shown()).toEqual([false])
  page.select('one two three', 0)
  page.type('zero ')
  vi.advanceTimersByTime(50)
  hear(peer('Ana', { ...place, typing: true }))
  expect(shown()).toEqual([false])
  hear(peer('Ana', placeOf('zero one two three', 8)))
  expect(shown()).toEqual([true])
})

test.each([
  ['in the middle', 300, 280],
  ['at the top', 8, 28],
  ['half out at the top', -10, 10],
  ['half out at the bottom', 590, 570],
  ['out at the top', -21, null],
  ['out at the bottom', 601, null],
])('PRES-7: the name of a caret %s is seen whole or not at all', (_where, top, name) => {
  const line = [new DOMRect(0, top, 0, 20)] as unknown as DOMRectList
  vi.mocked(Range.prototype.getClientRects).mockReturnValue(line)
  hear(peer('Ana', placeOf('one two three', 3)))
  const figure = figures()[0]
  expect(figure?.hidden).toBe(name === null)
  const place = figure?.querySelector<HTMLElement>('.presence__name')?.style.transform
  if (name !== null) expect(place).toBe(`translate(0px, ${name}px)`)
})

test('PRES-7: somebody without a name has a word for it', () => {
  hear(peer('Ana', { ...placeOf('one two three', 7), name: ' ' }))
  expect(figures()[0]?.textContent).toBe('Somebody')
})

test('PRES-13: carets that move tell the window around the page nothing', () => {
  hear(peer('Ana', placeOf('one two three', 7)))
  let told = 0
  watch.people.subscribe(() => (told += 1))
  for (let at = 0; at < 7; at++) hear(peer('Ana', placeOf('one two three', at)))
  expect(told).toBe(0)
  hear(peer('Ana', { ...placeOf('one two three', 2), typing: true }))
  expect(told).toBe(1)
})

test('PRES-1: the window says where its person is, and that they type only when they do', async () => {
  const said: unknown[] = []
  window.call = ((name: string, ...args: unknown[]) => {
    if (name === 'presence.say') said.push(args[1])
    return Promise.resolve()
  }) as typeof window.call
  page.editor.view.focus()
  vi.advanceTimersByTime(500)
  page.select('second line', 6)
  vi.advanceTimersByTime(500)
  expect(said.at(-1)).toMatchObject({ ...sharedSelection(page.editor.view.state), typing: false })
  other.select('one two three', 0)
  other.type('x')
  await settle()
  page.receive()
  vi.advanceTimersByTime(500)
  expect(said.at(-1)).toMatchObject({ typing: false })
  page.type('y')
  expect(said.at(-1)).toMatchObject({ ...sharedSelection(page.editor.view.state), typing: true })
})

test('PRES-1: when the document comes to be shared, the window says once more where its person is', () => {
  const calls = () => window.calls.filter((name) => name === 'presence.say').length
  page.editor.view.focus()
  vi.advanceTimersByTime(1000)
  const before = calls()
  window.emit('sharing.changed', { ...SHARING, documentId: DOCUMENT_ID, shared: true })
  vi.advanceTimersByTime(1000)
  expect(calls()).toBe(before + 1)
})

test('PRES-1: a main process that can hear nobody now is no reason to trouble the person', async () => {
  window.call = () => Promise.reject(new Error('closed'))
  page.editor.view.focus()
  page.select('second line', 6)
  vi.advanceTimersByTime(500)
  await settle()
  page.type('y')
  expect(page.lines()).toContain('p secondy line')
})
