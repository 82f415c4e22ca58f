/** Several apps, each on a profile of its own, and a real relay between them. */
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import {
  expect,
  makeProfile,
  type Profile,
  type RunningApp,
  screenshot,
  startApp,
  test as base,
} from './support/app.ts'
import { ARRIVES, ask, command, invite, join, sameText, typeAtEnd } from './support/company.ts'
import { body, bodyText, chooseTheme, documentList, ready, saved, state, write } from './support/page.ts'
import { RunningRelay } from './support/relay.ts'
import { RoomGuest, RunningYjsServer } from './support/yjs-server.ts'

interface Person {
  readonly profile: Profile
  readonly app: RunningApp
  readonly page: Page
}

const test = base.extend<{ relay: RunningRelay; come: (name: string, profile?: Profile) => Promise<Person> }>({
  relay: async ({}, use) => {
    const relay = await RunningRelay.start()
    await use(relay)
    await relay.remove()
  },
  come: async ({}, use) => {
    const people: Person[] = []
    await use(async (name, known) => {
      const profile = known ?? (await makeProfile())
      const app = await startApp(profile)
      const { page } = app
      await ready(page)
      await ask(page, 'settings.set', { displayName: name })
      const person = { profile, app, page }
      people.push(person)
      return person
    })
    await Promise.all(people.map(({ app }) => app.quit()))
    for (const { profile } of people) await rm(profile.folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

const inviteOver = (relay: RunningRelay, page: Page, uses: number) =>
  invite(page, { relay: relay.url, lan: false }, uses)

test('NET-40: three apps write together over a relay, and end with the same text', async ({ relay, come }) => {
  test.slow()
  const [ana, ben, eva] = [await come('Ana'), await come('Ben'), await come('Eva')]
  await write(ana.page, 'The harbour', 'It begins at low tide. ')
  const link = await inviteOver(relay, ana.page, 2)
  await join(ben.page, link)
  await join(eva.page, link)
  for (const { page } of [ben, eva]) await expect(body(page)).toContainText('It begins at low tide.', ARRIVES)
  await Promise.all([
    typeAtEnd(ana.page, 'Ana writes of the boats. '),
    typeAtEnd(ben.page, 'Ben writes of the gulls. '),
    typeAtEnd(eva.page, 'Eva writes of the rope. '),
  ])
  const pages = [ana.page, ben.page, eva.page]
  for (const page of pages) {
    await saved(page)
    const length = 'It begins at low tide. Ana writes of the boats. Ben writes of the gulls. Eva writes of the rope. '
      .length
    await expect.poll(async () => (await bodyText(page)).trim().length, ARRIVES).toBe(length - 1)
  }
  await sameText(pages)
  await expect(ana.page.getByRole('list', { name: 'People here' }).getByRole('listitem')).toHaveCount(2, ARRIVES)
  await expect(state(ana.page)).toContainText('Received by 2 devices', ARRIVES)
  // Both on the first line, where their names hide no words.
  const goTo = async ({ page }: Person, ...keys: readonly string[]) => {
    await page.keyboard.press('Control+Home')
    for (const key of keys) await page.keyboard.press(key)
  }
  const [word, wordSelected] = ['Control+ArrowRight', 'Control+Shift+ArrowRight']
  await Promise.all([
    goTo(ben, word, word, word),
    goTo(eva, word, word, word, word, word, word, wordSelected, wordSelected, wordSelected, wordSelected),
  ])
  await expect(ana.page.locator('.presence__caret:visible')).toHaveCount(2)
  await ana.page.waitForTimeout(500)
  await screenshot(ana.page, 'together-three')
})

test('NET-41: what two wrote into one paragraph with no way between them both survives', async ({ relay, come }) => {
  test.slow()
  const [ana, ben] = [await come('Ana'), await come('Ben')]
  await write(ana.page, 'Apart', 'One paragraph. ')
  await join(ben.page, await inviteOver(relay, ana.page, 1))
  await expect(body(ben.page)).toContainText('One paragraph.', ARRIVES)
  await relay.kill()
  await typeAtEnd(ana.page, 'Ana was here. ')
  await expect(state(ana.page)).toContainText('Offline: will send when connected', ARRIVES)
  await body(ben.page).click()
  await ben.page.keyboard.press('Control+Home')
  await ben.page.keyboard.type('Ben too. ')
  await saved(ana.page)
  await saved(ben.page)
  await relay.startAgain()
  for (const { page } of [ana, ben])
    await expect(body(page)).toHaveText('Ben too. One paragraph. Ana was here.', { timeout: 90_000 })
})

test('NET-42: a relay that is killed, or loses all it held, is filled again and loses nobody a word', async ({
  relay,
  come,
}) => {
  test.slow()
  const [ana, ben] = [await come('Ana'), await come('Ben')]
  await write(ana.page, 'Kept', 'Before. ')
  await join(ben.page, await inviteOver(relay, ana.page, 1))
  await expect(body(ben.page)).toContainText('Before.', ARRIVES)
  const typing = typeAtEnd(ana.page, 'Written while the relay dies in the middle of it. ')
  await relay.kill()
  await typing
  for (const name of await readdir(relay.data)) await rm(path.join(relay.data, name), { recursive: true })
  await relay.startAgain()
  await expect(body(ben.page)).toContainText('dies in the middle of it.', { timeout: 90_000 })
  await sameText([ana.page, ben.page])
  const cem = await come('Cem')
  await join(cem.page, await inviteOver(relay, ana.page, 1))
  await expect(body(cem.page)).toContainText('dies in the middle of it.', { timeout: 60_000 })
})

test('NET-43: a relay’s disk and words tell nothing of what is written, nor who writes', async ({ relay, come }) => {
  const [ana, ben] = [await come('Ottoline Quarrie'), await come('Fenwick Tolpuddle')]
  await write(ana.page, 'Zanzibarine', 'The quaggas crossed the phlogiston river. ')
  await join(ben.page, await inviteOver(relay, ana.page, 1))
  await expect(body(ben.page)).toContainText('quaggas', ARRIVES)
  await typeAtEnd(ben.page, 'Sesquipedalian. ')
  await expect(body(ana.page)).toContainText('Sesquipedalian', ARRIVES)
  const held = [relay.said]
  for (const name of await readdir(relay.data, { recursive: true, withFileTypes: true }))
    if (name.isFile()) held.push((await readFile(path.join(name.parentPath, name.name))).toString('latin1'))
  expect(held.join('').length).toBeGreaterThan(10_000)
  for (const secret of ['Ottoline', 'Quarrie', 'Fenwick', 'Zanzibarine', 'quaggas', 'phlogiston', 'Sesquipedalian'])
    expect(held.filter((text) => text.includes(secret))).toEqual([])
})

/** Has the recovery words shown, and shows that they were written down. */
async function writeWordsDown(page: Page): Promise<readonly string[]> {
  await command(page, 'Recovery words')
  const dialog = page.getByRole('dialog', { name: 'Recovery words' })
  await dialog.getByRole('button', { name: 'Show the words' }).click()
  const words = await dialog.getByRole('list', { name: 'Your recovery words' }).getByRole('listitem').allInnerTexts()
  await dialog.getByRole('button', { name: 'I have written them down' }).click()
  for (const field of await dialog.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
    const label = await field.evaluate((element: HTMLInputElement) => element.labels?.[0]?.textContent ?? '')
    await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '')
  }
  await dialog.getByRole('button', { name: 'Check' }).click()
  await expect(dialog.getByRole('status')).toContainText('Both are right')
  await dialog.getByRole('button', { name: 'Done' }).click()
  return words
}

test('SHARE-32: the words one wrote down bring a person back on a computer that knows nothing, over a real relay', async ({
  relay,
  come,
}) => {
  test.slow()
  const ana = await come('Ana')
  await write(ana.page, 'The harbour', 'It begins at low tide. ')
  await inviteOver(relay, ana.page, 1)
  await expect(state(ana.page)).toContainText('Sent to relay', ARRIVES)
  const words = await writeWordsDown(ana.page)
  expect(words).toHaveLength(12)

  const { page } = await come('Ana again')
  await command(page, 'Restore from recovery')
  const dialog = page.getByRole('dialog', { name: 'Restore from recovery words' })
  const restore = dialog.getByRole('button', { name: 'Restore', exact: true })
  await dialog.getByRole('textbox', { name: /^Recovery words/ }).fill(words.toReversed().join(' '))
  await dialog.getByRole('textbox', { name: /^Address of the relay/ }).fill(relay.url)
  await restore.click()
  await expect(dialog.getByRole('alert')).toBeVisible(ARRIVES)
  await dialog.getByRole('textbox', { name: /^Recovery words/ }).fill(` ${words.join('\n').toUpperCase()} `)
  await expect(async () => {
    // What is kept for the words is written some seconds after a document was shared.
    await restore.click()
    await expect(dialog.getByRole('status')).toContainText('One document is coming back.', { timeout: 5000 })
  }).toPass(ARRIVES)
  await expect(dialog.getByRole('status')).toContainText('From now on these are this computer’s recovery words.')
  await screenshot(page, 'restore-done')
  // The other computer is lost: the words are all there is.
  await ana.app.quit()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await documentList(page).getByText('The harbour').first().click(ARRIVES)
  await expect(body(page)).toHaveText('It begins at low tide.', ARRIVES)
  await typeAtEnd(page, 'And goes on. ')
  await saved(page)
  await expect(state(page)).toContainText('Sent to relay', ARRIVES)
  expect(await writeWordsDown(page)).toEqual(words)
})

test('SHARE-33: two computers of one person write together over a real relay; the one that is removed reads nothing more', async ({
  relay,
  come,
}) => {
  test.slow()
  const ana = await come('Ana')
  await write(ana.page, 'The harbour', 'It begins at low tide. ')
  await inviteOver(relay, ana.page, 1)
  await expect(state(ana.page)).toContainText('Sent to relay', ARRIVES)
  const words = await ask<string>(ana.page, 'recovery.words')

  const desk = await come('Ana at the desk')
  await command(desk.page, 'Restore from recovery')
  const dialog = desk.page.getByRole('dialog', { name: 'Restore from recovery words' })
  await screenshot(desk.page, 'restore-beside')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await chooseTheme(desk.page, 'Dark')
  await command(desk.page, 'Restore from recovery')
  await dialog.getByRole('textbox', { name: /^Recovery words/ }).fill(words)
  await dialog.getByRole('textbox', { name: /^Address of the relay/ }).fill(relay.url)
  await expect(async () => {
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(dialog.getByRole('status')).toContainText('One document is coming back.', { timeout: 5000 })
  }).toPass(ARRIVES)
  await expect(dialog.getByRole('status')).toContainText('If you no longer have one of your other computers')
  await screenshot(desk.page, 'restore-beside-done')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await documentList(desk.page).getByText('The harbour').first().click(ARRIVES)
  await expect(body(desk.page)).toContainText('It begins at low tide.', ARRIVES)
  await expect(body(desk.page)).toHaveAttribute('contenteditable', 'true', ARRIVES)

  await typeAtEnd(desk.page, 'Written at the desk. ')
  await expect(body(ana.page)).toContainText('Written at the desk.', ARRIVES)
  await typeAtEnd(ana.page, 'Written on the way. ')
  await expect(body(desk.page)).toContainText('Written on the way.', ARRIVES)
  await sameText([ana.page, desk.page])
  await expect(state(ana.page)).toContainText('Received by one device', ARRIVES)

  await ana.page.getByRole('button', { name: 'Share', exact: true }).click()
  const share = ana.page.getByRole('dialog', { name: /^Share/ })
  await expect(share.getByText('2 devices')).toBeVisible(ARRIVES)
  await share.getByRole('button', { name: /Role of Ana/ }).click()
  await screenshot(ana.page, 'share-own-menu')
  await ana.page.getByRole('menuitem', { name: 'Computers…' }).click()
  await expect(share.getByRole('list', { name: 'Your computers' })).toContainText('Writes as Ana at the desk')
  await screenshot(ana.page, 'share-computers')
  await ana.page.keyboard.press('Escape')
  await chooseTheme(ana.page, 'Dark')
  await ana.page.getByRole('button', { name: 'Share', exact: true }).click()
  await share.getByRole('button', { name: /Role of Ana/ }).click()
  await ana.page.getByRole('menuitem', { name: 'Computers…' }).click()
  await screenshot(ana.page, 'share-computers-dark')
  await share.getByRole('button', { name: 'Remove computer 2…' }).click()
  await screenshot(ana.page, 'share-computer-remove')
  await share.getByRole('button', { name: 'Remove computer 2', exact: true }).click()
  await expect(share.getByRole('list', { name: 'Your computers' }).getByRole('listitem')).toHaveCount(1, ARRIVES)
  await ana.page.keyboard.press('Escape')
  await typeAtEnd(ana.page, 'For one computer only. ')
  await saved(ana.page)
  await expect(state(ana.page)).toContainText('Sent to relay', ARRIVES)
  await typeAtEnd(desk.page, 'For nobody. ')
  await expect(state(desk.page)).toContainText('something is in the way', ARRIVES)
  await desk.page.getByRole('button', { name: 'Where these words are' }).click()
  await expect(desk.page.getByText('This computer is not in this document any more').first()).toBeVisible()
  await screenshot(desk.page, 'state-computer-removed')
  await desk.page.waitForTimeout(3000)
  expect(await bodyText(desk.page)).not.toContain('For one computer only.')
  expect(await bodyText(ana.page)).not.toContain('For nobody.')
})

test('SHARE-20: a page is put on a real y-websocket server from its own dialog, written in from both sides, and taken off', async ({
  come,
}) => {
  test.slow()
  const server = await RunningYjsServer.start()
  const guest = new RoomGuest(server.url, 'harbour room')
  try {
    const { page } = await come('Ana')
    await write(page, 'The harbour', 'It begins at low tide.')
    await command(page, 'Connect to a Yjs')
    const dialog = page.getByRole('dialog', { name: 'Connect to a Yjs server' })
    await expect(dialog.getByRole('note')).toContainText('Not encrypted')
    await dialog.getByRole('textbox', { name: 'Address of the server' }).fill(server.url)
    await dialog.getByRole('textbox', { name: /^Room/ }).fill('harbour room')
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog.getByText('This page is on a Yjs server.')).toBeVisible(ARRIVES)
    await expect(dialog.getByRole('status')).toContainText('Connected', ARRIVES)
    await screenshot(page, 'yjs-connected')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    const bar = page.getByRole('contentinfo')
    await expect(bar).toContainText('On a Yjs server, not encrypted')
    await expect.poll(() => guest.text, ARRIVES).toContain('It begins at low tide.')
    await expect.poll(() => guest.title, ARRIVES).toBe('The harbour')
    guest.write('The guest writes of the gulls.')
    await expect(body(page)).toContainText('The guest writes of the gulls.', ARRIVES)
    await typeAtEnd(page, ' Ana too.')
    await saved(page)
    await expect.poll(() => guest.text, ARRIVES).toContain('gulls. Ana too.')
    await page.getByRole('button', { name: 'Where these words are' }).click()
    await screenshot(page, 'state-yjs')
    await page.keyboard.press('Escape')
    await chooseTheme(page, 'Dark')
    await page.getByRole('button', { name: 'Where these words are' }).click()
    await screenshot(page, 'state-yjs-dark')
    await page.keyboard.press('Escape')

    await command(page, 'Connect to a Yjs')
    await dialog.getByRole('button', { name: 'Disconnect' }).click()
    await expect(dialog.getByRole('button', { name: 'Connect', exact: true })).toBeVisible(ARRIVES)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(bar).not.toContainText('not encrypted')
    await typeAtEnd(page, ' Only here.')
    await saved(page)
    guest.write('Only there.')
    await page.waitForTimeout(2000)
    expect(guest.text).not.toContain('Only here.')
    expect(await bodyText(page)).not.toContain('Only there.')
  } finally {
    guest.leave()
    await server.stop()
  }
})
