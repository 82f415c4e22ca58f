import { NodeSelection } from 'prosemirror-state'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { insertMention } from '../mentions/mention.ts'
import { mentionView } from '../mentions/mention-view.ts'
import { entry } from '../testing/entries.ts'
import { MemoryLinks } from '../testing/memory-links.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { CardWatch } from './card-watch.ts'

const trip = entry('Trip')
let main: MemoryMain
let page: OpenPage
let watch: CardWatch

beforeEach(async () => {
  main = new MemoryMain()
  main.change((doc) => write(doc, ['see ']))
  watch = new CardWatch()
  page = await openPage(main, () => [watch.plugin()], { mention: mentionView(new MemoryLinks([trip])) })
  page.select('see ')
  page.type('[here](https://example.org/) or ')
  const { view } = page.editor
  view.dispatch(
    insertMention(view.state.tr, view.state.selection.from, view.state.selection.from, {
      documentId: trip.documentId,
      label: 'Trip',
    }),
  )
  page.type('.')
  view.focus()
  vi.useFakeTimers()
})

afterEach(async () => {
  vi.useRealTimers()
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

const shown = () => {
  const target = watch.target.get()
  if (target === null) return null
  return target.kind === 'link' ? String(target.href) : `mention of ${target.facts.label}`
}
const wait = () => vi.advanceTimersByTime(1000)
const over = (selector: string, type = 'mouseover') =>
  page.editor.view.dom.querySelector(selector)?.dispatchEvent(new MouseEvent(type, { bubbles: true }))

describe('the card beside a link', () => {
  test('LINK-8: comes a moment after the caret went into a link, and goes when it leaves', () => {
    expect(shown()).toBeNull()
    page.select('see here or .', 5)
    expect(shown()).toBeNull()
    wait()
    expect(shown()).toBe('https://example.org/')
    page.select('see here or .', 6)
    expect(shown()).toBe('https://example.org/')
    page.select('see here or .', 1)
    expect(shown()).toBeNull()
    wait()
    expect(shown()).toBeNull()
  })

  test('LINK-8: comes after the pointer rests on one, stays while it is on the card, and goes when it left both', () => {
    over('.link')
    vi.advanceTimersByTime(100)
    over('.link', 'mouseout')
    wait()
    expect(shown()).toBeNull()
    over('.link')
    wait()
    expect(shown()).toBe('https://example.org/')
    over('.link', 'mouseout')
    watch.hold()
    wait()
    expect(shown()).toBe('https://example.org/')
    watch.letGo()
    wait()
    expect(shown()).toBeNull()
    over('.mention')
    wait()
    expect(shown()).toBe('mention of Trip')
  })

  test('LINK-8: goes when one types there, and with Escape until the caret has been elsewhere', () => {
    page.select('see here or .', 6)
    wait()
    page.type('x')
    expect(shown()).toBeNull()
    wait()
    expect(shown()).toBeNull()
    page.select('see hexre or .', 5)
    wait()
    expect(shown()).toBe('https://example.org/')
    page.press('Escape')
    expect(shown()).toBeNull()
    page.select('see hexre or .', 6)
    wait()
    expect(shown()).toBeNull()
    page.select('see hexre or .', 0)
    page.select('see hexre or .', 6)
    wait()
    expect(shown()).toBe('https://example.org/')
  })

  test('LINK-8: is about a selected mention, and stays with it while others write', () => {
    const { view } = page.editor
    const position = 1 + 'see here or '.length
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, position)))
    wait()
    expect(shown()).toBe('mention of Trip')
    page.select('see here or .', 5)
    wait()
    main.change((doc) => write(doc, ['from bob']))
    main.change((doc) => {
      const text = doc.getXmlFragment('body').get(0)
      if ('insert' in text) text.setAttribute('kind', 'h1')
    })
    page.receive()
    expect(shown()).toBe('https://example.org/')
  })
})
