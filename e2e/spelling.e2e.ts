/** Spelling in the real window: what is marked, in which language, and what one does about it. Nothing is fetched. */
import type { Page } from '@playwright/test'
import { graveFindings, OF_WINDOWS } from './support/axe.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, saved, state, write } from './support/page.ts'
import { startSentinel } from './support/sentinel.ts'
import { germanWords, misspelled } from './support/spelling.ts'

const language = (page: Page) => page.getByRole('button', { name: /^Language of the document/ })

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('SPELL-11: wrong words are marked when the caret has left them, and the document stays as it is', async ({
  start,
}) => {
  const { page } = await start()
  await write(page, 'Tea', 'We walkd along teh')
  await expect.poll(() => misspelled(page)).toEqual(['walkd'])
  await page.keyboard.type(' river. ')
  await expect.poll(() => misspelled(page)).toEqual(['walkd', 'teh'])
  expect(await body(page).locator('p, div').first().innerHTML()).not.toContain('<span')
  await page.keyboard.press('Home')
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('e')
  await expect.poll(() => misspelled(page)).toEqual(['teh'])
  await saved(page)
  await page.keyboard.press('Home')
  await expect(state(page)).toHaveAttribute('data-save', 'saved')
  await screenshot(page, 'spelling')
  await command(page, 'Theme: dark')
  await screenshot(page, 'spelling-dark')
})

test('SPELL-12: code, code among words, formulas, addresses and names with numbers are never marked', async ({
  start,
}) => {
  const { page } = await start()
  await write(page, 'Tea', 'Wrongg ')
  await page.keyboard.type('`wrongcode` b2b NASAA wrongg@exampel.org https://exampel.org/wrongg notess.sheaf ')
  await page.keyboard.press('Enter')
  await page.keyboard.type('```')
  await page.keyboard.type('let wrongcode = 1')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('| behindd ')
  await expect.poll(() => misspelled(page)).toEqual(['Wrongg', 'behindd'])
})

test('SPELL-13: a document is checked in its own language, which it keeps, and says when there is no dictionary', async ({
  start,
  profile,
}) => {
  test.setTimeout(120_000)
  const env = await germanWords(profile.folder)
  const app = await start({ env })
  const { page } = app
  await write(page, 'Fluss', 'der Flussbrücke river ')
  await expect.poll(() => misspelled(page)).toEqual(['der', 'Flussbrücke'])
  await expect(language(page)).toHaveText('English (United States)')
  await language(page).click()
  await page.getByRole('menuitemradio', { name: 'German (Germany)' }).click()
  await expect(language(page)).toHaveText('German (Germany)')
  await expect(body(page)).toHaveAttribute('lang', 'de-DE')
  await expect.poll(() => misspelled(page)).toEqual(['river'])
  await saved(page)
  await app.quit()
  // Elsewhere there are no German words: that is said, and nothing is marked by another language's.
  const again = await start({ env: { DICPATH: '' } })
  await expect(language(again.page)).toHaveText('German (Germany), no dictionary')
  await expect(body(again.page)).toHaveText('der Flussbrücke river')
  expect(await misspelled(again.page)).toEqual([])
  await language(again.page).click()
  await screenshot(again.page, 'language-menu')
  expect(await graveFindings(again.page, { without: OF_WINDOWS })).toEqual([])
  await again.page.getByRole('menuitemradio', { name: 'As the window' }).click()
  await expect.poll(() => misspelled(again.page)).toEqual(['der', 'Flussbrücke'])
})

test('SPELL-4: a word added to the dictionary is right in every window and after a restart; Undo takes it out', async ({
  start,
}) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await write(page, 'Tea', 'Alderbrig and wrongg ')
  await expect.poll(() => misspelled(page)).toEqual(['Alderbrig', 'wrongg'])
  const opened = app.electron.waitForEvent('window')
  await page.keyboard.press('Control+Shift+n')
  const other = await opened
  await expect.poll(() => misspelled(other)).toEqual(['Alderbrig', 'wrongg'])
  await page.bringToFront()
  await body(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F7')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Add to dictionary' }).click()
  for (const each of [page, other]) await expect.poll(() => misspelled(each)).toEqual(['wrongg'])
  await page.getByRole('button', { name: 'Undo' }).click()
  for (const each of [page, other]) await expect.poll(() => misspelled(each)).toEqual(['Alderbrig', 'wrongg'])
  await body(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F7')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Add to dictionary' }).click()
  await expect.poll(() => misspelled(page)).toEqual(['wrongg'])
  await app.kill()
  const again = await start()
  await expect.poll(() => misspelled(again.page)).toEqual(['wrongg'])
})

test('SPELL-14: a word is left alone in its document until Sheaf closes, and checking is switched off and on', async ({
  start,
}) => {
  const { page } = await start()
  await write(page, 'Tea', 'Alderbrig and wrongg ')
  await expect.poll(() => misspelled(page)).toEqual(['Alderbrig', 'wrongg'])
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Ignore for now' }).click()
  await expect.poll(() => misspelled(page)).toEqual(['wrongg'])
  await write(page, 'Ice', 'Alderbrig again ')
  await expect.poll(() => misspelled(page)).toEqual(['Alderbrig'])
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Page' }).click()
  await page.getByRole('radiogroup', { name: 'Check spelling' }).getByRole('radio', { name: 'Off' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => misspelled(page)).toEqual([])
  await command(page, 'Check spelling')
  await expect.poll(() => misspelled(page)).toEqual(['Alderbrig'])
})

test('SPELL-15: F7 goes from wrong word to wrong word, into parts of a long document nobody has looked at, and round', async ({
  start,
}) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await write(page, 'A long walk', 'Firstt line.')
  const lines = Array.from({ length: 1200 }, (_, line) => (line === 900 ? 'Middlle here.' : 'By the river.')).join(
    '\n\n',
  )
  await page.keyboard.press('Enter')
  await app.electron.evaluate((shell, text) => shell.clipboard.writeText(text), lines)
  await page.keyboard.press('Control+v')
  await saved(page)
  await page.keyboard.press('Control+Home')
  const selected = () => page.evaluate(() => getSelection()?.toString())
  for (const word of ['Firstt', 'Middlle', 'Firstt']) {
    await page.keyboard.press('F7')
    await expect.poll(selected).toBe(word)
  }
  await page.keyboard.press('F7')
  await expect.poll(selected).toBe('Middlle')
  await expect.poll(() => misspelled(page)).toEqual(['Middlle'])
  await page.keyboard.type('Middle')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => misspelled(page)).toEqual([])
  await saved(page)
})

test('SPELL-2: checking, suggesting and adding words ask nothing of any network', async ({ start }) => {
  const sentinel = await startSentinel()
  const app = await start({ args: [`--proxy-server=${sentinel.host}`, '--proxy-bypass-list=<-loopback>'] })
  const { page } = app
  await app.electron.evaluate(({ session }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    session.defaultSession.on('spellcheck-dictionary-download-begin', (_event, code) => asked.push(code))
  })
  await write(page, 'Tea', 'We walkd along. ')
  await expect.poll(() => misspelled(page)).toEqual(['walkd'])
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F7')
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Replace with walked' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Add to dictionary' }).click()
  await expect.poll(() => misspelled(page)).toEqual([])
  const built = await app.electron.evaluate(({ session }) => ({
    asked: (globalThis as unknown as { asked: string[] }).asked,
    languages: session.defaultSession.getSpellCheckerLanguages(),
  }))
  expect(built).toEqual({ asked: [], languages: [] })
  await app.quit()
  expect(sentinel.visits).toEqual([])
  await sentinel.close()
})
