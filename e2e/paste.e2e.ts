/** Pasting in the real window, through the real clipboard: what other programs copied, Markdown and plain text. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { expect, screenshot, test } from './support/app.ts'
import { body, bodyText, saved, write } from './support/page.ts'

interface Copied {
  readonly html?: string
  readonly text?: string
}

const fixture = (name: string): Promise<string> =>
  readFile(path.join(import.meta.dirname, '../renderer/clipboard/fixtures', `${name}.html`), 'utf8')

const blocks = (page: Page, what: string): Locator => body(page).locator(`xpath=./*[${what}]`)

async function copy(electron: ElectronApplication, copied: Copied): Promise<void> {
  await electron.evaluate(
    // What runs in the main process is not typed for it.
    ({ clipboard }, data) => (clipboard as unknown as { write(data: object): void }).write(data),
    copied,
  )
}

/** A new document, and what was copied pasted behind its first words. */
async function paste(electron: ElectronApplication, page: Page, copied: Copied): Promise<void> {
  await write(page, 'Pasted', 'Before.')
  await page.keyboard.press('Enter')
  await copy(electron, copied)
  await page.keyboard.press('Control+v')
}

test('PASTE-2: a page of Word comes with headings, lists, notes and tables, and one undo takes all of it', async ({
  start,
}) => {
  const { page, electron } = await start()
  await paste(electron, page, { html: await fixture('word-desktop'), text: 'plain' })
  await expect(body(page)).toContainText('Salt is a small mineral')
  await expect(body(page).getByRole('heading', { level: 2 })).toHaveText(['The Salt Road', 'Where it begins'])
  await expect(body(page).getByRole('table').getByRole('row')).toHaveCount(2)
  await expect(body(page)).toContainText('two skins')
  await expect(body(page)).not.toContainText('·')
  await expect(page.getByText('A picture did not come along')).toBeVisible()
  await page.keyboard.type('Then came the rain.')
  await expect(blocks(page, 'last()')).toContainText('a long memory.Then came the rain.')
  await saved(page)
  await screenshot(page, 'paste-word')
  for (const left of ['a long memory.', 'Before.']) {
    await page.keyboard.press('Control+z')
    await expect(blocks(page, 'normalize-space()!=""').last()).toContainText(left)
  }
  expect((await bodyText(page)).trim()).toBe('Before.')
})

test('PASTE-2: Google Docs, LibreOffice and a spreadsheet keep what they are', async ({ start }) => {
  const { page, electron } = await start()
  await paste(electron, page, { html: await fixture('google-docs'), text: 'plain' })
  await expect(body(page).getByRole('heading', { level: 2 })).toHaveText('Minutes')
  await expect(body(page).getByRole('link', { name: 'a link' })).toHaveAttribute(
    'href',
    'https://example.org/a?b=1&c=2',
  )
  await expect(body(page).locator('[data-kind="task"]')).toHaveText(['Book the room', 'Tell Ada'])
  await saved(page)
  await screenshot(page, 'paste-docs')
  await paste(electron, page, { html: await fixture('libreoffice-writer'), text: 'plain' })
  await expect(body(page).getByRole('heading', { level: 2 })).toHaveText('Bees in winter')
  await expect(body(page).locator('[data-kind="code"]')).toContainText('count(hive)\n  sleep(1)')
  await paste(electron, page, { html: await fixture('excel'), text: 'Day\tRain' })
  await expect(body(page).getByRole('row')).toHaveCount(3)
  await expect(body(page).getByRole('columnheader')).toHaveText(['Day', 'Rain', 'Note'])
  await saved(page)
  await screenshot(page, 'paste-spreadsheet')
})

test('PASTE-4: Markdown is read as what it means; one undo gives back its text, another takes that', async ({
  start,
}) => {
  const { page, electron } = await start()
  const source =
    '# Packing\n\n- **socks**\n  - wool\n- a knife\n\n| Thing | Coins |\n| --- | --- |\n| mule | 12 |\n\nAsk [Ada](https://example.org/ada) for salt &amp; pepper.'
  await paste(electron, page, { text: source })
  await expect(body(page).getByRole('heading', { level: 2 })).toHaveText('Packing')
  await expect(body(page).getByRole('row')).toHaveCount(2)
  await expect(body(page).getByRole('link', { name: 'Ada' })).toBeVisible()
  await expect(body(page)).toContainText('for salt & pepper.')
  await page.keyboard.press('Control+z')
  await expect(body(page)).toContainText('# Packing')
  await expect(body(page).getByRole('table')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(body(page)).not.toContainText('Packing')
  await expect(body(page)).toContainText('Before.')
})

test('PASTE-3: plain text keeps its lines, and pasting as plain text leaves everything else away', async ({
  start,
}) => {
  const { page, electron } = await start()
  await paste(electron, page, { text: 'one\ntwo' })
  await expect(blocks(page, 'true()')).toHaveText(['Before.', 'one', 'two'])
  await copy(electron, { html: '<h1>Loud</h1><p><b>bold</b> words</p>', text: '# Loud\n\n**bold** words' })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+v')
  await expect(blocks(page, 'true()')).toHaveText(['Before.', 'one', 'two', '# Loud', '**bold** words'])
  await page.keyboard.type('!')
  await expect(blocks(page, 'last()')).toHaveText('**bold** words!')
  await expect(body(page).locator('strong')).toHaveCount(0)
})
