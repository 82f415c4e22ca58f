/** Blocks and formatting on the page, as people see and move them. */
import type { Page } from '@playwright/test'
import { graveFindings, OF_PAGES } from './support/axe.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, goOn, newDocument, saved, title } from './support/page.ts'

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function theme(page: Page, name: 'light' | 'dark'): Promise<void> {
  await command(page, `Theme: ${name}`)
  await expect(page.locator('html')).toHaveAttribute('data-theme', name)
}

async function lines(page: Page, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
}

async function begin(page: Page, heading: string): Promise<void> {
  await newDocument(page).click()
  await expect(body(page)).toHaveText('')
  await title(page).fill(heading)
  await body(page).click()
}

test('BLOCK-2: callouts of one tone in a row are one box with one name; every kind and mark has its look', async ({
  start,
}) => {
  const { page } = await start()
  await begin(page, 'The gauge at Alder Bridge')
  await lines(page, '# The first book', '## What a reading is', '### By lamp', '#### In frost', '##### In flood')
  await lines(
    page,
    '###### Under ice',
    'A reading looks like a ==fact==, but it is **closer** to a *decision*, `4 ft 2`.',
  )
  await command(page, 'Callout: tip')
  await lines(page, 'Bring the second book.', 'Begin with the lamp, not the river.', '')
  await command(page, 'Callout: warning')
  await lines(page, 'The ice is not as thick as it looks.', '')
  for (const tone of ['note', 'important', 'caution']) {
    await command(page, `Callout: ${tone}`)
    await lines(page, `Edith Marsh wrote this in 1953, and it is ${tone}.`, '')
  }
  await lines(page, '> Four foot two, or say four foot three.', 'Wind from the east.', '')
  await command(page, 'Align centred')
  await lines(page, 'Set in the middle')
  await command(page, 'Align to the end')
  await lines(page, 'Set at the end')
  await command(page, 'Align to the start')
  await lines(page, 'هذه فقرة تبدأ من اليمين', '- עברית ברשימה', '')
  await page.keyboard.type('H')
  await page.keyboard.press('Control+Shift+.')
  await page.keyboard.type('2')
  await page.keyboard.press('Control+Shift+.')
  await page.keyboard.type('O and x')
  await page.keyboard.press('Control+.')
  await page.keyboard.type('2')
  await page.keyboard.press('Control+.')
  await page.keyboard.type(' and ')
  await page.keyboard.press('Control+u')
  await page.keyboard.type('underlined')
  const boxes = body(page).locator('[data-kind="callout"]')
  await expect(boxes).toHaveCount(6)
  const names = await boxes.evaluateAll((all) =>
    all.map((box) => {
      const { content, display } = getComputedStyle(box, '::before')
      return display === 'none' ? '' : content
    }),
  )
  expect(names).toEqual(['"Tip"', '', '"Warning"', '"Note"', '"Important"', '"Caution"'])
  await expect(body(page).locator('sub')).toHaveText('2')
  await saved(page)
  for (const each of ['light', 'dark'] as const) {
    await theme(page, each)
    await body(page).locator('[data-kind="h1"]').scrollIntoViewIfNeeded()
    await screenshot(page, `blocks-top-${each}`)
    await body(page).locator('sub').scrollIntoViewIfNeeded()
    await screenshot(page, `blocks-${each}`)
  }
})

test('BLOCK-15: the handle beside a block drags it, and opens its menu by pointer and by keyboard', async ({
  start,
}) => {
  const { page } = await start()
  await begin(page, 'Order')
  await lines(page, 'first', 'second', 'third')
  await page.keyboard.type('fourth')
  const blocks = body(page).locator('.block')
  const handle = page.getByRole('button', { name: 'Block actions' })

  const middleOf = async (index: number) => {
    const box = await blocks.nth(index).boundingBox()
    if (box === null) throw new Error('the block is not drawn')
    return { x: box.x + 20, y: box.y + box.height / 2, bottom: box.y + box.height }
  }
  const first = await middleOf(0)
  await page.mouse.move(first.x, first.y)
  await expect(handle).toBeVisible()
  const grip = await handle.boundingBox()
  if (grip === null) throw new Error('the handle is not drawn')
  await page.mouse.move(grip.x + 8, grip.y + 10)
  await page.mouse.down()
  const third = await middleOf(2)
  await page.mouse.move(grip.x + 8, third.y, { steps: 4 })
  await page.mouse.move(grip.x + 8, third.bottom - 2)
  await expect(page.locator('.drop-line')).toBeVisible()
  await screenshot(page, 'blocks-drag')
  await page.mouse.up()
  await expect(blocks).toHaveText(['second', 'third', 'first', 'fourth'])
  await page.keyboard.press('Control+z')
  await expect(blocks).toHaveText(['first', 'second', 'third', 'fourth'])

  const second = await middleOf(1)
  await page.mouse.move(second.x, second.y)
  await handle.click()
  await expect(page.getByRole('menu', { name: 'Block actions' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Turn into' }).hover()
  await screenshot(page, 'blocks-menu')
  await page.getByRole('menuitem', { name: 'Quotation' }).click()
  await expect(blocks.nth(1)).toHaveAttribute('data-kind', 'quote')
  await expect(body(page)).toBeFocused()

  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Shift+b')
  const menu = page.getByRole('menu', { name: 'Block actions' })
  await expect(menu.locator(':focus').or(menu.and(page.locator(':focus')))).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('d')
  await expect(menu.getByRole('menuitem', { name: 'Duplicate' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(blocks).toHaveText(['first', 'second', 'third', 'fourth', 'fourth'])
  await page.keyboard.type('!')
  await expect(blocks.last()).toHaveText('fourth!')
  await saved(page)
})

test('BLOCK-21: code is coloured in the language chosen on the block', async ({ start }) => {
  const { page } = await start()
  await begin(page, 'Sources')
  await page.keyboard.type('```')
  await lines(page, 'def level(book: str) -> float:', '\t# the middle of the swell', 'return 4.2 if book else None')
  const code = body(page).locator('[data-kind="code"]')
  const picker = page.getByRole('combobox', { name: 'Language of the code' })
  await command(page, 'Language of the code')
  await expect(picker).toBeFocused()
  await picker.selectOption({ label: 'Python' })
  await expect(body(page)).toBeFocused()
  await expect(code.locator('.hljs-keyword').first()).toHaveText('def')
  await page.keyboard.type('print("é")')
  await expect(code.locator('.hljs-string')).toHaveText('"é"')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('after')
  await expect(body(page).locator('.block').last()).toHaveText('after')
  await saved(page)
  await expect(code).toHaveText(/^def level/)
  for (const each of ['light', 'dark'] as const) {
    await theme(page, each)
    await screenshot(page, `blocks-code-${each}`)
    await code.hover()
    await expect(page.getByRole('button', { name: 'Block actions' })).toBeVisible()
    expect(await graveFindings(page, { without: OF_PAGES })).toEqual([])
  }
})

test('BLOCK-31: the toolbar shows the state of every mark and is reached by keyboard', async ({ start }) => {
  const { page } = await start()
  await begin(page, 'A reading')
  await page.keyboard.type('It is closer to a decision')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  const toolbar = page.getByRole('toolbar', { name: 'Formatting' })
  await expect(toolbar).toBeVisible()
  for (const [keys, name] of [
    ['Control+u', 'Underline'],
    ['Control+i', 'Italic'],
    ['Control+Shift+x', 'Strikethrough'],
  ] as const) {
    await expect(toolbar.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'false')
    await page.keyboard.press(keys)
    await expect(toolbar.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true')
  }
  await page.keyboard.press('Alt+F10')
  await expect(toolbar.getByRole('button').first()).toBeFocused()
  for (let step = 0; step < 6; step++) await goOn(page, 'ArrowRight')
  await expect(toolbar.getByRole('button', { name: 'Highlight' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu', { name: 'Highlight' })).toBeVisible()
  await page.keyboard.press('g')
  await screenshot(page, 'blocks-toolbar-highlight')
  await page.keyboard.press('Enter')
  await expect(body(page).locator('mark')).toHaveAttribute('data-color', 'green')
  await expect(body(page)).toBeFocused()
  await toolbar.getByRole('button', { name: 'Highlight' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'green' })).toBeChecked()
  await page.keyboard.press('Escape')
  await toolbar.getByRole('button', { name: 'More formatting' }).click()
  await expect(page.getByRole('menu', { name: 'More formatting' })).toBeVisible()
  await screenshot(page, 'blocks-toolbar-more')
  await page.getByRole('menuitem', { name: 'Clear formatting' }).click()
  await expect(body(page).locator('mark, u, em, s')).toHaveCount(0)
  await expect(body(page)).toHaveText('It is closer to a decision')
  await saved(page)
})

test('BLOCK-31: a menu opened while another one closes stays open', async ({ start }) => {
  const { page } = await start()
  await begin(page, 'A reading')
  await page.keyboard.type('It is closer to a decision')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  const toolbar = page.getByRole('toolbar', { name: 'Formatting' })
  await toolbar.getByRole('button', { name: 'Highlight' }).click()
  const highlight = page.getByRole('menu', { name: 'Highlight' })
  await expect(highlight).toBeVisible()
  // In one turn of the loop, as a quick hand on a slow computer does.
  await highlight.evaluate((menu) => {
    menu.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    const more = document.querySelector('[aria-label="More formatting"]')
    more?.dispatchEvent(new PointerEvent('pointerdown', { button: 0, bubbles: true }))
  })
  await expect(highlight).toBeHidden()
  await page.getByRole('menuitem', { name: 'Clear formatting' }).click()
  await expect(body(page)).toBeFocused()
})

test('BLOCK-51: a composition goes on while others write in the same block, and undo leaves their words', async ({
  start,
}) => {
  const { electron, page } = await start()
  await begin(page, 'Together')
  await page.keyboard.type('Alice writes here.')
  await saved(page)
  const opening = electron.waitForEvent('window')
  await page.evaluate(async () => {
    const { sheaf } = window as unknown as { sheaf: { call(name: string, id?: string): Promise<{ value: unknown }> } }
    const { value } = await sheaf.call('window.start')
    await sheaf.call('window.open', (value as { documentId: string }).documentId)
  })
  const bob = await opening
  await expect(body(bob)).toHaveText('Alice writes here.')

  await body(page).click()
  await page.keyboard.press('Control+End')
  const ime = await page.context().newCDPSession(page)
  const compose = (text: string) =>
    ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await compose('k')
  await body(bob).click()
  await bob.keyboard.press('Control+Home')
  await bob.keyboard.type('Bob: ')
  await saved(bob)
  await compose('か')
  await compose('かん')
  await bob.keyboard.press('Control+End')
  await bob.keyboard.type(' Done.')
  await saved(bob)
  await compose('かんじ')
  await ime.send('Input.insertText', { text: '漢字' })
  await expect(body(page)).toHaveText(/^Bob: Alice writes here\..*漢字/)
  await expect(body(page)).toHaveText(/ Done\./)
  await page.keyboard.type('!')
  await expect(body(page)).toHaveText(/漢字!/)
  await expect(body(bob)).toHaveText(/漢字!/)
  await saved(page)
  expect(await body(page).textContent()).toBe(await body(bob).textContent())

  await page.keyboard.press('Control+z')
  await expect(body(page)).not.toHaveText(/漢字!/)
  await page.keyboard.type('*')
  await saved(page)
  await expect(body(page)).toHaveText(/^Bob: Alice writes here\./)
  await expect(body(page)).toHaveText(/ Done\./)
  await expect(body(page)).toHaveText(/\*/)
  await expect.poll(() => body(bob).textContent()).toBe(await body(page).textContent())
})

test('BLOCK-5: a numbered list begins anew where one says so', async ({ start }) => {
  const { page } = await start()
  await begin(page, 'Counted')
  await lines(page, '1. one', 'two')
  await page.keyboard.type('again one')
  await command(page, 'Restart or continue numbering')
  await expect(body(page).locator('.block').nth(2)).toHaveCSS('counter-set', /l0 1( |$)/)
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('again two')
  await screenshot(page, 'blocks-numbers')
  await saved(page)
})
