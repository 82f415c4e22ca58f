/** Writing on the page with real keys: what typing does, and what it leaves alone. */
import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, screenshot, test } from './support/app.ts'
import { contentOf } from './support/command-line.ts'
import { body, goOn, newDocument, saved, title } from './support/page.ts'

const FIXTURES = path.resolve(import.meta.dirname, 'fixtures')

/** A new document with the caret in its empty body. */
async function empty(page: Page): Promise<void> {
  await newDocument(page).click()
  await expect(title(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(body(page)).toBeFocused()
}

/** The blocks as they stand on the page: `h1 Title`, `bullet:1 item`, `task+ done`. */
function lines(page: Page): Promise<string[]> {
  return body(page).evaluate((element) =>
    [...element.children]
      .filter((child) => !child.classList.contains('ProseMirror-gapcursor'))
      .map((child) => {
        const { kind = child.tagName.toLowerCase(), depth, checked } = (child as HTMLElement).dataset
        return `${kind}${depth ? `:${depth}` : ''}${checked === 'true' ? '+' : ''} ${child.textContent}`
      }),
  )
}

const expectLines = (page: Page, expected: string[]) => expect.poll(() => lines(page)).toEqual(expected)
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Formatting' })

test('WRITE-1: an empty document stays empty until somebody types, and shows where', async ({ start, profile }) => {
  const { page } = await start()
  await empty(page)
  await expect(body(page)).toHaveText('')
  await expect(body(page)).toHaveAttribute('aria-placeholder', 'Start writing')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('ArrowDown')
  await screenshot(page, 'empty-page')
  await saved(page)
  await page.keyboard.type('H')
  await expectLines(page, ['paragraph H'])
  await page.keyboard.press('Control+z')
  await expectLines(page, [])
  await page.keyboard.type('again')
  await expectLines(page, ['paragraph again'])
  await title(page).fill('Words')
  await expect.poll(() => readdir(profile.library)).toContain('Words.sheaf')
})

test('an empty document takes a composition, dictation, a paste and a shortcut as its first words', async ({
  start,
}) => {
  const { page } = await start()
  const session = await page.context().newCDPSession(page)
  await empty(page)
  for (const text of ['k', 'か', 'かん']) {
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  await session.send('Input.insertText', { text: '漢字' })
  await page.keyboard.type('!')
  await expectLines(page, ['paragraph 漢字!'])
  await empty(page)
  await session.send('Input.insertText', { text: 'spoken' })
  await expectLines(page, ['paragraph spoken'])
  await empty(page)
  await paste(page, '<h2>Pasted</h2><p>text</p>')
  await expectLines(page, ['h2 Pasted', 'paragraph text'])
  await empty(page)
  await page.keyboard.press('Control+Alt+1')
  await page.keyboard.type('Heading')
  await expectLines(page, ['h1 Heading'])
})

test('Markdown while typing makes headings, lists, tasks, quotations, code, dividers and marks', async ({ start }) => {
  const { page } = await start()
  await empty(page)
  await page.keyboard.type('# One\nplain **bold** *italic* ~~gone~~ `code` [link](https://example.org/)\n')
  await page.keyboard.type('- a\nb\n\n1. c\nd\n\n[ ] e\nf\n\n> g\n\n```h\n\n\n---\nend')
  await expectLines(page, [
    'h1 One',
    'paragraph plain bold italic gone code link',
    'bullet a',
    'bullet b',
    'ordered c',
    'ordered d',
    'task e',
    'task f',
    'quote g',
    'code h',
    'hr ',
    'paragraph ',
    'paragraph end',
  ])
  for (const [tag, text] of [
    ['strong', 'bold'],
    ['em', 'italic'],
    ['s', 'gone'],
    ['code', 'code'],
    ['a', 'link'],
  ] as const) {
    await expect(body(page).locator(`p ${tag}`)).toHaveText(text)
  }
  await screenshot(page, 'typing-rules')
})

test('WRITE-2: Backspace takes a typing rule back', async ({ start }) => {
  const { page } = await start()
  await empty(page)
  await page.keyboard.type('- ')
  await expectLines(page, ['bullet '])
  await page.keyboard.press('Backspace')
  await expectLines(page, ['paragraph - '])
})

test('lists nest with Tab, number by level, are left with Enter and undone with Backspace', async ({ start }) => {
  const { page } = await start()
  await empty(page)
  await page.keyboard.type('1. one\ntwo\n')
  await page.keyboard.press('Tab')
  await page.keyboard.type('inner\ninner too\n')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('three')
  await expectLines(page, ['ordered one', 'ordered two', 'ordered:1 inner', 'ordered:1 inner too', 'ordered three'])
  expect(await numbers(page)).toEqual(['1', '2', '1', '2', '3'])
  await page.keyboard.press('Home')
  await page.keyboard.press('Backspace')
  await expectLines(page, ['ordered one', 'ordered two', 'ordered:1 inner', 'ordered:1 inner too', 'paragraph three'])
  await page.keyboard.press('Backspace')
  await expectLines(page, ['ordered one', 'ordered two', 'ordered:1 inner', 'ordered:1 inner toothree'])
})

test('tasks are done by click and by keyboard', async ({ start }) => {
  const { page } = await start()
  await empty(page)
  await page.keyboard.type('[ ] one\ntwo')
  const boxes = body(page).getByRole('checkbox')
  await boxes.first().click()
  await expect(body(page).getByRole('checkbox', { name: 'one' })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expectLines(page, ['task+ one', 'task+ two'])
  await page.keyboard.press('Control+Enter')
  await expectLines(page, ['task+ one', 'task two'])
})

test('undo goes back step by step, from anywhere in the window, and never by the browser’s own hand', async ({
  start,
}) => {
  const { page } = await start()
  await empty(page)
  for (const word of ['one ', 'two ', 'three ']) {
    await page.keyboard.type(word)
    // Undo takes back what was typed without a pause of half a second.
    await page.waitForTimeout(600)
  }
  await page.keyboard.press('Control+z')
  await expectLines(page, ['paragraph one two '])
  await page.getByRole('button', { name: 'Settings' }).focus()
  await page.keyboard.press('Control+z')
  await expectLines(page, ['paragraph one '])
  await page.getByRole('searchbox', { name: 'Search documents' }).focus()
  await page.keyboard.press('Control+z')
  await expectLines(page, ['paragraph one '])
  await body(page).focus()
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+y')
  await expectLines(page, ['paragraph one two three '])
})

test('the formatting toolbar stands at selected words, and the keyboard reaches it', async ({ start }) => {
  const { page } = await start()
  await empty(page)
  await page.keyboard.type('Some words to format')
  await expect(toolbar(page)).toHaveCount(0)
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await expect(toolbar(page)).toBeVisible()
  await page.keyboard.press('Control+b')
  await expect(toolbar(page).getByRole('button', { name: 'Bold' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Alt+F10')
  await expect(toolbar(page).getByRole('button', { name: 'Text style: Paragraph' })).toBeFocused()
  await goOn(page, 'ArrowRight')
  await goOn(page, 'ArrowRight')
  await page.keyboard.press('Enter')
  await expect(body(page).locator('em')).toHaveText('format')
  await page.keyboard.press('Escape')
  await expect(body(page)).toBeFocused()
  await toolbar(page).getByRole('button', { name: 'Text style: Paragraph' }).click()
  await page.getByRole('menuitemradio', { name: 'Heading 2' }).click()
  await expectLines(page, ['h2 Some words to format'])
  await expect(body(page)).toBeFocused()
  await screenshot(page, 'formatting')
})

test('a link is given, followed with Ctrl and taken away', async ({ start }) => {
  const { electron, page } = await start()
  await electron.evaluate(({ shell, dialog }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (address) => {
      opened.push(address)
    }
    // Before a link is opened for the first time, the person is asked.
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
  })
  await empty(page)
  await page.keyboard.type('See here')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await toolbar(page).getByRole('button', { name: 'Link' }).click()
  const address = toolbar(page).getByRole('textbox', { name: 'Link address' })
  await address.fill('javascript:alert(1)')
  await page.keyboard.press('Enter')
  await expect(address).toHaveAttribute('aria-invalid', 'true')
  await address.fill('example.org/x')
  await page.keyboard.press('Enter')
  const link = body(page).getByRole('link', { name: 'here' })
  await expect(link).toHaveAttribute('href', 'https://example.org/x')
  await link.click({ modifiers: ['Control'] })
  await expect
    .poll(() => electron.evaluate(() => (globalThis as { opened?: string[] }).opened))
    .toEqual(['https://example.org/x'])
  await link.dblclick()
  await toolbar(page).getByRole('button', { name: 'Link' }).click()
  await toolbar(page).getByRole('button', { name: 'Remove link' }).click()
  await expect(link).toHaveCount(0)
  await expectLines(page, ['paragraph See here'])
})

test('title and text are there again after a restart', async ({ start }) => {
  const first = await start()
  await empty(first.page)
  await first.page.keyboard.type('# Chapter\nWords with *weight*.')
  await title(first.page).fill('The book')
  await saved(first.page)
  await first.kill()
  const { page } = await start()
  await expect(title(page)).toHaveValue('The book')
  await expectLines(page, ['h1 Chapter', 'paragraph Words with weight.'])
  await expect(body(page).locator('em')).toHaveText('weight')
})

test('pasted pages bring words and nothing that is fetched or run', async ({ start }) => {
  const { page } = await start()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await empty(page)
  await paste(
    page,
    '<p onclick="document.title=1">Safe <img src="https://example.org/spy.png" onerror="document.title=2"></p>' +
      '<style>@import "https://example.org/a.css"</style><ul><li>a<ul><li>b</li></ul></li></ul>' +
      '<p style="background:url(https://example.org/c.png)"><b>bold</b></p>',
  )
  // The picture is a link to where it is.
  await expectLines(page, ['paragraph Safe picture', 'bullet a', 'bullet:1 b', 'paragraph bold'])
  expect(requests.filter((url) => url.includes('example.org'))).toEqual([])
})

test('what was copied is pasted as it was', async ({ start }) => {
  const { page } = await start()
  await empty(page)
  await page.keyboard.type('## Head\n- a\n')
  await page.keyboard.press('Tab')
  await page.keyboard.type('b\n\n\nlast **bold** line')
  const before = await lines(page)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await empty(page)
  await page.keyboard.press('Control+v')
  await expectLines(page, before)
  await expect(body(page).locator('strong')).toHaveText('bold')
})

test('WRITE-5: a document of a newer version is shown, can be written in, and keeps what this one does not know', async ({
  start,
  profile,
}) => {
  const file = path.join(profile.library, 'newer.sheaf')
  await copyFile(path.join(FIXTURES, 'newer.sheaf'), file)
  const before = await contentOf(file)
  const { page } = await start()
  await page.getByRole('button', { name: /From a newer Sheaf/ }).click()
  await expect(title(page)).toHaveValue('From a newer Sheaf')
  await expect(body(page).getByRole('group', { name: 'Made with a newer Sheaf' })).toContainText('Mind the ice')
  await screenshot(page, 'newer-content')
  await body(page).getByText('about the').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Twice.')
  await body(page).getByText('Chapter one').click()
  await page.keyboard.press('End')
  await page.keyboard.type('!')
  await saved(page)
  const expected = JSON.parse(
    JSON.stringify(before).replace('Chapter one', 'Chapter one!').replace(' books.', ' books. Twice.'),
  )
  await expect.poll(async () => contentOf(await onlyFile(profile.library))).toEqual(expected)
})

async function onlyFile(folder: string): Promise<string> {
  const [file] = (await readdir(folder)).filter((name) => /newer/i.test(name))
  return path.join(folder, file ?? '')
}

/** The numbers before numbered items as screen readers hear them, in the order of the page. */
async function numbers(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const parts = new Map(nodes.map((node) => [node.nodeId, node]))
  const textbox = nodes.find((node) => node.role?.value === 'textbox' && node.name?.value === 'Document body')
  const walk = (id: string): string[] => {
    const node = parts.get(id)
    const own = node?.role?.value === 'StaticText' ? [String(node.name?.value)] : []
    return [...own, ...(node?.childIds ?? []).flatMap(walk)]
  }
  return walk(textbox?.nodeId ?? '').filter((text) => /^\d+\.?$/.test(text))
}

/** Pastes as the clipboard of another program would. */
async function paste(page: Page, html: string): Promise<void> {
  await body(page).evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', text)
    clipboardData.setData('text/plain', 'as text')
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, html)
}
