/** Links and mentions of documents, as a person makes, follows and keeps them. */
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, screenshot, test } from './support/app.ts'
import { body, bodyText, documentList, library, saved, title, write } from './support/page.ts'

const card = (page: Page): Locator => page.locator('.page-card')
const mention = (page: Page, name: string): Locator => body(page).getByRole('link', { name, exact: true })
const documents = (page: Page): Locator => page.getByRole('listbox', { name: 'Documents' })

async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
}

async function theme(page: Page, name: 'Light' | 'Dark'): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('radio', { name, exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** What axe-core finds grave in a part of the window. */
async function grave(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include(part).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Two documents, the second one open, with a mention of the first behind its words. */
async function begin(page: Page): Promise<void> {
  await ready(page)
  await write(page, 'The frost books', 'Readings of the first winter, in metres, by A. Fenn with a lamp.')
  await write(page, 'Alder Bridge', 'What we know of the gauge stands in ')
  await page.keyboard.type('[[fro')
  await expect(documents(page).getByRole('option').first()).toContainText('The frost books')
  await page.keyboard.press('Enter')
  await page.keyboard.type(' and nowhere else.')
  await saved(page)
}

test('LINK-6: an address becomes a link while one types; its card shows where it leads, by caret, pointer and keyboard', async ({
  start,
}) => {
  const { page } = await start()
  await ready(page)
  await write(page, 'Sources', 'The tables stand at https://example.org/frost?year=1881#march, all of them, ')
  const link = body(page).locator('a.link')
  await expect(link).toHaveText('https://example.org/frost?year=1881#march')
  await expect(card(page)).toHaveCount(0)
  for (let key = 0; key < 24; key++) await page.keyboard.press('ArrowLeft')
  await expect(card(page)).toBeVisible()
  await expect(card(page)).toContainText('example.org')
  await expect(page.getByRole('toolbar', { name: 'Link to example.org' })).toBeVisible()
  await theme(page, 'Light')
  await page.keyboard.press('ArrowLeft')
  await expect(card(page)).toBeVisible()
  await screenshot(page, 'link-card-light')
  expect(await grave(page, '.page')).toEqual([])

  await page.keyboard.press('Escape')
  await expect(card(page)).toHaveCount(0)
  await page.keyboard.press('End')
  await link.hover()
  await expect(card(page)).toBeVisible()
  await title(page).hover()
  await expect(card(page)).toHaveCount(0)

  await page.keyboard.press('Home')
  for (let key = 0; key < 30; key++) await page.keyboard.press('ArrowRight')
  await expect(card(page)).toBeVisible()
  await page.keyboard.press('Alt+F10')
  await expect(card(page).getByRole('button', { name: 'Open' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The address was copied')).toBeVisible()
  await expect(body(page)).toBeFocused()

  await page.keyboard.press('Control+Alt+k')
  const field = page.getByRole('textbox', { name: 'Link address' })
  await expect(field).toHaveValue('https://example.org/frost?year=1881#march')
  await field.fill('https://bank.com@evil.example/')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(card(page)).toContainText('hides a name')
  await expect(card(page).getByRole('button', { name: 'Open' })).toHaveCount(0)
  await theme(page, 'Dark')
  await page.keyboard.press('ArrowLeft')
  await expect(card(page)).toBeVisible()
  await screenshot(page, 'link-card-dark')
  await card(page).getByRole('button', { name: 'Remove link' }).click()
  await expect(link).toHaveCount(0)
  await saved(page)
  expect(await bodyText(page)).toContain('https://example.org/frost?year=1881#march, all of them, ')
})

test('LINK-4: a pasted address links the selected words; Undo takes it back', async ({ start }) => {
  const { page, electron } = await start()
  await ready(page)
  await write(page, 'Sources', 'The tables are printed')
  await electron.evaluate(({ clipboard }) => clipboard.writeText('https://example.org/tables'))
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await page.keyboard.press('Control+v')
  const link = body(page).getByRole('link', { name: 'printed' })
  await expect(link).toHaveAttribute('href', 'https://example.org/tables')
  await page.keyboard.press('Control+z')
  await expect(link).toHaveCount(0)
  expect(await bodyText(page)).toBe('The tables are printed')
})

test('LINK-21: a document is named by a few letters and opened from there, by keyboard alone', async ({ start }) => {
  const { page } = await start()
  await begin(page)
  await expect(mention(page, 'Link to document “The frost books”')).toBeVisible()
  await theme(page, 'Light')
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' See [[')
  await expect(documents(page)).toBeVisible()
  await screenshot(page, 'mention-list-light')
  expect(await grave(page, '.page')).toEqual([])
  await page.keyboard.press('Escape')
  for (let key = 0; key < 7; key++) await page.keyboard.press('Backspace')
  await theme(page, 'Dark')
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' See @fr')
  await expect(documents(page)).toBeVisible()
  await screenshot(page, 'mention-list-dark')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+Home')
  for (let key = 0; key < 37; key++) await page.keyboard.press('ArrowRight')
  await expect(body(page).locator('.mention.ProseMirror-selectednode')).toBeVisible()
  await expect(card(page)).toContainText('Readings of the first winter')
  await screenshot(page, 'mention-card-dark')
  expect(await grave(page, '.page')).toEqual([])
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveValue('The frost books')
  await expect(body(page)).toBeFocused()
})

test('LINK-22: a mention follows its document’s title, into the trash and back, and outlives a sudden end', async ({
  start,
}) => {
  const app = await start()
  const { page } = app
  await begin(page)
  const opened = app.electron.waitForEvent('window')
  await mention(page, 'Link to document “The frost books”').click({ modifiers: ['Control', 'Shift'] })
  const second = await opened
  await ready(second)
  await expect(title(second)).toHaveValue('The frost books')
  await title(second).fill('The winter books')
  await expect(mention(page, 'Link to document “The winter books”')).toBeVisible()
  await expect(documentList(page).getByRole('button', { name: /The winter books/ })).toBeVisible()
  await saved(second)
  await second.close()

  await documentList(page)
    .getByRole('button', { name: /The winter books/ })
    .focus()
  await page.keyboard.press('Delete')
  const trashed = mention(page, 'Link to document “The winter books”, in the trash')
  await expect(trashed).toBeVisible()
  await theme(page, 'Light')
  await trashed.hover()
  await expect(card(page)).toContainText('In the trash')
  await screenshot(page, 'mention-trashed-light')
  expect(await grave(page, '.page')).toEqual([])
  await trashed.click()
  await expect(page.getByText('“The winter books” is in the trash')).toBeVisible()
  await expect(title(page)).toHaveValue('Alder Bridge')
  await app.kill()

  const again = await start()
  await ready(again.page)
  await expect(title(again.page)).toHaveValue('Alder Bridge')
  await mention(again.page, 'Link to document “The winter books”, in the trash').hover()
  await card(again.page).getByRole('button', { name: 'Restore' }).click()
  await mention(again.page, 'Link to document “The winter books”').click()
  await expect(title(again.page)).toHaveValue('The winter books')
})

test('LINK-23: a document that is named before it is there is made, and one undo brings the words back', async ({
  start,
}) => {
  const { page } = await start()
  await ready(page)
  await write(page, 'Plans', 'First ')
  await page.keyboard.type('[[Letters to the county')
  await page.keyboard.press('Enter')
  await expect(mention(page, 'Link to document “Letters to the county”')).toBeVisible()
  await expect(documentList(page).getByRole('button', { name: /Letters to the county/ })).toBeVisible()
  await page.keyboard.type(' then nothing.')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await bodyText(page)).toBe('First [[Letters to the county')
  await page.keyboard.press('Control+Shift+z')
  await saved(page)
  await mention(page, 'Link to document “Letters to the county”').click()
  await expect(title(page)).toHaveValue('Letters to the county')
})

test('LINK-32: the row of the document one writes in follows the words, in a second or so', async ({ start }) => {
  const { page } = await start()
  await ready(page)
  await write(page, 'Plans', 'First ')
  const row = documentList(page).getByRole('button', { name: /Plans/ })
  await expect(row).toContainText('First')
  await page.keyboard.type('the gauge, then the bridge')
  await expect(row).toContainText('First the gauge, then the bridge')
  await screenshot(page, 'library-row-follows')
})

test('LINK-24: a mention copied into another document is the same mention there', async ({ start }) => {
  const { page } = await start()
  await begin(page)
  await body(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await library(page).getByRole('button', { name: 'New document' }).click()
  await expect(body(page)).toHaveText('')
  await body(page).click()
  await page.keyboard.press('Control+v')
  await expect(mention(page, 'Link to document “The frost books”')).toBeVisible()
  await saved(page)
})

test('LINK-6: a long address is shown whole, and its card stays in a narrow window', async ({ start }) => {
  const { page } = await start()
  await ready(page)
  const address = `https://archive.example.org/${'the-frost-books-of-the-first-winter/'.repeat(9)}index.html`
  await write(page, 'Sources', `It all stands at ${address} and is worth a look.`)
  await page.setViewportSize({ width: 560, height: 700 }).catch(() => undefined)
  await body(page).locator('a.link').hover()
  await expect(card(page)).toContainText('archive.example.org')
  await expect(card(page)).toContainText('index.html')
  const box = await card(page).boundingBox()
  const width = await page.evaluate(() => window.innerWidth)
  expect(box?.x ?? -1).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
  expect(await grave(page, '.page')).toEqual([])
  await screenshot(page, 'link-card-narrow')
})

test('LINK-16: the palette and the native menu open the list of documents, and Tab takes from it', async ({
  start,
}) => {
  const { page, electron } = await start()
  await ready(page)
  await write(page, 'Plans', 'First ')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('document link')
  await page.keyboard.press('Enter')
  await expect(documents(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(documents(page)).toHaveCount(0)
  await expect(body(page)).toHaveText('First ')
  await electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('text.mention')?.click())
  await expect(documents(page)).toBeVisible()
  await page.keyboard.type('welcome')
  await page.keyboard.press('Tab')
  await expect(mention(page, 'Link to document “Welcome to Sheaf”')).toBeVisible()
  await saved(page)
})
