/** The menu on the page, by pointer and by keyboard: words, links, mentions, pictures, tables, blocks, the clipboard. */
import type { Page } from '@playwright/test'
import { call } from './support/bridge.ts'
import { graveFindings, OF_WINDOWS } from './support/axe.ts'
import { expect, type RunningApp, screenshot, test } from './support/app.ts'
import { body, documentList, saved, write } from './support/page.ts'
import { misspelled } from './support/spelling.ts'

const menu = (page: Page) => page.getByRole('menu', { name: 'What can be done here' })
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name })

async function rightClick(page: Page, words: string): Promise<void> {
  const box = await page.evaluate((text) => {
    const walker = document.createTreeWalker(document.querySelector('.prose') ?? document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(text) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + text.length)
      const { left, top, width, height } = range.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    }
    return null
  }, words)
  if (box === null) throw new Error(`The page does not say ${words}`)
  await page.mouse.click(box.x, box.y, { button: 'right' })
  await expect(menu(page)).toBeVisible()
}

function clipboardText({ electron }: RunningApp): Promise<string> {
  return electron.evaluate((shell) => shell.clipboard.readText())
}

async function chosen(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(command)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Presses the arrow down until an item that begins with these words has the keyboard. */
async function downTo(page: Page, words: string): Promise<void> {
  await expect(item(page, new RegExp(`^${words}`))).toBeVisible()
  await expect(async () => {
    const held = await page.evaluate(() => document.activeElement?.textContent ?? '')
    if (!held.startsWith(words)) await page.keyboard.press('ArrowDown')
    expect(held.startsWith(words)).toBe(true)
  }).toPass({ intervals: [100] })
}

test('MENU-1: a misspelled word is put right from the menu in one step of undo, and keeps its formatting', async ({
  start,
}) => {
  const { page } = await start()
  await write(page, 'Tea', 'By ')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('teh')
  await page.keyboard.press('Control+b')
  await page.keyboard.type(' river.')
  await expect.poll(() => misspelled(page)).toEqual(['teh'])
  await rightClick(page, 'teh')
  await expect(item(page, 'Replace with the')).toBeVisible()
  await screenshot(page, 'spelling-menu')
  expect(await graveFindings(page, { without: OF_WINDOWS })).toEqual([])
  await item(page, 'Replace with the').click()
  await expect(body(page).locator('strong')).toHaveText('the')
  await expect(body(page)).toHaveText('By the river.')
  await expect.poll(() => misspelled(page)).toEqual([])
  await page.keyboard.press('Control+z')
  await expect(body(page)).toHaveText('By teh river.')
  await expect(body(page).locator('strong')).toHaveText('teh')
  await expect.poll(() => misspelled(page)).toEqual(['teh'])
  // By keyboard whole: to the word, the menu, the first suggestion.
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F7')
  await page.keyboard.press('Shift+F10')
  await expect(menu(page)).toBeVisible()
  await expect(item(page, 'Replace with the')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(body(page)).toHaveText('By the river.')
  await expect(body(page)).toBeFocused()
  await saved(page)
})

test('MENU-2: the menu key and Shift+F10 open it at the caret, and Escape gives the keyboard back', async ({
  start,
}) => {
  const { page } = await start()
  await write(page, 'Tea', 'By the river.')
  for (const key of ['ContextMenu', 'Shift+F10']) {
    await page.keyboard.press(key)
    await expect(menu(page)).toBeVisible()
    const box = await menu(page).boundingBox()
    const caret = await page.evaluate(() => getSelection()?.getRangeAt(0).getBoundingClientRect().left ?? 0)
    expect(Math.abs((box?.x ?? 0) - caret)).toBeLessThan(20)
    await page.keyboard.press('Escape')
    await expect(menu(page)).toHaveCount(0)
    await expect(body(page)).toBeFocused()
  }
  await page.keyboard.type(' Tea.')
  await expect(body(page)).toHaveText('By the river. Tea.')
})

test('SAFE-16: the page is given the clipboard only after a key or a click', async ({ start }) => {
  const app = await start()
  const { page } = app
  await write(page, 'Mine', 'My words.')
  await saved(page)
  await app.electron.evaluate((shell) => shell.clipboard.writeText('a secret'))
  const paste = () => call(page, 'window.edit', 'paste')
  await page.waitForTimeout(2500)
  expect(await paste()).toMatchObject({ ok: false, error: { kind: 'no-permission' } })
  await expect(body(page)).not.toContainText('secret')
  await page.keyboard.press('End')
  expect(await paste()).toMatchObject({ ok: true })
  await expect(body(page)).toContainText('a secret')
})

test('MENU-3: it cuts, copies, pastes, and pastes as plain text, what is selected', async ({ start }) => {
  const app = await start()
  const { page } = app
  await write(page, 'Tea', 'By the river.')
  await rightClick(page, 'river')
  await expect(item(page, /^Cut/)).toHaveAttribute('aria-disabled', 'true')
  await item(page, /^Select all/).click()
  await rightClick(page, 'river')
  await item(page, /^Copy/).click()
  await expect.poll(() => clipboardText(app)).toBe('By the river.')
  await expect(body(page)).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await item(page, /^Cut/).click()
  await expect(body(page)).toHaveText('')
  await page.keyboard.press('Shift+F10')
  await item(page, /^Paste Ctrl/).click()
  await expect(body(page)).toHaveText('By the river.')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Shift+F10')
  await item(page, /^Cut/).click()
  await expect(body(page)).toHaveText('')
  await page.keyboard.press('Shift+F10')
  await item(page, /^Paste as plain text/).click()
  await expect(body(page)).toHaveText('By the river.')
  await expect(body(page).locator('strong')).toHaveCount(0)
})

test('MENU-4: links, mentions, tables and pictures each have what can be done with them in it', async ({ start }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await write(page, 'The river', 'Water.')
  await write(page, 'Tea', 'See https://example.org and ')
  await page.keyboard.type('[[The ri')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await rightClick(page, 'example.org')
  for (const name of ['Open link', 'Copy link address', 'Add or change a link', 'Remove link'])
    await expect(item(page, name)).toBeVisible()
  await screenshot(page, 'link-menu')
  await item(page, 'Copy link address').click()
  await expect.poll(() => clipboardText(app)).toContain('https://example.org')
  await rightClick(page, 'example.org')
  await item(page, 'Remove link').click()
  await expect(body(page).locator('a.link')).toHaveCount(0)
  await body(page).locator('.mention').click({ button: 'right' })
  await expect(item(page, /^Open linked document in new window/)).toBeVisible()
  await item(page, /^Open link/)
    .first()
    .click()
  await expect(body(page)).toHaveText('Water.')

  // By its name: rows change places as documents are published, and may do so under a pointer.
  await page.keyboard.press('Control+Shift+p')
  await page.keyboard.type('Tea')
  await page.keyboard.press('Enter')
  await expect(body(page)).toContainText('See')
  await body(page).click()
  await page.keyboard.press('Control+End')
  await chosen(page, 'Table')
  await page.keyboard.type('year')
  await rightClick(page, 'year')
  await downTo(page, 'Table')
  await page.keyboard.press('ArrowRight')
  await expect(item(page, 'Delete column')).toBeVisible()
  await screenshot(page, 'table-submenu')
  await downTo(page, 'Delete column')
  await page.keyboard.press('Enter')
  await expect(body(page).locator('tr').first().locator('td, th')).toHaveCount(2)
  await saved(page)
})

test('MENU-5: a block is turned into another, moved and deleted from it, by keyboard alone', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Tea', 'By the river.')
  await page.keyboard.press('Shift+F10')
  await downTo(page, 'Turn into')
  await page.keyboard.press('ArrowRight')
  await downTo(page, 'Heading 2')
  await page.keyboard.press('Enter')
  await expect(body(page).getByRole('heading', { level: 3 })).toHaveText('By the river.')
  await page.keyboard.press('Shift+F10')
  await downTo(page, 'Block')
  await page.keyboard.press('ArrowRight')
  await downTo(page, 'Delete')
  await page.keyboard.press('Enter')
  await expect(body(page)).toHaveText('')
  await page.keyboard.press('Control+z')
  await expect(body(page)).toHaveText('By the river.')
  await saved(page)
})

test('MENU-7: a row of the library has a menu by the menu key and Shift+F10', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Tea', 'By the river.')
  const row = documentList(page).getByRole('button', { name: /^Tea/ })
  await row.focus()
  await page.keyboard.press('Shift+F10')
  for (const name of [/^Open Enter/, /^Rename/, /^Reveal/, /^Move to trash/])
    await expect(item(page, name)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
})
