/** The library seen from outside: files that come, go, come back, and are found; all of it by keyboard too. */
import { readdir } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { body, documentList, library, newDocument, saved, title, write } from './support/page.ts'
import { openSecondWindow } from './support/second-window.ts'

const row = (page: Page, heading: string) =>
  documentList(page)
    .getByRole('button')
    .filter({ has: page.getByText(heading, { exact: true }) })
const trashButton = (page: Page) => library(page).getByRole('button', { name: /^Trash/ })

test('a new document takes the caret in its title, shows in the list, and is a file', async ({ start, profile }) => {
  const { page } = await start()
  await newDocument(page).click()
  await expect(title(page)).toBeFocused()
  await page.keyboard.type('River notes')
  await expect(row(page, 'River notes')).toHaveAttribute('aria-current', 'page')
  await saved(page)
  await expect.poll(() => readdir(profile.library)).toContain('River notes.sheaf')
})

test('rows open, and show where one is', async ({ start }) => {
  const { page } = await start()
  await write(page, 'First', 'alpha')
  await write(page, 'Second', 'beta')
  await row(page, 'First').click()
  await expect(body(page)).toHaveText('alpha')
  await expect(row(page, 'First')).toHaveAttribute('aria-current', 'page')
  await expect(row(page, 'Second')).not.toHaveAttribute('aria-current', 'page')
})

test('LIB-36: no row moves from under the pointer because a document was saved', async ({ start }) => {
  const { electron, page } = await start()
  await write(page, 'Older', 'alpha')
  await saved(page)
  const second = await openSecondWindow(electron, page)
  await expect(body(second)).toHaveText('alpha')
  await write(page, 'Newer', 'beta')
  await saved(page)
  const rows = documentList(page).getByRole('listitem')
  await expect(rows.first()).toContainText('Newer')
  await row(page, 'Newer').hover()
  await body(second).click()
  await second.keyboard.type('Written elsewhere. ')
  await expect(row(page, 'Older')).toContainText('Written elsewhere')
  await expect(rows.first()).toContainText('Newer')
  await page.mouse.move(700, 300)
  await expect(rows.first()).toContainText('Older')
})

test('LIB-31: F2 renames in the list: the title on the page and the file follow', async ({ start, profile }) => {
  const { page } = await start()
  await write(page, 'Old name', 'text')
  await row(page, 'Old name').focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('New name')
  await page.keyboard.press('Enter')
  await expect(row(page, 'New name')).toBeFocused()
  await expect(title(page)).toHaveValue('New name')
  await expect.poll(() => readdir(profile.library)).toContain('New name.sheaf')
})

test('LIB-30: Delete moves to trash without asking, and Undo brings the document back as it was', async ({
  start,
  profile,
}) => {
  const { page } = await start()
  await write(page, 'Precious', 'every word')
  await row(page, 'Precious').focus()
  await page.keyboard.press('Delete')
  await expect(page.getByText('“Precious” moved to trash')).toBeVisible()
  await expect(row(page, 'Precious')).toHaveCount(0)
  await expect.poll(() => readdir(profile.library)).not.toContain('Precious.sheaf')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(body(page)).toHaveText('every word')
  await expect(row(page, 'Precious')).toHaveAttribute('aria-current', 'page')
  await expect.poll(() => readdir(profile.library)).toContain('Precious.sheaf')
})

test('LIB-32: the trash keeps documents until they are restored', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Draft', 'begin again')
  await row(page, 'Draft').focus()
  await page.keyboard.press('Delete')
  await trashButton(page).click()
  await page.getByRole('button', { name: 'Restore Draft' }).click()
  await expect(page.getByText('Trash is empty')).toBeVisible()
  await trashButton(page).click()
  await row(page, 'Draft').click()
  await expect(body(page)).toHaveText('begin again')
})

test('the search field finds titles and first words while one types', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Frost books', 'The scale is furred with ice')
  await write(page, 'Letters', 'Dear Mr Fenn')
  const search = library(page).getByRole('searchbox', { name: 'Search documents' })
  await search.fill('fenn')
  await expect(documentList(page).getByRole('button')).toHaveCount(1)
  await expect(row(page, 'Letters').locator('mark')).toHaveText('Fenn')
  await search.press('ArrowDown')
  await expect(row(page, 'Letters')).toBeFocused()
  await search.press('Escape')
  await expect(row(page, 'Frost books')).toBeVisible()
})

test('LIB-33: everything is reached by keyboard: list, page, palette and back', async ({ start }) => {
  const { page } = await start()
  await write(page, 'First', 'alpha')
  await write(page, 'Second', 'beta')
  await expect(documentList(page).getByRole('button').first()).toContainText('beta')
  await row(page, 'Second').focus()
  await page.keyboard.press('ArrowDown')
  await expect(row(page, 'First')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(body(page)).toBeFocused()
  await expect(body(page)).toHaveText('alpha')
  // By the foot of the window.
  await page.keyboard.press('F6')
  await page.keyboard.press('F6')
  await expect(row(page, 'First')).toBeFocused()
  await page.keyboard.press('Control+Shift+p')
  await page.keyboard.type('sec')
  await page.keyboard.press('Enter')
  await expect(body(page)).toHaveText('beta')
  await expect(body(page)).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('move to trash')
  await page.keyboard.press('Enter')
  await expect(row(page, 'Second')).toHaveCount(0)
  await page.keyboard.press('Control+\\')
  await expect(library(page)).toHaveCount(0)
})

test('LIB-35: the icon beside the clock is there when it is wanted, and opens Sheaf, a document and the last one', async ({
  start,
}) => {
  const { electron: app, page } = await start()
  await app.evaluate(({ Tray }) => {
    const seen = globalThis as unknown as { trayMenu: Electron.Menu | null }
    const { setContextMenu, destroy } = Tray.prototype
    Tray.prototype.setContextMenu = function (menu) {
      seen.trayMenu = menu
      setContextMenu.call(this, menu)
    }
    Tray.prototype.destroy = function () {
      seen.trayMenu = null
      destroy.call(this)
    }
  })
  const inTray = () =>
    app.evaluate(() => {
      const { trayMenu } = globalThis as unknown as { trayMenu?: Electron.Menu | null }
      return trayMenu ? trayMenu.items.map((item) => item.label) : null
    })
  const choose = (label: string) =>
    app.evaluate((_electron, wanted) => {
      const { trayMenu } = globalThis as unknown as { trayMenu: Electron.Menu }
      trayMenu.items.find((item) => item.label === wanted)?.click()
    }, label)
  await write(page, 'Harbour', 'salt')

  await page.keyboard.press('Control+,')
  await page.getByRole('radiogroup', { name: 'Icon in the system tray' }).getByRole('radio', { name: 'On' }).click()
  await expect.poll(inTray).toContain('Harbour')
  await page.keyboard.press('Escape')
  await choose('New document')
  await expect(body(page)).toHaveText('')
  await expect.poll(inTray).toContain('Untitled')
  await choose('Harbour')
  await expect(body(page)).toHaveText('salt')

  await page.keyboard.press('Control+,')
  await page.getByRole('radiogroup', { name: 'Icon in the system tray' }).getByRole('radio', { name: 'Off' }).click()
  await expect.poll(inTray).toBeNull()
})

test('LIB-34: what was chosen in settings is still so after a restart', async ({ start }) => {
  const first = await start()
  await expect(library(first.page)).toBeVisible()
  await first.page.keyboard.press('Control+,')
  await first.page.getByRole('radio', { name: 'Dark' }).click()
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await first.page.keyboard.press('Escape')
  await first.page.keyboard.press('Control+\\')
  await expect(library(first.page)).toHaveCount(0)
  await first.quit()
  const { page } = await start()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(body(page)).toBeVisible()
  await expect(library(page)).toHaveCount(0)
})
