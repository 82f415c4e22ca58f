/** Word files, out of the app and in again: by the menu, through the system's dialogs, as a person does it. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, screenshot, test } from './support/app.ts'
import { body, saved, title, write } from './support/page.ts'
import { answerDialogs, clickMenu } from './support/system-dialogs.ts'

test('WORD-9: a document goes to Word and comes back, and what was added there and left out is said', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  await write(page, 'A walk', 'Along the ')
  await page.keyboard.type('**river** and back.')
  await expect(body(page).locator('strong')).toHaveText('river')
  await saved(page)
  const file = path.join(profile.folder, 'A walk.docx')
  await answerDialogs(electron, { file })
  await clickMenu(electron, 'File', 'Export…')
  const exporting = page.getByRole('dialog', { name: 'Export' })
  await exporting.getByRole('radio', { name: 'Word' }).click()
  await exporting.getByRole('button', { name: 'Export…' }).click()
  await expect(exporting).toContainText('“A walk.docx” is written.')
  await exporting.getByRole('button', { name: 'Done' }).click()

  const parts = unzipSync(new Uint8Array(await readFile(file)))
  const text = strFromU8(parts['word/document.xml'] as Uint8Array)
  expect(text).toContain('river')
  // As Word does when somebody writes on, and comments.
  const edited = text.replace(
    '<w:sectPr>',
    '<w:p><w:r><w:t>It rained.</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p><w:sectPr>',
  )
  await writeFile(file, zipSync({ ...parts, 'word/document.xml': strToU8(edited) }))

  await clickMenu(electron, 'File', 'Import…')
  const importing = page.getByRole('dialog', { name: 'Import' })
  await expect(importing).toContainText('Not everything could be kept:')
  await expect(importing.getByRole('listitem')).toHaveText('A walk.docxcomments (1).')
  await screenshot(page, 'word-imported')
  await importing.getByRole('button', { name: 'Done' }).click()
  await expect(body(page)).toContainText('It rained.')
  await expect(title(page)).toHaveValue('A walk')
  await expect(body(page).locator('strong')).toHaveText('river')
})

test('WORD-6: a file that is no Word file is refused with a sentence, and no document is made', async ({
  start,
  profile,
}) => {
  const { electron, page } = await start()
  await write(page, 'Mine', 'Words.')
  const file = path.join(profile.folder, 'Letter.docx')
  await writeFile(file, 'Dear Word,')
  await answerDialogs(electron, { file })
  await clickMenu(electron, 'File', 'Import…')
  const importing = page.getByRole('dialog', { name: 'Import' })
  await expect(importing).toContainText('No document came in.')
  await expect(importing.getByRole('listitem')).toHaveText('Letter.docxThis is not a Word file (.docx).')
  await importing.getByRole('button', { name: 'Done' }).click()
  await expect(title(page)).toHaveValue('Mine')
})
