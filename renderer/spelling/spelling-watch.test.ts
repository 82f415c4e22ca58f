/** Checking a real page against a dictionary in memory; what is drawn is proved in the real window. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallName } from '../../shared/ipc/contract.ts'
import { FACTS } from '../../shared/document/document-shape.ts'
import { SheafError } from '../../shared/errors.ts'
import { PageMenu } from '../page-menu/page-menu.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { DOCUMENT_ID, MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, write } from '../testing/open-page.ts'
import { SpellingWatch } from './spelling-watch.ts'

const WRONG = new Set(['teh', 'rivver', 'wrongg'])

let main: MemoryMain
let page: OpenPage
let watch: SpellingWatch
let menu: PageMenu
let asked: string[][]
let failure: unknown
let broken: boolean

const api = {
  async call(name: CallName, ...args: unknown[]) {
    if (name === 'spelling.suggest') return ['the']
    if (broken) throw new SheafError('unsupported', 'The spelling dictionary of this language can’t be used.')
    const words = args[1] as string[]
    asked.push(words)
    return words.filter((word) => WRONG.has(word))
  },
  on: () => () => {},
} as unknown as SheafApi

beforeEach(() => {
  vi.useFakeTimers()
  main = new MemoryMain()
  asked = []
  failure = null
  broken = false
})

afterEach(async () => {
  watch.close()
  await page.close()
  vi.useRealTimers()
})

async function open(lines: readonly string[]): Promise<void> {
  write(main.doc, lines)
  watch = new SpellingWatch(
    api,
    `${DOCUMENT_ID.slice(0, 60)}${String(Math.random()).slice(2, 6)}`,
    (error) => (failure = error),
  )
  menu = new PageMenu(watch, () => {})
  page = await openPage(main, () => [watch.plugin(), menu.plugin()])
  // Nothing is laid out here: everything is in sight.
  page.editor.view.root.elementsFromPoint = () => []
  watch.follow({ enabled: true, view: { languages: ['de-DE', 'en-US'] } })
  await looked()
}

async function looked(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000)
}

/** The wrong word at a place in the page, or null. */
function wrongAt(words: string): string | null {
  let found: string | null = null
  page.editor.view.state.doc.descendants((node, position) => {
    const at = node.isText ? (node.text ?? '').indexOf(words) : -1
    if (at >= 0) found = watch.at(page.editor.view.state, position + at + 1)?.word ?? null
  })
  return found
}

test('SPELL-16: a key asks about the words of its own block only, and about each word once', async () => {
  await open(['By teh river', 'teh sea', 'code wrongg'])
  expect(asked).toEqual([['By', 'teh', 'river', 'sea']])
  expect([wrongAt('teh river'), wrongAt('river'), wrongAt('wrongg')]).toEqual(['teh', null, null])
  page.select('teh sea', 7)
  page.type(' again')
  await looked()
  expect(asked.slice(1)).toEqual([['again']])
})

test('SPELL-13: the language others give the document is followed, and its absence too', async () => {
  await open(['By teh river'])
  expect(watch.state.get()).toEqual({ language: null, dictionary: 'en-US' })
  watch.setLanguage('de')
  expect(watch.state.get()).toEqual({ language: 'de', dictionary: 'de-DE' })
  watch.setLanguage('fr')
  expect(watch.state.get()).toEqual({ language: 'fr', dictionary: null })
  expect(wrongAt('teh')).toBeNull()
  watch.setLanguage(null)
  await looked()
  expect(wrongAt('teh')).toBe('teh')
})

test('SPELL-13: the language is a fact of the document, saved like its words, and undo leaves it', async () => {
  await open(['By teh river'])
  page.session.setLanguage('de-AT')
  page.type('x')
  page.editor.undo()
  expect(main.doc.getMap(FACTS).get('language')).toBe('de-AT')
  page.session.setLanguage(null)
  expect(main.doc.getMap(FACTS).has('language')).toBe(false)
  expect(agrees(page, main)).toBe(true)
})

test('SPELL-14: a word that is ignored is right in this document, and the others are not', async () => {
  await open(['teh rivver'])
  watch.ignore('teh')
  await looked()
  expect([wrongAt('teh'), wrongAt('rivver')]).toEqual([null, 'rivver'])
})

test('SPELL-5: a dictionary that can’t be used is said once, and the page goes on without', async () => {
  broken = true
  await open(['By teh river'])
  expect(failure).toBeInstanceOf(SheafError)
  failure = null
  page.type('more ')
  await looked()
  expect(failure).toBeNull()
  expect(wrongAt('teh')).toBeNull()
})

test('SPELL-15: the next wrong word is selected, round the end, and code is passed', async () => {
  await open(['one teh', 'code wrongg', 'a rivver'])
  const selected = () => {
    const { doc, selection } = page.editor.view.state
    return doc.textBetween(selection.from, selection.to)
  }
  for (const word of ['teh', 'rivver', 'teh']) {
    expect(await watch.goToNext()).toBe(true)
    expect(selected()).toBe(word)
  }
})

test('MENU-1: a suggestion takes the word’s place where it is now; a word that is gone is left alone', async () => {
  await open(['By teh river'])
  const { view } = page.editor
  page.select('By teh river', 4)
  const misspelling = watch.at(view.state, view.state.selection.from)
  if (misspelling === null) throw new Error('the word is wrong')
  menu.replace({ ...misspelling, text: 'wrongg' }, 'wrong')
  expect(page.lines()).toEqual(['p By teh river'])
  main.change((doc) => write(doc, ['below']))
  page.receive()
  menu.replace(misspelling, 'the')
  expect(page.lines()).toEqual(['p By the river', 'p below'])
  menu.replace(misspelling, 'the')
  expect(page.lines()).toEqual(['p By the river', 'p below'])
  page.editor.undo()
  expect(page.lines()).toEqual(['p By teh river', 'p below'])
  expect(agrees(page, main)).toBe(true)
})
