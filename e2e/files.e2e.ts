/** Documents are files: what people and programs do to them outside, while Sheaf is open and while it is closed. */
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, makeProfile, type Profile, type RunningApp, screenshot, startApp, test } from './support/app.ts'
import { sheaf } from './support/command-line.ts'
import { body, documentList, saved, title, write } from './support/page.ts'
import { fileText, makeNewer } from './support/sheaf-file.ts'

const row = (page: Page, name: string) =>
  documentList(page)
    .getByRole('button')
    .filter({ has: page.getByText(name, { exact: true }) })

const haysIn = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('Hay'))

/** Types at the end of the open document; resolves when it is saved. */
async function add(page: Page, words: string): Promise<void> {
  await body(page).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(words)
  await expect(body(page)).toContainText(words)
  await saved(page)
}

/** Writes a document and waits until its file holds every word. */
async function writeFileOf(page: Page, profile: Profile, name: string, words: string): Promise<string> {
  await write(page, name, words)
  const file = path.join(profile.library, `${name}.sheaf`)
  await expect.poll(() => fileText(file)).toContain(words)
  return file
}

/** Lets somebody else's Sheaf write into a file. */
async function bobAdds(file: string, words: string, target = file): Promise<void> {
  const bob = await makeProfile()
  try {
    const theirs = path.join(bob.library, path.basename(file))
    await copyFile(file, theirs)
    const app = await startApp(bob, { args: [theirs] })
    await expect(body(app.page)).not.toBeEmpty()
    await add(app.page, words)
    await app.quit()
    expect(await fileText(theirs)).toContain(words)
    await copyFile(theirs, target)
  } finally {
    await rm(bob.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

for (const moment of ['open', 'closed'] as const) {
  test.describe(`while Sheaf is ${moment}`, () => {
    /** Does something to files outside, at the moment these tests are about, and answers the app that meets it. */
    async function outside(
      app: RunningApp,
      start: () => Promise<RunningApp>,
      happens: () => Promise<unknown>,
    ): Promise<RunningApp> {
      if (moment === 'open') {
        await happens()
        return app
      }
      await app.quit()
      await happens()
      return start()
    }

    test('LIB-2: a renamed file stays its document and goes on being written under its new name', async ({
      start,
      profile,
    }) => {
      const first = await start()
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const renamed = path.join(profile.library, 'Straw.sheaf')
      const { page } = await outside(first, start, () => rename(file, renamed))
      await expect(body(page)).toHaveText('one')
      await add(page, ' two')
      await expect.poll(() => fileText(renamed)).toContain('one two')
      expect(await readdir(profile.library)).not.toContain('Hay.sheaf')
    })

    test('LIB-2: a file moved into a folder stays its document', async ({ start, profile }) => {
      const first = await start()
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const moved = path.join(profile.library, 'Farm', 'Hay.sheaf')
      const { page } = await outside(first, start, async () => {
        await mkdir(path.dirname(moved))
        await rename(file, moved)
      })
      await expect(body(page)).toHaveText('one')
      await add(page, ' two')
      await expect.poll(() => fileText(moved)).toContain('one two')
      expect(await readdir(profile.library)).not.toContain('Hay.sheaf')
    })

    test('LIB-3: what somebody else wrote into the file comes onto the page', async ({ start, profile }) => {
      const first = await start()
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const { page } = await outside(first, start, () => bobAdds(file, ' and bob'))
      await expect(body(page)).toHaveText('one and bob')
      await add(page, ' and alice')
      await expect.poll(() => fileText(file)).toContain('one and bob and alice')
    })

    test('LIB-4: a deleted file is not a deleted document: it is said, and saved again on request', async ({
      start,
      profile,
    }) => {
      const first = await start()
      const file = await writeFileOf(first.page, profile, 'Hay', 'every word')
      const { page } = await outside(first, start, () => rm(file))
      await expect(page.getByText('The file “Hay” is not where it was')).toBeVisible()
      await expect(body(page)).toHaveText('every word')
      await screenshot(page, `file-missing-${moment}`)
      expect(await readdir(profile.library)).not.toContain('Hay.sheaf')
      await page.getByRole('button', { name: 'Save again' }).click()
      await expect.poll(() => fileText(file)).toContain('every word')
      await expect(page.getByText('The file “Hay” is not where it was')).toHaveCount(0)
    })

    test('LIB-5: a copied file is asked about, and nothing happens to either until then', async ({
      start,
      profile,
    }) => {
      const first = await start()
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const copy = path.join(profile.library, 'Hay copy.sheaf')
      const { page } = await outside(first, start, () => copyFile(file, copy))
      await expect(row(page, 'Copy')).toBeVisible()
      const before = await readFile(copy)
      await add(page, ' two')
      await expect.poll(() => fileText(file)).toContain('one two')
      expect(await readFile(copy)).toEqual(before)
      await row(page, 'Copy').click()
      await expect(page.getByText('is a second copy of a document you have')).toBeVisible()
      await screenshot(page, `file-copied-${moment}`)
      await page.getByRole('button', { name: 'A document of its own' }).click()
      await expect(body(page)).toHaveText('one')
      await add(page, ' apart')
      await expect.poll(() => fileText(copy)).toContain('one apart')
      expect(await fileText(file)).not.toContain('apart')
    })

    test('LIB-8: an older file in its place is never written over before the person has chosen', async ({
      start,
      profile,
    }) => {
      const first = await start()
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const backup = path.join(profile.folder, 'backup')
      await copyFile(file, backup)
      await add(first.page, ' two')
      await expect.poll(() => fileText(file)).toContain('one two')
      const { page } = await outside(first, start, () => copyFile(backup, file))
      await expect(page.getByText('An older copy of “Hay” has taken its place')).toBeVisible()
      await expect(body(page)).toHaveText('one two')
      await screenshot(page, `file-older-${moment}`)
      expect(await readFile(file)).toEqual(await readFile(backup))
      await page.getByRole('button', { name: 'Keep newest' }).click()
      await expect.poll(() => fileText(file)).toContain('one two')
    })

    test('LIB-50: the words of a conflict copy come onto the page, it is said, and the copy goes to the system’s trash', async ({
      start,
      profile,
    }) => {
      const trash = path.join(profile.folder, 'data')
      const begin = () => start({ env: { XDG_DATA_HOME: trash } })
      const first = await begin()
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const conflict = path.join(profile.library, 'Hay (Bob’s conflicted copy 2026-01-05).sheaf')
      const { page } = await outside(first, begin, () => bobAdds(file, ' and bob', conflict))
      await expect(body(page)).toHaveText('one and bob')
      await expect(page.getByText('One paragraph came from a conflicted copy.')).toBeVisible()
      await screenshot(page, `file-conflict-copy-${moment}`)
      await expect.poll(() => readdir(path.join(trash, 'Trash', 'files'))).toEqual([path.basename(conflict)])
      await expect.poll(() => haysIn(profile.library)).toEqual(['Hay.sheaf'])
      expect(await fileText(file)).toContain('one and bob')
      await add(page, ' and alice')
      await expect.poll(() => fileText(file)).toContain('one and bob and alice')
    })

    test('LIB-7: another document in its place is a row of its own, and neither is lost', async ({
      start,
      profile,
    }) => {
      const first = await start()
      const other = await writeFileOf(first.page, profile, 'Other', 'somebody else’s')
      const kept = path.join(profile.folder, 'other')
      await copyFile(other, kept)
      const file = await writeFileOf(first.page, profile, 'Hay', 'one')
      const { page } = await outside(first, start, async () => {
        await rm(other)
        await copyFile(kept, file)
      })
      await expect(body(page)).toHaveText('one')
      expect(await readFile(file)).toEqual(await readFile(kept))
      await expect(page.getByText('The file “Hay” is not where it was')).toBeVisible()
      await page.getByRole('button', { name: 'Save again' }).click()
      await expect.poll(() => fileText(path.join(profile.library, 'Hay 2.sheaf'))).toContain('one')
      expect(await readFile(file)).toEqual(await readFile(kept))
    })
  })
}

test('LIB-50: what a conflict copy brought into a document that was closed is said when it is opened', async ({
  start,
  profile,
}) => {
  const { page } = await start({ env: { XDG_DATA_HOME: path.join(profile.folder, 'data') } })
  const file = await writeFileOf(page, profile, 'Hay', 'one')
  await writeFileOf(page, profile, 'Straw', 'two')
  await bobAdds(file, ' and bob', path.join(profile.library, 'Hay.sync-conflict-20260105-101112-ABCDEFG.sheaf'))
  await expect.poll(() => fileText(file)).toContain('one and bob')
  await expect(page.getByText('conflicted copy')).toHaveCount(0)
  await row(page, 'Hay').click()
  await expect(body(page)).toHaveText('one and bob')
  await expect(page.getByText('One paragraph came from a conflicted copy.')).toBeVisible()
})

test('LIB-56: two computers with one cloned profile both go on, and their files merge without a fork', async ({
  start,
  profile,
}) => {
  const env = { XDG_DATA_HOME: path.join(profile.folder, 'data') }
  const first = await start({ env })
  const file = await writeFileOf(first.page, profile, 'Hay', 'one')
  await first.kill()
  const clone = path.join(profile.folder, 'clone')
  for (const [name, from] of [
    ['profile', profile.userData],
    ['library', profile.library],
  ] as const)
    await cp(from, path.join(clone, name), { recursive: true })
  const original = await start({ env })
  await add(original.page, ' from the original')
  await original.quit()
  const theirs = path.join(profile.folder, 'theirs')
  await copyFile(file, theirs)
  expect(await fileText(theirs)).toContain('one from the original')
  // The other computer has the same folders under the same names.
  for (const [name, to] of [
    ['profile', profile.userData],
    ['library', profile.library],
  ] as const) {
    await rm(to, { recursive: true, force: true, maxRetries: 5 })
    await rename(path.join(clone, name), to)
  }
  const { page } = await start({ env })
  await expect(body(page)).toHaveText('one')
  await add(page, ' from the clone')
  await expect.poll(() => fileText(file)).toContain('one from the clone')
  await copyFile(theirs, path.join(profile.library, 'Hay [Conflict].sheaf'))
  await expect(body(page)).toContainText('from the original')
  await expect(body(page)).toContainText('from the clone')
  await expect.poll(() => fileText(file)).toContain('from the original')
  const verified = await sheaf('verify', file)
  expect(verified).toContain('ok: ')
  expect(verified).not.toContain('branch')
})

test('FILE-11: a file of a newer Sheaf opens read-only, and not a byte of it changes', async ({ start, profile }) => {
  const alice = await makeProfile()
  const file = path.join(profile.library, 'Tomorrow.sheaf')
  try {
    const app = await startApp(alice)
    const written = await writeFileOf(app.page, alice, 'Tomorrow', 'from the future')
    await app.quit()
    await copyFile(written, file)
  } finally {
    await rm(alice.folder, { recursive: true, force: true, maxRetries: 5 })
  }
  makeNewer(file)
  const before = await readFile(file)
  const { page, quit } = await start()
  await expect(row(page, 'Tomorrow')).toContainText('Read only')
  await row(page, 'Tomorrow').click()
  await expect(body(page)).toHaveText('from the future')
  await expect(page.getByText('This document was last written by a newer Sheaf.')).toBeVisible()
  await screenshot(page, 'file-newer')
  await body(page).click()
  await page.keyboard.type('not into this one')
  await expect(body(page)).toHaveText('from the future')
  await expect(title(page)).not.toBeEditable()
  await quit()
  expect(await readFile(file)).toEqual(before)
})

test('FILE-20: a damaged file says so in its row and when it is opened, and is left as it is', async ({
  start,
  profile,
}) => {
  const first = await start()
  const file = await writeFileOf(first.page, profile, 'Hay', 'one')
  await first.quit()
  const whole = await readFile(file)
  const damaged = path.join(profile.library, 'Torn.sheaf')
  const strange = path.join(profile.library, 'Strange.sheaf')
  await writeFile(damaged, whole.subarray(0, Math.floor(whole.length / 2)))
  await writeFile(strange, 'These are just words in a file.')
  const { page } = await start()
  for (const name of ['Torn', 'Strange']) {
    await row(page, name).click()
    await expect(page.getByText(new RegExp(`“${name}” (is damaged|can’t be read|is not a safe file)`))).toBeVisible()
  }
  await screenshot(page, 'file-damaged')
  expect(await readFile(damaged)).toEqual(whole.subarray(0, Math.floor(whole.length / 2)))
  expect(await readFile(strange, 'utf8')).toBe('These are just words in a file.')
  await row(page, 'Hay').click()
  await expect(body(page)).toHaveText('one')
})

test('FILE-20: a damaged file given on the command line is refused with a sentence, and the app stands', async ({
  start,
  profile,
}) => {
  const damaged = path.join(profile.folder, 'Torn.sheaf')
  await writeFile(damaged, 'SQLite format 3\0 and then nothing')
  const { page } = await start({ args: [damaged] })
  await expect(page.getByText(/“Torn.sheaf” was not opened.*damaged/)).toBeVisible()
  await screenshot(page, 'file-refused')
  await write(page, 'Still working', 'As before.')
})
