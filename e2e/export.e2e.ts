/** The export dialog: from the choice of a format to the file in its folder. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { findings } from './support/axe.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, library, newDocument, saved, title } from './support/page.ts'
import { call } from './support/bridge.ts'
import { answerDialogs, clickMenu, documentCalled } from './support/system-dialogs.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Export' })
const exportButton = (page: Page) => dialog(page).getByRole('button', { name: 'Export…' })

/** A document with things that not every format holds. */
async function writeLetter(page: Page): Promise<void> {
  await newDocument(page).click()
  await expect(body(page)).toHaveText('')
  await title(page).fill('A letter')
  await body(page).click()
  await page.keyboard.type('## The river')
  await page.keyboard.press('Enter')
  await page.keyboard.type('It is **high** today.')
  await page.keyboard.press('Control+Shift+e')
  await saved(page)
}

test('EXPORT-1: one dialog exports to every format, says what that can not hold, and shows the file', async ({
  start,
  profile,
}) => {
  test.setTimeout(120_000)
  const { electron, page } = await start()
  await library(page).waitFor()
  await writeLetter(page)
  await page.keyboard.press('Control+Shift+s')
  await expect(dialog(page)).toContainText('Everything on the page goes along.')
  await screenshot(page, 'export-pdf')
  expect(await findings(page, { part: '[role="dialog"]' })).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await screenshot(page, 'export-pdf-dark')
  expect(await findings(page, { part: '[role="dialog"]' })).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })

  await dialog(page).getByRole('radio', { name: 'Plain text' }).click()
  await expect(dialog(page).getByRole('listitem')).toHaveText([
    'A heading, written as an ordinary line (1)',
    'Text alignment (1)',
    'Bold, italic and other formatting (1)',
  ])
  await screenshot(page, 'export-text')
  const file = path.join(profile.folder, 'letter.txt')
  const asked = await answerDialogs(electron, { file })
  await exportButton(page).click()
  await expect(dialog(page)).toContainText('“letter.txt” is written.')
  await screenshot(page, 'export-done')
  expect(await readFile(file, 'utf8')).toBe('A letter\n\nThe river\n\nIt is high today.\n')
  await dialog(page).getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(async () => (await asked()).shown).toEqual([file])
  expect((await asked()).offered).toEqual(['A letter.txt'])
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(dialog(page)).toHaveCount(0)
})

test('EXPORT-2: the last choice is there again after a restart', async ({ start }) => {
  const app = await start()
  await library(app.page).waitFor()
  await writeLetter(app.page)
  await clickMenu(app.electron, 'File', 'Export…')
  await dialog(app.page).getByRole('radio', { name: 'A5' }).click()
  await dialog(app.page).getByRole('radiogroup', { name: 'Title above' }).getByRole('radio', { name: 'On' }).click()
  await app.page.keyboard.press('Escape')
  await app.quit()
  const { page } = await start()
  await body(page).waitFor()
  await page.keyboard.press('Control+Shift+s')
  await expect(dialog(page).getByRole('radio', { name: 'A5' })).toBeChecked()
  await expect(
    dialog(page).getByRole('radiogroup', { name: 'Title above' }).getByRole('radio', { name: 'On' }),
  ).toBeChecked()
})

test('EXPORT-3: an export that fails says why, leaves what was there and no half file', async ({ start, profile }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  await writeLetter(page)
  const folder = path.join(profile.folder, 'Out')
  await answerDialogs(electron, { file: path.join(folder, 'letter.md') })
  await page.keyboard.press('Control+Shift+s')
  await dialog(page).getByRole('radio', { name: 'Markdown' }).click()
  await exportButton(page).click()
  await expect(dialog(page).getByRole('alert')).toHaveText('The document could not be exported. The file is not there.')
  await screenshot(page, 'export-failed')
  // The dialog stays, and another place does.
  const file = path.join(profile.folder, 'letter.md')
  await writeFile(file, 'What was there.')
  await answerDialogs(electron, { file: null })
  await exportButton(page).click()
  await expect(exportButton(page)).toBeEnabled()
  expect(await readFile(file, 'utf8')).toBe('What was there.')
  await answerDialogs(electron, { file })
  await exportButton(page).click()
  await expect(dialog(page)).toContainText('“letter.md” is written.')
  expect(await readFile(file, 'utf8')).toContain('It is **high** today.')
  expect((await readdir(profile.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('EXPORT-3: a page that can not be read becomes no empty PDF', async ({ start, profile }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  await writeLetter(page)
  // The disk fails under the page that is set on paper, as a bundle on a stick that was pulled would.
  await electron.evaluate(() => {
    const { promises } = process.getBuiltinModule('node:fs')
    const { readFile: read } = promises
    promises.readFile = ((file: string, ...rest: [never]) =>
      String(file).endsWith('print.html') ? Promise.reject(new Error('EIO')) : read(file, ...rest)) as typeof read
    process.getBuiltinModule('node:module').syncBuiltinESMExports()
  })
  const file = path.join(profile.folder, 'letter.pdf')
  await answerDialogs(electron, { file })
  const paper = { size: 'a4', margins: 'normal', header: false, footer: true }
  const outcome = await call(
    page,
    'document.export',
    await documentCalled(page, 'A letter'),
    { format: 'pdf', paper },
    1,
  )
  expect(outcome).toMatchObject({ ok: false, error: { kind: 'disk-error' } })
  expect(outcome.error?.message).toBe('Not all of this document could be read, so it was not set on paper.')
  expect((await readdir(profile.folder)).filter((name) => name.includes('letter'))).toEqual([])
})

test('EXPORT-5: what goes out is what was there when the button was pressed', async ({ start, profile }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  await writeLetter(page)
  const second = electron.waitForEvent('window')
  await call(page, 'window.open', await documentCalled(page, 'A letter'))
  const other = await second
  await expect(body(other)).toContainText('It is high today.')
  // A person takes their time to choose the place.
  await electron.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () =>
      new Promise((resolve) => {
        const choose = (filePath: string) => resolve({ canceled: false, filePath })
        Object.assign(globalThis, { choose })
      })
  })
  await page.keyboard.press('Control+Shift+s')
  await dialog(page).getByRole('radio', { name: 'Markdown' }).click()
  await exportButton(page).click()
  const asked = () => electron.evaluate(() => 'choose' in globalThis)
  await expect.poll(asked).toBe(true)
  await body(other).click()
  await other.keyboard.press('Control+End')
  await other.keyboard.type(' And it is falling.')
  await saved(other)
  const file = path.join(profile.folder, 'letter.md')
  await electron.evaluate((_, name) => (globalThis as unknown as { choose(to: string): void }).choose(name), file)
  await expect(dialog(page)).toContainText('“letter.md” is written.')
  const text = await readFile(file, 'utf8')
  expect(text).toContain('It is **high** today.')
  expect(text).not.toContain('falling')
})

test('the dialog speaks German, and fits a narrow window', async ({ start }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  await writeLetter(page)
  await call(page, 'settings.set', { language: 'de' })
  await page.getByRole('navigation', { name: 'Bibliothek' }).waitFor()
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(560, 640))
  await page.keyboard.press('Control+Shift+s')
  const german = page.getByRole('dialog', { name: 'Exportieren' })
  await german.getByRole('radio', { name: 'Reiner Text' }).click()
  await expect(german.getByRole('listitem')).toHaveText([
    'Eine Überschrift, als gewöhnliche Zeile geschrieben (1)',
    'Die Ausrichtung des Texts (1)',
    'Fett, kursiv und andere Auszeichnungen (1)',
  ])
  await german.getByRole('radio', { name: 'PDF' }).click()
  await expect(german.getByRole('radio', { name: 'A4' })).toBeVisible()
  await screenshot(page, 'export-german-narrow')
  await expect(german.getByRole('button', { name: 'Exportieren …' })).toBeInViewport()
})
