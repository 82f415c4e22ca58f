/** Documents coming in: several files from the system's dialog, and whatever is dropped on the window. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { findings } from './support/axe.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, documentList, library, title, write } from './support/page.ts'
import { answerDialogs, clickMenu } from './support/system-dialogs.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Import' })

/** Drags files of the system over the window and lets them go there, as the system itself reports it. */
async function drop(page: Page, files: readonly string[], x: number, y: number, letGo = true): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of letGo ? (['dragEnter', 'dragOver', 'drop'] as const) : (['dragEnter', 'dragOver'] as const))
    await session.send('Input.dispatchDragEvent', { type, x, y, data })
  await session.detach()
}

test('EXPORT-21: several files come in at once, and those that fail are named with their reasons', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  const files = ['One.md', 'Two.html', 'Three.txt', 'Photo.png', 'Gone.md'].map((name) =>
    path.join(profile.folder, name),
  )
  for (const file of files.slice(0, 4)) await writeFile(file, `Words of ${path.basename(file)}.`)
  await answerDialogs(electron, { files })
  await clickMenu(electron, 'File', 'Import…')
  await expect(dialog(page)).toContainText('3 documents came in.')
  await expect(dialog(page).getByRole('listitem')).toHaveText([
    'Photo.pngSheaf can import Word, Markdown, HTML and text files.',
    'Gone.mdThe file could not be imported. The file is not there.',
  ])
  await screenshot(page, 'import-summary')
  expect(await findings(page, { part: '[role="dialog"]' })).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await screenshot(page, 'import-summary-dark')
  expect(await findings(page, { part: '[role="dialog"]' })).toEqual([])
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(dialog(page)).toHaveCount(0)
  for (const name of ['One', 'Two', 'Three']) await expect(documentList(page)).toContainText(name)
  await expect(body(page)).toContainText('Words of One.md.')
})

test('EXPORT-24: text files, documents and folders dropped anywhere on the window come in', async ({
  start,
  profile,
}) => {
  const { page } = await start()
  await write(page, 'Mine', 'Words that stay.')
  const letter = path.join(profile.folder, 'Letter.md')
  await writeFile(letter, '# A letter\n\nDear Bob,')
  const box = await body(page).boundingBox()
  await drop(page, [letter], (box?.x ?? 0) + 40, (box?.y ?? 0) + 10, false)
  await expect(page.getByText('Drop files to bring them into the library')).toBeVisible()
  await screenshot(page, 'import-drop')
  // On the page too: a text is never put into the text.
  await drop(page, [letter], (box?.x ?? 0) + 40, (box?.y ?? 0) + 10)
  await expect(title(page)).toHaveValue('A letter')
  await expect(body(page)).toHaveText('Dear Bob,')
  await expect(page.getByText('Drop files to bring them into the library')).toHaveCount(0)

  // A folder, with a document and an ordinary file in it, onto the library.
  const folder = path.join(profile.folder, 'Notes')
  await mkdir(path.join(folder, 'deeper'), { recursive: true })
  await writeFile(path.join(folder, 'Shopping.txt'), 'Eggs')
  await writeFile(path.join(folder, 'deeper', 'Garden.md'), 'Peas')
  await writeFile(path.join(folder, 'photo.png'), 'No words')
  await writeFile(path.join(folder, 'Broken.sheaf'), 'No document')
  await drop(page, [folder], 100, 300)
  await expect(dialog(page)).toContainText('2 documents came in.')
  await expect(dialog(page).getByRole('listitem')).toHaveText([/^Notes\/Broken\.sheaf.+not a Sheaf document/])
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  for (const name of ['Shopping', 'Garden', 'Mine']) await expect(documentList(page)).toContainText(name)

  // A picture on the library is no document, and is said.
  await drop(page, [path.join(folder, 'photo.png')], 100, 300)
  await expect(dialog(page)).toContainText('No document came in.')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
})

test('EXPORT-22: an import shows how far it is, and keeps what has come in when it is ended', async ({
  start,
  profile,
}) => {
  test.setTimeout(120_000)
  const { page } = await start()
  await library(page).waitFor()
  const folder = path.join(profile.folder, 'Many')
  await mkdir(folder)
  for (let at = 0; at < 400; at++)
    await writeFile(path.join(folder, `Note ${String(at).padStart(3, '0')}.md`), `Words ${at}`)
  await drop(page, [folder], 100, 300)
  await expect(dialog(page).getByRole('progressbar')).toBeVisible()
  await expect(dialog(page)).toContainText(/Many\/Note \d+\.md \(\d+ of 400\)/)
  await screenshot(page, 'import-running')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page)).toContainText('You ended the import')
  const [, brought = '0'] = /(\d+) documents came in/.exec((await dialog(page).textContent()) ?? '') ?? []
  expect(Number(brought)).toBeGreaterThan(0)
  expect(Number(brought)).toBeLessThan(400)
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  // The welcome document is there too.
  await expect(page.getByRole('button', { name: 'All documents' })).toContainText(String(Number(brought) + 1))
})

test('SAFE-11: a page can not name a file to bring in', async ({ start, profile }) => {
  const { page } = await start()
  await library(page).waitFor()
  const secret = path.join(profile.folder, 'secret.txt')
  await writeFile(secret, 'Not for a page.')
  const answers = await page.evaluate(async (file) => {
    const { sheaf } = window as unknown as { sheaf: { drop(task: number, files: unknown[]): Promise<unknown> } }
    const made = new File(['words'], file)
    return await Promise.all(
      [[made], [file], [{ path: file, name: file }]].map((files, at) =>
        sheaf.drop(at + 1, files).catch((error: unknown) => String(error)),
      ),
    )
  }, secret)
  expect(answers[0]).toEqual({
    ok: true,
    value: { documents: [], opened: [], leftOut: [], failures: [], cancelled: false },
  })
  for (const answer of answers.slice(1)) expect(String(answer)).toContain('Error')
  await expect(documentList(page)).not.toContainText('secret')
})
