/** The system's dialogs and programs: what is asked of them, with a person's answers put in their place. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './support/app.ts'
import { body, library, title, write } from './support/page.ts'
import { call } from './support/bridge.ts'
import { answerDialogs, clickMenu, documentCalled } from './support/system-dialogs.ts'

test('SAFE-9: a link is opened by the system only after the person has seen its host and agreed', async ({ start }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  let asked = await answerDialogs(electron, { button: 1 })
  expect(await call(page, 'link.open', 'https://example.org/a?b')).toMatchObject({ ok: true })
  expect(await asked()).toMatchObject({ questions: ['Open example.org?'], opened: [] })
  asked = await answerDialogs(electron, { button: 0 })
  expect(await call(page, 'link.open', 'https://example.org/a?b')).toMatchObject({ ok: true })
  expect((await asked()).opened).toEqual(['https://example.org/a?b'])
  for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'https://bank.example@evil.example/'])
    expect(await call(page, 'link.open', address)).toMatchObject({ ok: false, error: { kind: 'invalid-argument' } })
  expect((await asked()).opened).toEqual(['https://example.org/a?b'])
})

test('the menu imports a Markdown file as a new document and shows it', async ({ start, profile }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  const file = path.join(profile.folder, 'Letter.md')
  await writeFile(file, '# A letter\n\nDear **Bob**,\n\n- first\n- second\n')
  await answerDialogs(electron, { file })
  await clickMenu(electron, 'File', 'Import…')
  await expect(title(page)).toHaveValue('A letter')
  await expect(body(page)).toContainText('Dear Bob,')
  await expect(body(page).locator('strong')).toHaveText('Bob')
})

test('the menu opens a document from anywhere on the disk, and says why when it can not', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  const file = path.join(profile.folder, 'No document.sheaf')
  await writeFile(file, 'Just words.')
  await answerDialogs(electron, { file })
  await clickMenu(electron, 'File', 'Open…')
  await expect(page.getByText(/not a Sheaf|damaged|can’t be read/i)).toBeVisible()
})

test('a document is exported where the person says, and nothing is written when they cancel', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  await write(page, 'To export', 'Words to take along.')
  const file = path.join(profile.folder, 'export.md')
  const documentId = await documentCalled(page, 'To export')
  await answerDialogs(electron, { file: null })
  const choice = { format: 'md', paper: { size: 'a4', margins: 'normal', header: true, footer: true } }
  expect(await call(page, 'document.export', documentId, choice, 1)).toEqual({ ok: true, value: null })
  await answerDialogs(electron, { file })
  await clickMenu(electron, 'File', 'Export…')
  await page.getByRole('radio', { name: 'Markdown' }).click()
  await page.getByRole('button', { name: 'Export…' }).click()
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('Words to take along.')
})

test('a document of the menu’s recent ones comes back onto the page', async ({ start }) => {
  const { electron, page } = await start()
  await write(page, 'Of yesterday', 'One.')
  await write(page, 'Of today', 'Two.')
  await expect
    .poll(() =>
      clickMenu(electron, 'File', 'Open recent', 'Of yesterday').then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  await expect(title(page)).toHaveValue('Of yesterday')
  await expect(body(page)).toContainText('One.')
})
