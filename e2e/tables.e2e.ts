/** Tables, as a person makes and fills them. */
import type { Locator, Page } from '@playwright/test'
import { graveFindings } from './support/axe.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, chooseTheme, saved, title, write } from './support/page.ts'

const table = (page: Page): Locator => body(page).getByRole('table')
const cells = (page: Page): Promise<string[][]> =>
  table(page)
    .locator('tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim())))

/** A new document with a table in it, made by the `/` menu. */
async function begin(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
  await write(page, 'The frost books', 'Readings of the first winter, in metres.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/table')
  await page.keyboard.press('Enter')
  await expect(table(page)).toBeVisible()
}

async function fill(page: Page, words: readonly string[]): Promise<void> {
  for (const [index, word] of words.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.type(word)
  }
}

const READINGS = ['Day', 'Reader', 'Height', '3 March', 'A. Fenn', '1.42', '4 March', 'A. Fenn, with a lamp', '1.57']

test('TABLE-2: a table is made, filled and left by keyboard alone, and arrows go from cell to cell', async ({
  start,
}) => {
  const { page } = await start()
  await begin(page)
  await fill(page, READINGS)
  await expect(page.getByRole('columnheader')).toHaveText(['Day', 'Reader', 'Height'])
  await page.keyboard.press('ArrowUp')
  await page.keyboard.type('!')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('>')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('<')
  expect(await cells(page)).toEqual([
    ['Day', 'Reader', 'Height'],
    ['3 March', 'A. Fenn', '1.42!<'],
    ['>4 March', 'A. Fenn, with a lamp', '1.57'],
  ])
  // From what find selected, too, an arrow goes into the cell.
  await page.keyboard.press('Control+f')
  await page.keyboard.type('Reader')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('s')
  await expect(page.getByRole('columnheader')).toHaveText(['Day', 'Readers', 'Height'])
  for (let row = 0; row < 3; row++) await page.keyboard.press('ArrowDown')
  await page.keyboard.type('below')
  await expect(body(page).locator('p').last()).toHaveText('below')
  await saved(page)
})

test('TABLE-11: the table’s menu is opened by its button and by its shortcut, and its commands keep the caret', async ({
  start,
}) => {
  const { page } = await start()
  await begin(page)
  await fill(page, READINGS)
  await page.keyboard.press('Control+Alt+t')
  await expect(page.getByRole('menu', { name: 'Table' })).toBeVisible()
  await screenshot(page, 'table-menu')
  await page.getByRole('menuitem', { name: 'Align column at the end' }).click()
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Insert row below' }).click()
  await expect(table(page).locator('tr')).toHaveCount(4)
  await page.keyboard.type('1.61')
  await expect(table(page).locator('tr').last().locator('td').last()).toHaveText('1.61')
  await saved(page)
  await chooseTheme(page, 'Light')
  await body(page).getByText('1.61').click()
  await screenshot(page, 'table-light')
  await chooseTheme(page, 'Dark')
  await body(page).getByText('1.61').click()
  await screenshot(page, 'table-dark')
})

test('TABLE-12: dragging and Shift with arrows select cells, which are copied, pasted and emptied', async ({
  start,
}) => {
  const { page } = await start()
  await begin(page)
  await fill(page, READINGS)
  await table(page).getByText('3 March').hover()
  await page.mouse.down()
  await table(page).getByText('A. Fenn, with a lamp').hover()
  await page.mouse.up()
  await expect(body(page).locator('.cell--selected')).toHaveCount(4)
  await screenshot(page, 'table-selected')
  expect(await graveFindings(page, { part: '.prose' })).toEqual([])
  await page.keyboard.press('Control+c')
  await table(page).getByText('Height').click()
  await page.keyboard.press('Control+v')
  expect(await cells(page)).toEqual([
    ['Day', 'Reader', '3 March', 'A. Fenn'],
    ['3 March', 'A. Fenn', '4 March', 'A. Fenn, with a lamp'],
    ['4 March', 'A. Fenn, with a lamp', '1.57', ''],
  ])
  await screenshot(page, 'table-pasted')
  await page.keyboard.press('Control+z')
  await table(page).getByText('1.57').click()
  await page.keyboard.press('Shift+ArrowUp')
  await page.keyboard.press('Shift+ArrowUp')
  await expect(body(page).locator('.cell--selected')).toHaveCount(3)
  await page.keyboard.press('Delete')
  expect((await cells(page)).map((row) => row[2])).toEqual(['', '', ''])
  await saved(page)
})

test('TABLE-13: the width of a column is dragged at its border and changed by keys, and outlives closing', async ({
  start,
}) => {
  const { page } = await start()
  await begin(page)
  await fill(page, READINGS)
  const first = table(page).locator('td').first()
  const before = await first.boundingBox()
  if (before === null) throw new Error('the cell is not to be seen')
  await page.mouse.move(before.x + before.width - 1, before.y + 10)
  await page.mouse.down()
  await page.mouse.move(before.x + before.width + 59, before.y + 10, { steps: 4 })
  await page.mouse.up()
  const width = async () => Math.round((await first.boundingBox())?.width ?? 0)
  const wider = await width()
  expect(Math.abs(wider - before.width - 60)).toBeLessThanOrEqual(2)
  await first.click()
  await page.keyboard.press('Alt+Shift+ArrowLeft')
  const narrower = await width()
  expect(wider - narrower).toBe(24)
  await saved(page)
  await page.reload()
  await expect(title(page)).toHaveValue('The frost books')
  await expect.poll(width).toBe(narrower)
  await page.setViewportSize({ width: 640, height: 700 }).catch(() => undefined)
  await screenshot(page, 'table-sized')
})
