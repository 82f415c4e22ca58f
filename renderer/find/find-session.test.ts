import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BODY } from '../../shared/document/document-shape.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { findPlaces } from './find-places.ts'
import type { FindQuery } from './find-query.ts'
import { FindSession } from './find-session.ts'
import type { PatternSearch } from './pattern-search.ts'

/** Expressions are looked for at once, or never when `hangs`. */
class InlineSearch implements PatternSearch {
  hangs = false
  readonly asked: number[] = []
  find: PatternSearch['find'] = async (pattern, texts) => {
    this.asked.push(texts.length)
    return this.hangs ? null : texts.map((text) => findPlaces(pattern, text))
  }
  stop(): void {}
  end(): void {}
}

let main: MemoryMain
let page: OpenPage
let find: FindSession
let search: InlineSearch

beforeEach(() => {
  main = new MemoryMain()
  search = new InlineSearch()
  find = new FindSession(search)
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  find.destroy()
  await page.close()
})

async function open(...lines: string[]): Promise<void> {
  if (lines.length > 0) main.change((doc) => write(doc, lines))
  page = await openPage(main, () => [find.plugin()])
}

function look(text: string, options: Partial<FindQuery> = {}): void {
  if (find.bar.get() === null) find.ask(true)
  find.setQuery({ text, matchCase: false, wholeWord: false, regex: false, ...options })
}

const shown = () => [...page.editor.view.dom.querySelectorAll('.found')].map((each) => each.textContent)
const place = () => `${find.status.get().at} of ${find.status.get().total}`
const selected = () => {
  const { from, to } = page.editor.view.state.selection
  return page.editor.view.state.doc.textBetween(from, to)
}
const marked = (doc: Y.Doc, ...parts: (readonly [string, object])[]) => {
  const block = new Y.XmlElement('block')
  const text = new Y.XmlText()
  block.insert(0, [text])
  doc.getXmlFragment(BODY).push([block])
  text.applyDelta(parts.map(([insert, attributes]) => ({ insert, attributes })))
}

describe('finding', () => {
  test('FIND-4: shows every match, selects the first behind the caret, and goes round', async () => {
    await open('one two', 'two one', 'h2 one')
    page.select('two one', 0)
    look('one')
    expect(shown()).toEqual(['one', 'one', 'one'])
    expect(place()).toBe('2 of 3')
    expect(selected()).toBe('one')
    find.next()
    expect(place()).toBe('3 of 3')
    find.next()
    expect([place(), find.status.get().remark?.kind]).toEqual(['1 of 3', 'from-start'])
    find.next(-1)
    expect([place(), find.status.get().remark?.kind]).toEqual(['3 of 3', 'from-end'])
    find.next(-1)
    expect([place(), find.status.get().remark]).toEqual(['2 of 3', null])
  })

  test('writes nothing', async () => {
    await open('one two', 'two one')
    const before = main.saved.length
    look('one')
    find.next()
    find.close()
    await settle()
    expect(main.saved).toHaveLength(before)
  })

  test('FIND-5: finds across formatting, in captions, cells and footnotes, and never from one block into the next', async () => {
    main.change((doc) => {
      marked(doc, ['al', {}], ['der', { bold: {} }])
      const body = doc.getXmlFragment(BODY)
      const holder = (name: string, words: string, ...inside: Y.XmlElement[]) => {
        const element = new Y.XmlElement(name)
        element.insert(0, [...(words === '' ? [] : [new Y.XmlText(words)]), ...inside])
        return element
      }
      body.push([
        holder('image', 'caption alder'),
        holder('table', '', holder('table_row', '', holder('table_cell', 'ALDER'))),
      ])
      body.push([holder('block', 'see ', holder('footnote', 'the alder of 1947'), new Y.XmlText(' there') as never)])
      write(doc, ['al', 'der'])
    })
    await open()
    look('alder')
    expect(place()).toBe('1 of 4')
    const words = ['alder', 'alder', 'ALDER', 'alder']
    for (const each of words) {
      expect(selected()).toBe(each)
      find.next()
    }
    look('see')
    expect(find.status.get().total).toBe(1)
  })

  test('FIND-6: keeps up with what is typed and with what others write', async () => {
    await open('one two')
    look('one')
    page.select('one two')
    page.type(' one')
    expect(shown()).toEqual(['one', 'one'])
    await vi.waitFor(() => expect(find.status.get().total).toBe(2))
    main.change((doc) => write(doc, ['one from bob']))
    page.receive()
    expect(shown()).toEqual(['one', 'one', 'one'])
    await vi.waitFor(() => expect(find.status.get().total).toBe(3))
  })

  test('looks again only in blocks that changed', async () => {
    await open('a1', 'b2', 'c3')
    look('\\d', { regex: true })
    await settle()
    expect(shown()).toEqual(['1', '2', '3'])
    page.select('b2')
    page.type('4')
    await vi.waitFor(() => expect(find.status.get().total).toBe(4))
    main.change((doc) => write(doc, ['d5']))
    page.receive()
    await vi.waitFor(() => expect(find.status.get().total).toBe(5))
    expect(search.asked).toEqual([3, 1, 1])
  })

  test('FIND-7: an expression that takes too long is given up and said; another one works', async () => {
    await open('aaaa', 'bbbb')
    search.hangs = true
    look('(a+)+$', { regex: true })
    await settle()
    expect(find.status.get()).toMatchObject({ total: 0, problem: { kind: 'slow' } })
    find.next()
    page.select('bbbb')
    page.type('b')
    await settle()
    expect(search.asked).toHaveLength(1)
    search.hangs = false
    look('a+', { regex: true })
    await settle()
    expect(find.status.get()).toMatchObject({ total: 1, problem: null })
  })

  test('selected words are looked for at once; Escape leaves the caret at the match', async () => {
    await open('one two', 'two')
    page.select('one two', 4, 7)
    find.ask(false)
    expect(find.query.get().text).toBe('two')
    expect(place()).toBe('1 of 2')
    find.next()
    page.press('Escape')
    expect(find.bar.get()).toBeNull()
    expect(shown()).toEqual([])
    expect(selected()).toBe('two')
    expect(page.editor.view.state.selection.$from.index(0)).toBe(1)
  })
})

describe('replacing', () => {
  test('FIND-8: replaces one match and goes to the next, keeping formatting', async () => {
    main.change((doc) => marked(doc, ['the col', {}], ['our of co', { bold: {} }], ['lour', { italic: {} }]))
    await open()
    look('colour')
    find.replace('color')
    expect(page.lines()).toEqual(['p the col|<bold>or of co|<italic>lour'])
    expect(place()).toBe('1 of 1')
    find.replace('color')
    expect(page.lines()).toEqual(['p the col|<bold>or of co|<italic>lor'])
    page.editor.undo()
    expect(page.lines()).toEqual(['p the col|<bold>or of co|<italic>lour'])
  })

  test('FIND-9: replaces all in one step of undo, and nothing but the letters that differ', async () => {
    await open('colour, colour and colour', 'nothing', 'h2 Colour')
    page.select('nothing')
    page.type('!')
    look('colour')
    find.replaceAll('color')
    expect(page.lines()).toEqual(['p color, color and color', 'p nothing!', 'h2 color'])
    expect(find.status.get()).toMatchObject({ total: 0, remark: { kind: 'replaced', count: 4 } })
    await settle()
    page.editor.undo()
    expect(page.lines()).toEqual(['p colour, colour and colour', 'p nothing!', 'h2 Colour'])
    page.editor.redo()
    expect(page.lines()).toEqual(['p color, color and color', 'p nothing!', 'h2 color'])
  })

  test('FIND-10: what others write between two matches meanwhile is kept', async () => {
    await open('one and one and one')
    const bob = new Y.Doc()
    Y.applyUpdate(bob, Y.encodeStateAsUpdate(main.doc))
    look('one')
    find.replaceAll('seven')
    await settle()
    const vector = Y.encodeStateVector(bob)
    const text = bob.getXmlFragment(BODY).get(0)
    if (text instanceof Y.XmlElement) (text.get(0) as Y.XmlText).insert(4, 'bob ')
    main.save(Y.encodeStateAsUpdate(bob, vector), null)
    page.receive()
    expect(page.lines()).toEqual(['p seven bob and seven and seven'])
  })

  test('FIND-11: an expression puts its groups into the new words', async () => {
    await open('1947-03-05 and 2008-11-30', 'name: Edith Marsh')
    look('(\\d+)-(\\d+)-(\\d+)', { regex: true })
    await settle()
    find.replaceAll('$3.$2.$1')
    await settle()
    expect(page.lines()[0]).toBe('p 05.03.1947 and 30.11.2008')
    look('(?<first>\\w+) (?<last>\\w+)$', { regex: true, matchCase: true })
    await settle()
    find.replaceAll('$<last>, $<first> ($&) $$1 $9')
    await settle()
    expect(page.lines()[1]).toBe('p name: Marsh, Edith (Edith Marsh) $1 $9')
  })

  test('an expression can break a line', async () => {
    await open('one; two', 'code a; b')
    look('; ', { regex: true })
    await settle()
    find.replaceAll(';\\n')
    await settle()
    expect(page.lines()).toEqual(['p one;|{hard_break}|two', 'code a;\nb'])
  })

  test('a footnote inside a match stays', async () => {
    main.change((doc) => {
      const note = new Y.XmlElement('footnote')
      note.insert(0, [new Y.XmlText('a note')])
      const block = new Y.XmlElement('block')
      block.insert(0, [new Y.XmlText('one'), note, new Y.XmlText(' two')])
      doc.getXmlFragment(BODY).push([block])
    })
    await open()
    look('one.*two', { regex: true })
    await settle()
    find.replaceAll('new')
    await settle()
    expect(page.lines()).toEqual(['p new|{footnote}'])
  })

  test('a page that can not be written in stays as it is', async () => {
    main.mode = 'read-only'
    await open('one')
    look('one')
    expect(find.status.get().total).toBe(1)
    find.replace('two')
    find.replaceAll('two')
    expect(page.editor.view.state.doc.textContent).toBe('one')
  })

  test('a block with thousands of matches is replaced in one go', async () => {
    await open('a '.repeat(3000))
    look('a')
    find.replaceAll('bc')
    await settle()
    expect(page.lines()).toEqual([`p ${'bc '.repeat(3000)}`])
    page.editor.undo()
    expect(page.lines()).toEqual([`p ${'a '.repeat(3000)}`])
  })
})
