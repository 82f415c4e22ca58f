/**
 * Sharing as one sees it, in the real window: pictures of every state in out/screenshots, and axe-core over each. What
 * the main process answers about people, invites and ways is put in its place (support/sharing-double.ts).
 */
import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type { Page } from '@playwright/test'
import { graveFindings, OF_PAGES } from './support/axe.ts'
import {
  appArgs,
  appEnv,
  appFolder,
  expect,
  makeProfile,
  type RunningApp,
  screenshot,
  startApp,
  test,
} from './support/app.ts'
import { call } from './support/bridge.ts'
import { body, chooseTheme, ready, state, write } from './support/page.ts'
import { announce, answerSharing, askedOfDouble, shownDocument } from './support/sharing-double.ts'

const FINGERPRINT = '30142 88910 45327 60018 72459 11846 90233 57710 26654 83092 14487 69571'
const HOUR = 3_600_000

const devices = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: String(at), name: '', here: false, online: false }))

const person = (id: string, name: string, facts: object = {}) => ({
  id,
  name,
  role: 'editor',
  you: false,
  devices: devices(1),
  online: false,
  verified: false,
  color: 0,
  fingerprint: FINGERPRINT,
  ...facts,
})

const ALONE = {
  documentId: '',
  shared: false,
  role: 'owner',
  people: [],
  invites: [],
  requests: [],
  waiting: [],
  relay: null,
  lan: true,
}

const TOGETHER = {
  ...ALONE,
  shared: true,
  people: [
    person('a0', 'Hanne Vik', { role: 'owner', you: true, color: 4, devices: devices(2) }),
    person('b0', 'Joaquim Prado', { online: true, color: 0, verified: true, devices: devices(2) }),
    person('c0', 'Adaeze Obi', { online: true, color: 1 }),
    person('d0', 'Ruth Mercer', { role: 'commenter', color: 2 }),
    person('e0', 'Tove Lund', { role: 'reader', color: 3, devices: [] }),
  ],
  invites: [
    { id: 'i1', role: 'commenter', uses: 5, left: 3, expires: Date.now() + 40 * HOUR, approval: false },
    { id: 'i2', role: 'editor', uses: 1, left: 1, expires: Date.now() + 6 * HOUR, approval: true },
  ],
  relay: 'https://relay.example.org',
}

const ASKING = {
  ...TOGETHER,
  requests: [{ id: 'r1', name: 'Mikael Sund', role: 'editor', fingerprint: FINGERPRINT }],
  waiting: [
    {
      id: 'w1',
      author: 'Ben Hale',
      words: 'The second book has a pressed fern at the year’s end, and nobody knows who put it there.',
      reason: 'too-late',
    },
  ],
}

const way = (name: string, now: string, facts: object = {}) => ({
  way: name,
  state: now,
  problem: null,
  peers: 0,
  ...facts,
})
const sync = (ways: readonly object[], facts: object = {}) => ({
  documentId: '',
  ways,
  sent: false,
  received: 0,
  devices: 0,
  heardAt: null,
  ...facts,
})
const RECEIVED = sync([way('lan', 'connected', { peers: 2 }), way('relay', 'connected')], {
  sent: true,
  received: 2,
  devices: 3,
  heardAt: Date.now() - 60_000,
})
const OPEN_TOO = { ...RECEIVED, ways: [...RECEIVED.ways, way('yjs', 'connected', { peers: 1 })] }
const OFFLINE = sync([way('lan', 'looking'), way('relay', 'problem', { problem: 'offline' })], {
  devices: 3,
  heardAt: Date.now() - 2 * HOUR,
})
const REFUSED = sync([way('lan', 'off'), way('relay', 'problem', { problem: 'certificate' })], { devices: 3 })

async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const moving = document.getAnimations().filter(({ timeline, effect }) => {
      return timeline === document.timeline && effect?.getTiming().iterations !== Number.POSITIVE_INFINITY
    })
    await Promise.all(moving.map(({ finished }) => finished))
  })
  await screenshot(page, name)
  expect(await graveFindings(page, { without: OF_PAGES }), name).toEqual([])
}

function isOnNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal))
}

async function resize({ electron }: RunningApp, width: number, height: number): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const)
}

/** Invites as Sheaf writes them: for one network alone, another one, and over a relay as well. */
const LINK =
  'sheaf://i#AQAHDhUcIyoxOD9GTVRbYmlwd36FjJOaoaivtr3Ey9LZAQYLEBUaHyQpLjM4PUJHTFFWW2Blam90eX6DiI2Sl5wAAAERMTkyLjE2OC4xLjIwOjUwNTCQxSxt'
const OTHER_LINK =
  'sheaf://i#AQEGCxAVGh8kKS4zOD1CR0xRVltgZWpvdHl-g4iNkpecAAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK-2vcTL0tkAAAERMTkyLjE2OC4xLjIxOjUwNTBahWkU'
const INVITE =
  'https://relay.example.org/i#AQAHDhUcIyoxOD9GTVRbYmlwd36FjJOaoaivtr3Ey9LZAQYLEBUaHyQpLjM4PUJHTFFWW2Blam90eX6DiI2Sl5wZAGh0dHBzOi8vcmVsYXkuZXhhbXBsZS5vcmcBETE5Mi4xNjguMS4yMDo1MDUwp7pIrQ'

test('SHARE-41: the share dialog, its sheets and the state line can be looked at, light, dark and narrow', async ({
  start,
}) => {
  test.setTimeout(240_000)
  const app = await start()
  const { page, electron } = app
  await ready(page)
  await resize(app, 1280, 820)
  await answerSharing(electron, {
    'sharing.get': ALONE,
    'sync.get': sync([]),
    'sharing.setRole': TOGETHER,
    'sharing.remove': TOGETHER,
  })
  await write(page, 'The gauge at Alder Bridge', 'For sixty-one years somebody walked down to Alder Bridge at eight.')
  const documentId = await shownDocument(page, electron)
  const tell = async (sharing: object, synced: object) => {
    await answerSharing(electron, { 'sharing.get': sharing, 'sync.get': synced })
    await announce(electron, 'sharing.changed', { ...sharing, documentId })
    await announce(electron, 'sync.changed', { ...synced, documentId })
  }
  await expect(state(page)).toHaveText('Saved · Only on this computer')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share “The gauge at Alder Bridge”' })
  await expect(dialog).toBeVisible()
  await look(page, 'share-alone')
  await answerSharing(electron, { 'sharing.invite': { link: LINK, view: { ...TOGETHER, documentId } } })
  await dialog.getByRole('button', { name: 'Make link' }).click()
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  await expect(dialog.getByText('Copied')).toBeVisible()
  expect(await electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(LINK)
  await look(page, 'share-link')

  await tell(ASKING, RECEIVED)
  await look(page, 'share-asking')
  await tell(TOGETHER, RECEIVED)
  await expect(state(page)).toHaveText('Saved · Received by 2 devices')
  await dialog.getByRole('button', { name: 'Make another' }).click()
  await look(page, 'share-together')
  await page.getByRole('button', { name: /Role of Joaquim Prado/ }).click()
  await look(page, 'share-role-menu')
  await page.getByRole('menuitem', { name: 'Compare fingerprint…' }).click()
  await expect(page.getByRole('heading', { name: 'Fingerprint of Joaquim Prado' })).toBeFocused()
  await look(page, 'share-fingerprint')
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await page.getByRole('button', { name: /Role of Adaeze Obi/ }).click()
  await page.getByRole('menuitem', { name: 'Remove from this document…' }).click()
  await look(page, 'share-remove')
  await page.getByRole('button', { name: 'Remove Adaeze Obi' }).click()
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible()
  expect((await askedOfDouble(electron)).filter(([name]) => name === 'sharing.remove')).toEqual([
    ['sharing.remove', [documentId, 'c0']],
  ])
  await tell(TOGETHER, REFUSED)
  await look(page, 'share-refused')
  await page.keyboard.press('Escape')

  await expect(state(page)).toHaveText('Saved · Not sent: something is in the way')
  await look(page, 'state-blocked')
  await tell(TOGETHER, OFFLINE)
  await expect(state(page)).toHaveText('Saved · Offline: will send when connected')
  await page.getByRole('button', { name: 'Where these words are' }).click()
  await look(page, 'state-offline')
  await page.keyboard.press('Escape')
  await tell(ASKING, RECEIVED)
  await page.getByRole('button', { name: 'Where these words are' }).click()
  await look(page, 'state-received')
  await page.keyboard.press('Escape')

  // However good the news, it is said that the page lies open.
  await tell(ASKING, OPEN_TOO)
  await page.getByRole('button', { name: 'Where these words are' }).click()
  await look(page, 'state-open-too')
  await page.keyboard.press('Escape')
  await resize(app, 480, 700)
  for (const words of ['Saved', 'Not encrypted'])
    await expect(page.getByRole('contentinfo').getByText(words, { exact: true })).toBeInViewport({ ratio: 1 })
  await look(page, 'state-open-narrow')
  await resize(app, 1280, 820)

  await chooseTheme(page, 'Dark')
  await page.getByRole('button', { name: 'Where these words are' }).click()
  await look(page, 'state-open-dark')
  await page.keyboard.press('Escape')
  await tell(ASKING, RECEIVED)
  await answerSharing(electron, {
    'sharing.pairingCode': 'sheaf-pair:192.168.1.7:41234#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('button', { name: 'Show a code of this computer' }).click()
  await page.getByRole('textbox', { name: 'Code of this computer' }).scrollIntoViewIfNeeded()
  await look(page, 'share-asking-dark')
  await page.getByRole('button', { name: /Role of Joaquim Prado/ }).click()
  await page.getByRole('menuitem', { name: 'Compare fingerprint…' }).click()
  await look(page, 'share-fingerprint-dark')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Where these words are' }).click()
  await look(page, 'state-received-dark')
  await page.keyboard.press('Escape')
  await chooseTheme(page, 'Light')

  await resize(app, 640, 760)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await look(page, 'share-narrow')
  await page.keyboard.press('Escape')
  await expect(state(page)).toContainText('Received by 2 devices')
  await resize(app, 1280, 820)
  await call(page, 'settings.set', { language: 'de' })
  await page.getByRole('button', { name: 'Teilen', exact: true }).click()
  await tell(ASKING, REFUSED)
  await look(page, 'share-deutsch')
})

test('SHARE-41: joining, recovery words, Yjs servers and the settings can be looked at', async ({ start }) => {
  test.setTimeout(240_000)
  const app = await start()
  const { page, electron } = app
  await ready(page)
  await resize(app, 1280, 820)
  await answerSharing(electron, {
    'sharing.join': 'never',
    'recovery.words': 'river lamp stone meadow copper willow eight frost candle harbour amber ledger',
    'recovery.restore': { coming: 3, known: 0, newer: 0, refused: 0 },
  })
  const command = async (name: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
  }
  await write(page, 'Tea', 'By the river.')
  await command('Join a document')
  const dialog = page.getByRole('dialog', { name: 'Join a document' })
  await look(page, 'join-empty')
  const field = dialog.getByRole('textbox', { name: 'Invite link' })
  await field.fill('https://example.org/')
  await look(page, 'join-bad')
  await field.fill(INVITE)
  await look(page, 'join-before')
  expect(await askedOfDouble(electron)).toEqual([])
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
  await look(page, 'join-joining')
  await page.keyboard.press('Escape')
  for (const [name, answer] of [
    ['waiting', { kind: 'waiting' }],
    ['failed', { kind: 'failed', why: 'expired' }],
  ] as const) {
    await answerSharing(electron, { 'sharing.join': answer })
    await command('Join a document')
    await field.fill(INVITE)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('status')).toContainText(name === 'waiting' ? 'asked to be let in' : 'run out')
    await look(page, `join-${name}`)
    if (name === 'waiting') {
      await answerSharing(electron, { 'sharing.join': { kind: 'failed', why: 'relay-unreachable' } })
      await dialog.getByRole('button', { name: 'Ask again' }).click()
      await expect(dialog.getByRole('status')).toContainText('The last look did not get through: The relay does not')
      await look(page, 'join-waiting-trouble')
    }
    await page.keyboard.press('Escape')
  }

  await command('Recovery words')
  await look(page, 'recovery')
  await page.getByRole('button', { name: 'Show the words' }).click()
  await expect(page.getByRole('list', { name: 'Your recovery words' }).getByRole('listitem')).toHaveCount(12)
  await look(page, 'recovery-words')
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await look(page, 'recovery-check')
  await page.keyboard.press('Escape')

  await command('Restore from recovery')
  await look(page, 'restore')
  await page.keyboard.press('Escape')
  await command('Connect to a Yjs')
  await look(page, 'yjs')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Sharing' }).click()
  await look(page, 'settings-sharing')
  await page.keyboard.press('Escape')
  await chooseTheme(page, 'Dark')
  await command('Join a document')
  await field.fill(INVITE)
  await look(page, 'join-before-dark')
  await page.keyboard.press('Escape')
  await command('Connect to a Yjs')
  await look(page, 'yjs-dark')
})

test('SHARE-22: an invite link opened by the system or named on the command line asks first, in the one window', async ({
  start,
  profile,
}) => {
  const { page, electron } = await start({ args: [LINK] })
  await ready(page)
  const dialog = page.getByRole('dialog', { name: 'Join a document' })
  await expect(dialog.getByRole('textbox', { name: 'Invite link' })).toHaveValue(LINK)
  await answerSharing(electron, { 'sharing.join': { kind: 'failed', why: 'used-up' } })
  await look(page, 'join-link-came')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)
  await electron.evaluate(
    ({ app }, link) => void app.emit('open-url', { preventDefault: () => undefined }, link),
    OTHER_LINK,
  )
  await expect(dialog.getByRole('textbox', { name: 'Invite link' })).toHaveValue(OTHER_LINK)
  expect(await askedOfDouble(electron)).toEqual([])
  await page.keyboard.press('Escape')
  // What is no such link does nothing, and a second Sheaf hands its link over and ends.
  await electron.evaluate(({ app }) => void app.emit('open-url', { preventDefault: () => undefined }, 'sheaf://x#abc'))
  const second = spawnSync(electron.process().spawnfile, appArgs(profile, [LINK]), {
    cwd: appFolder,
    env: appEnv(profile),
    timeout: 60_000,
  })
  expect(second.status).toBe(0)
  await expect(dialog.getByRole('textbox', { name: 'Invite link' })).toHaveValue(LINK)
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('used as often as it may be')
  expect(await askedOfDouble(electron)).toEqual([['sharing.join', [LINK]]])
})

test('SHARE-11: the main process itself makes a link, lists it, and takes it back', async ({ start }) => {
  const app = await start()
  const { page } = app
  await ready(page)
  await resize(app, 1280, 820)
  await write(page, 'Tea', 'By the river.')
  await expect(state(page)).toHaveText('Saved · Only on this computer')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share “Tea”' })
  await expect(dialog.getByText(/Only you so far/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Make link' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Invite link' })).toHaveValue(/^sheaf:\/\/i#[A-Za-z0-9_-]{90,}$/)
  const invites = dialog.getByRole('list', { name: 'Open invites' }).getByRole('listitem')
  await expect(invites).toHaveCount(1)
  await look(page, 'share-real')
  await dialog.getByRole('button', { name: /^Take back/ }).click()
  await expect(invites).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(state(page)).toHaveText('Saved · Only on this computer')
})

test('SHARE-25: somebody on the same network comes in by the link, and the state line counts their device', async ({
  start,
}) => {
  test.skip(!isOnNetwork(), 'This computer is on no network at all.')
  test.setTimeout(180_000)
  const alice = await start()
  await ready(alice.page)
  await resize(alice, 1280, 820)
  await write(alice.page, 'Tea', 'By the river.')
  await alice.page.getByRole('button', { name: 'Share', exact: true }).click()
  await alice.page.getByRole('button', { name: 'Make link' }).click()
  const link = await alice.page.getByRole('textbox', { name: 'Invite link' }).inputValue()
  await alice.page.keyboard.press('Escape')

  const profile = await makeProfile()
  const bob = await startApp(profile)
  try {
    const { page } = bob
    await ready(page)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Join a document')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Join a document' })
    await dialog.getByRole('textbox', { name: 'Invite link' }).fill(link)
    await look(page, 'join-real')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Open' }).click({ timeout: 60_000 })
    await expect(body(page)).toContainText('By the river.', { timeout: 60_000 })
    await expect(state(alice.page)).toHaveText('Saved · Received by one device', { timeout: 60_000 })
    await body(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' With milk.')
    await expect(body(alice.page)).toContainText('With milk.', { timeout: 60_000 })
    await expect(state(page)).toHaveText('Saved · Received by one device', { timeout: 60_000 })
    await alice.page.getByRole('button', { name: 'Where these words are' }).click()
    await look(alice.page, 'state-real')
    await alice.page.keyboard.press('Escape')
    await alice.page.getByRole('button', { name: 'Share', exact: true }).click()
    await expect(alice.page.getByRole('list', { name: 'People', exact: true }).getByRole('listitem')).toHaveCount(2)
    await look(alice.page, 'share-real-two')
    // SHARE-28: what one shows, the other takes.
    await alice.page.getByRole('button', { name: 'Show a code of this computer' }).click()
    const shown = alice.page.getByRole('textbox', { name: 'Code of this computer' })
    await expect(shown).toHaveValue(/^sheaf-pair:[^#]+:\d+#[\w-]{43}$/)
    await shown.scrollIntoViewIfNeeded()
    await look(alice.page, 'share-code')
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    const typed = page.getByRole('textbox', { name: 'A computer’s address' })
    await typed.fill(await shown.inputValue())
    await typed.press('Enter')
    await expect(page.getByText(/^Looking at .+:\d+…$/)).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(page.getByText('Connected to one computer')).toBeVisible({ timeout: 30_000 })
  } finally {
    await bob.quit()
    await rm(profile.folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
