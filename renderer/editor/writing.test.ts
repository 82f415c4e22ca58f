import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, toStart, write } from '../testing/open-page.ts'

let main: MemoryMain
let page: OpenPage

async function open(...lines: string[]): Promise<void> {
  if (lines.length > 0) main.change((doc) => write(doc, lines))
  page = await openPage(main)
}

beforeEach(() => {
  main = new MemoryMain()
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  expect(page.window.rebuilds).toEqual([])
  await page.close()
})

describe('an empty page', () => {
  test('WRITE-1: opening an empty document writes nothing, and neither does putting the caret in it', async () => {
    await open()
    page.press('Mod-a')
    page.press('ArrowUp')
    await settle()
    expect(page.window.calls).toEqual(['document.open'])
    expect(main.saved).toEqual([])
  })

  test('the first letter makes the first block in one update', async () => {
    await open()
    page.type('H')
    await settle()
    expect(page.lines()).toEqual(['p H'])
    expect(main.saved).toHaveLength(1)
  })

  test('Enter makes two empty lines', async () => {
    await open()
    page.type('\nb')
    expect(page.lines()).toEqual(['p ', 'p b'])
  })

  test('a heading can be asked for before anything is typed', async () => {
    await open()
    page.press('Mod-Alt-2')
    page.type('b')
    expect(page.lines()).toEqual(['h2 b'])
  })

  test("what somebody else writes first is not swallowed by this window's next letter", async () => {
    await open()
    main.change((doc) => write(doc, ['from bob']))
    page.receive()
    page.type('!')
    expect(page.lines()).toEqual(['p from bob!'])
  })
})

describe('others write', () => {
  test('WRITE-9: the caret stays where it was just put when words arrive before the browser has told of it', async () => {
    await open('h1 Title', 'Alice writes')
    toStart(page)
    const { view } = page.editor
    view.dom.tabIndex = 0
    view.focus()
    const end = view.domAtPos(view.state.doc.content.size - 1)
    document.getSelection()?.collapse(end.node, end.offset)
    main.change((doc) => write(doc, ['from bob']))
    page.receive()
    page.type('!')
    expect(page.lines()).toEqual(['h1 Title', 'p Alice writes!', 'p from bob'])
  })
})

describe('Markdown while typing', () => {
  test.each([
    ['# a', 'h1 a'],
    ['## a', 'h2 a'],
    ['### a', 'h3 a'],
    ['- a', 'bullet a'],
    ['* a', 'bullet a'],
    ['1. a', 'ordered a'],
    ['[ ] a', 'task a'],
    ['[] a', 'task a'],
    ['[x] a', 'task+ a'],
    ['> a', 'quote a'],
    ['```a', 'code a'],
    ['a **b** c', 'p a |<bold>b| c'],
    ['a *b* c', 'p a |<italic>b| c'],
    ['a _b_ c', 'p a |<italic>b| c'],
    ['a ~~b~~ c', 'p a |<strike>b| c'],
    ['a `b` c', 'p a |<code>b| c'],
    ['[a](https://example.org/) b', 'p <link>a| b'],
    ['a **b *c* d** e', 'p a |<bold>b |<bold><italic>c|<bold> d| e'],
  ])('%s becomes %s', async (typed, line) => {
    await open('')
    toStart(page)
    page.type(typed)
    expect(page.lines().map(sortMarks)).toEqual([sortMarks(line)])
  })

  test.each(['2 * 3 * 4', 'snake_case_name', 'a ** b', '#a', '[a](javascript:alert(1))', '`` a'])(
    '%s stays as it is',
    async (typed) => {
      await open('')
      toStart(page)
      page.type(typed)
      expect(page.lines()).toEqual([`p ${typed}`])
    },
  )

  test('three hyphens make a divider and a line to go on in', async () => {
    await open('')
    toStart(page)
    page.type('---next')
    expect(page.lines()).toEqual(['divider', 'p next'])
  })

  test('a box in a list item makes it a task at the same depth', async () => {
    await open('bullet a', 'bullet:1 ')
    page.select('')
    page.type('[ ] b')
    expect(page.lines()).toEqual(['bullet a', 'task:1 b'])
  })

  test('WRITE-2: Backspace takes a rule back and leaves what was typed', async () => {
    await open('')
    toStart(page)
    page.type('# ')
    expect(page.lines()).toEqual(['h1 '])
    page.press('Backspace')
    expect(page.lines()).toEqual(['p # '])
  })

  test('undo takes the rule back before what was typed', async () => {
    await open('')
    toStart(page)
    page.type('# ')
    page.press('Mod-z')
    expect(page.lines()).toEqual(['p #'])
  })

  test('nothing is a rule in code', async () => {
    await open('code ')
    toStart(page)
    page.type('# **a**')
    expect(page.lines()).toEqual(['code # **a**'])
  })
})

describe('lists', () => {
  test('Enter continues a list, Tab nests it, Enter on an empty item leaves it step by step', async () => {
    await open('bullet a')
    page.select('a')
    page.type('\n')
    page.press('Tab')
    page.type('b\n')
    expect(page.lines()).toEqual(['bullet a', 'bullet:1 b', 'bullet:1 '])
    page.type('\n')
    expect(page.lines().at(-1)).toBe('bullet ')
    page.type('\nc')
    expect(page.lines()).toEqual(['bullet a', 'bullet:1 b', 'p c'])
  })

  test('a new task is not done', async () => {
    await open('task a')
    page.select('a')
    page.press('Mod-Enter')
    expect(page.lines()).toEqual(['task+ a'])
    page.type('\nb')
    expect(page.lines()).toEqual(['task+ a', 'task b'])
  })

  test('a click on the box of a task toggles it', async () => {
    await open('task a')
    page.editor.view.dom.querySelector<HTMLElement>('[role=checkbox]')?.click()
    expect(page.lines()).toEqual(['task+ a'])
    expect(page.editor.view.dom.querySelector('[role=checkbox]')?.getAttribute('aria-checked')).toBe('true')
  })

  test('Tab goes no deeper than one below the item before, and takes what hangs below along', async () => {
    await open('bullet a', 'bullet b', 'bullet:1 c')
    page.select('a')
    page.press('Tab')
    expect(page.lines()[0]).toBe('bullet a')
    page.select('b')
    page.press('Tab')
    page.press('Tab')
    expect(page.lines()).toEqual(['bullet a', 'bullet:1 b', 'bullet:2 c'])
    page.press('Shift-Tab')
    expect(page.lines()).toEqual(['bullet a', 'bullet b', 'bullet:1 c'])
  })

  test('Backspace at the start makes an item a paragraph, then joins it to the block before', async () => {
    await open('one', 'bullet:1 two')
    page.select('two', 0)
    page.press('Backspace')
    expect(page.lines()).toEqual(['p one', 'p two'])
    page.press('Backspace')
    expect(page.lines()).toEqual(['p onetwo'])
    page.type('+')
    expect(page.lines()).toEqual(['p one+two'])
  })

  test('the shortcuts of list kinds toggle', async () => {
    await open('a')
    page.select('a')
    page.press('Mod-Shift-7')
    expect(page.lines()).toEqual(['ordered a'])
    page.press('Mod-Shift-8')
    expect(page.lines()).toEqual(['bullet a'])
    page.press('Mod-Shift-9')
    expect(page.lines()).toEqual(['task a'])
    page.press('Mod-Shift-9')
    expect(page.lines()).toEqual(['p a'])
  })
})

describe('Enter, Backspace and Delete', () => {
  test('Enter at the end of a heading goes on in a paragraph, in its middle splits it, at its start makes room above', async () => {
    await open('h1 ab')
    page.select('ab', 1)
    page.type('\n')
    expect(page.lines()).toEqual(['h1 a', 'h1 b'])
    page.select('b')
    page.type('\n')
    expect(page.lines()).toEqual(['h1 a', 'h1 b', 'p '])
    page.select('b', 0)
    page.type('\n')
    expect(page.lines()).toEqual(['h1 a', 'p ', 'h1 b', 'p '])
  })

  test('an empty block before goes, so that the heading stays the same block', async () => {
    await open('', 'h1 a')
    page.select('a', 0)
    page.press('Backspace')
    page.press('Backspace')
    expect(page.lines()).toEqual(['p a'])
  })

  test('Delete at the end joins the next block', async () => {
    await open('a', 'b')
    page.select('a')
    page.press('Delete')
    expect(page.lines()).toEqual(['p ab'])
  })

  test('code takes line breaks and tabs, and is left with Mod-Enter or from a second empty line', async () => {
    await open('code a')
    page.select('a')
    page.type('\n')
    page.press('Tab')
    page.type('b')
    expect(page.lines()).toEqual(['code a\n\tb'])
    page.type('\n\n\nc')
    expect(page.lines()).toEqual(['code a\n\tb', 'p c'])
    page.select('a\n\tb')
    page.press('Mod-Enter')
    page.type('d')
    expect(page.lines()).toEqual(['code a\n\tb', 'p d', 'p c'])
  })

  test('code that becomes a paragraph keeps its lines as breaks, and gets them back', async () => {
    await open('code a\nb')
    page.select('a\nb')
    page.press('Mod-Alt-0')
    expect(page.lines()).toEqual(['p a|{hard_break}|b'])
  })

  test('Shift-Enter breaks the line inside a block', async () => {
    await open('a')
    page.select('a')
    page.press('Shift-Enter')
    page.type('b')
    expect(page.lines()).toEqual(['p a|{hard_break}|b'])
  })
})

describe('undo', () => {
  test('takes back what was typed in one go, and redo brings it again', async () => {
    await open('a')
    page.select('a')
    page.type('bc')
    page.press('Mod-z')
    expect(page.lines()).toEqual(['p a'])
    page.press('Mod-Shift-z')
    expect(page.lines()).toEqual(['p abc'])
  })

  test('the caret goes back to where the undone edit was', async () => {
    await open('one', 'two')
    page.select('one')
    page.type('X')
    page.select('two')
    page.press('Mod-z')
    page.type('!')
    expect(page.lines()).toEqual(['p one!', 'p two'])
  })
})

describe('links', () => {
  test('Mod-click follows a link, a plain click does not', async () => {
    await open('')
    toStart(page)
    page.type('[a](https://example.org/x)')
    const link = page.editor.view.dom.querySelector('a')
    link?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    expect(page.links).toEqual([])
    link?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }))
    expect(page.links).toEqual(['https://example.org/x'])
  })
})

function sortMarks(line: string): string {
  return line.replace(/(<\w+>)+/g, (marks) => (marks.match(/<\w+>/g) ?? []).sort().join(''))
}
