/** Find and replace in the real window: real keys, real layout, and a worker for expressions. */
import type { Page } from '@playwright/test'
import { expect, screenshot, test } from './support/app.ts'
import { body, saved, write } from './support/page.ts'

const bar = (page: Page) => page.getByRole('search', { name: 'Find' })
const field = (page: Page) => bar(page).getByRole('textbox', { name: 'Find on this page' })
const status = (page: Page) => bar(page).getByRole('status')

/** The words the keyboard would replace. */
const selectedWords = (page: Page) => page.evaluate(() => String(getSelection()))

test('finds, goes round and comes back to the page at the match', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Readings', 'The gauge, the Gauge and the GAUGE at the bridge.')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+f')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('gauge')
  await expect(status(page)).toHaveText('1 of 3')
  await expect(body(page).locator('.found')).toHaveCount(3)
  await page.keyboard.press('Enter')
  await page.keyboard.press('F3')
  await expect(status(page)).toHaveText('3 of 3')
  await page.keyboard.press('Control+g')
  await expect(status(page)).toHaveText('1 of 3 · Found from the beginning')
  await page.keyboard.press('Shift+Enter')
  await expect(status(page)).toHaveText('3 of 3 · Found from the end')
  await page.keyboard.press('Alt+c')
  await expect(bar(page).getByRole('button', { name: 'Match case' })).toHaveAttribute('aria-pressed', 'true')
  await expect(status(page)).toHaveText('1 of 1')
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(body(page)).toBeFocused()
  expect(await selectedWords(page)).toBe('gauge')
  await page.keyboard.press('Control+f')
  await expect(field(page)).toHaveValue('gauge')
})

test('FIND-9: replaces all, and one undo brings everything back', async ({ start }) => {
  const { page } = await start()
  const text = 'One colour, another colour, no colours.'
  await write(page, 'Colours', text)
  await page.keyboard.press('Control+h')
  await page.keyboard.type('colour')
  await page.keyboard.press('Alt+w')
  await bar(page).getByRole('textbox', { name: 'Replace with' }).fill('color')
  await screenshot(page, 'find-replace')
  await bar(page).getByRole('button', { name: 'Replace all' }).click()
  await expect(status(page)).toHaveText('2 matches replaced')
  await expect(body(page)).toHaveText('One color, another color, no colours.')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(body(page)).toHaveText(text)
  await saved(page)
})

test('FIND-7: an expression that never ends is stopped, and one can go on typing meanwhile', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Traps', `${'a'.repeat(40)}b and a line`)
  await page.keyboard.press('Control+f')
  await bar(page).getByRole('button', { name: 'Regular expression' }).click()
  await field(page).fill('(a+)+$')
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' more')
  await expect(body(page)).toContainText('line more')
  await expect(status(page)).toHaveText('This expression takes too long on this text')
  await field(page).fill('(')
  await expect(status(page)).toHaveText('Not a valid expression: Unterminated group')
  await field(page).fill('l\\w+e')
  await expect(status(page)).toHaveText('1 of 1')
  await expect(body(page).locator('.found')).toHaveText('line')
})

test('draws only what can be seen of a hundred thousand matches, and finds the last one', async ({ start }) => {
  test.setTimeout(120_000)
  const { page } = await start()
  await write(page, 'Long', 'x')
  const words = 'every reader of the gauge leaves a letter here and there; '.repeat(14)
  // One paste, as a person would bring in a novel.
  await body(page).evaluate(
    (element, html) => {
      const data = new DataTransfer()
      data.setData('text/html', html)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    Array.from({ length: 600 }, (_, index) => `<p>${index} ${words}</p>`).join(''),
  )
  await expect(body(page)).toContainText('599 every')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('e')
  await expect(status(page)).toHaveText(/^1 of 1\d\d,\d{3}$/)
  expect(await body(page).locator('.found').count()).toBeLessThan(20_000)
  await page.keyboard.press('Shift+Enter')
  await expect(status(page)).toContainText('Found from the end')
  await expect(body(page).locator('.found--current')).toBeInViewport()
  await saved(page)
})
