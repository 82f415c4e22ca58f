/** Two apps on two computers that a cable joins, or a router: no internet, no relay, nothing but their own network. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { MadeUpNetwork, type Namespace, whyNoNetworks } from '../proof/lan/namespaces.ts'
import { WireCapture } from '../proof/lan/wire-capture.ts'
import {
  appFolder,
  expect,
  makeProfile,
  type Profile,
  type RunningApp,
  screenshot,
  startApp,
  test as base,
} from './support/app.ts'
import { ARRIVES, ask, invite, join, sameText, typeAtEnd } from './support/company.ts'
import { body, ready, saved, state, write } from './support/page.ts'
import { makeRandom } from './support/random.ts'

const NEAR = { relay: null, lan: true }
const PROGRAM = path.resolve(import.meta.dirname, 'support/electron-on-computer.mjs')
/** Milliseconds within which a cable that is out or in again is noticed, on a busy machine. */
const NOTICED = { timeout: 90_000 }

interface Person {
  readonly page: Page
  /** The same person at the same computer, after the app was closed. */
  again(): Promise<Person>
}

const test = base.extend<{ network: MadeUpNetwork; sit: (name: string, computer: Namespace) => Promise<Person> }>({
  network: async ({}, use) => {
    const network = new MadeUpNetwork()
    await use(network)
    network.clear()
  },
  sit: async ({}, use) => {
    const apps = new Set<RunningApp>()
    const folders: string[] = []
    const start = async (name: string, computer: Namespace, profile: Profile): Promise<Person> => {
      const env = {
        SHEAF_COMPUTER: computer.name,
        SHEAF_HOST: `host-of-${name.toLowerCase()}`,
        SHEAF_ELECTRON: path.join(appFolder, 'node_modules/electron/dist/electron'),
        USER: `user-${name}`,
        LOGNAME: `user-${name}`,
      }
      const app = await startApp(profile, { program: PROGRAM, env })
      apps.add(app)
      await ready(app.page)
      const again = async () => {
        apps.delete(app)
        await app.quit()
        return start(name, computer, profile)
      }
      return { page: app.page, again }
    }
    await use(async (name, computer) => {
      const profile = await makeProfile()
      folders.push(profile.folder)
      const person = await start(name, computer, profile)
      await ask(person.page, 'settings.set', { displayName: name })
      return person
    })
    for (const app of apps) await app.quit()
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})
test.beforeEach(() => {
  const why = whyNoNetworks()
  test.skip(why !== null, why ?? '')
})

test('LAN-40: two apps on one cable write together, see each other’s carets, and outlive the cable', async ({
  network,
  sit,
}) => {
  test.setTimeout(300_000)
  const [a, b] = [network.computer('a'), network.computer('b')]
  network.cable({ at: a, card: 'eth0', address: '10.77.0.1/24' }, { at: b, card: 'eth0', address: '10.77.0.2/24' })
  const folder = await mkdtemp(path.join(tmpdir(), 'sheaf-wire-'))
  const wire = await WireCapture.begin(a, path.join(folder, 'wire'))
  const secrets = plantedWords(50)
  const [ana, ben] = [await sit('Ottoline', a), await sit('Fenwick', b)]
  await write(ana.page, 'Zanzibarine', secrets.slice(0, 20).join(' '))
  await join(ben.page, await invite(ana.page, NEAR, 1))
  await expect(body(ben.page)).toContainText(secrets[19] ?? '', ARRIVES)
  await Promise.all([
    typeAtEnd(ana.page, ` ${secrets.slice(20, 30).join(' ')}`),
    typeAtEnd(ben.page, ` ${secrets.slice(30, 40).join(' ')}`),
  ])
  const pages = [ana.page, ben.page]
  for (const page of pages) {
    await saved(page)
    for (const word of secrets.slice(0, 40)) await expect(body(page)).toContainText(word, ARRIVES)
  }
  await sameText(pages)
  for (const [page, other] of [
    [ana.page, 'Fenwick'],
    [ben.page, 'Ottoline'],
  ] as const) {
    const here = page.getByRole('list', { name: 'People here' })
    await expect(here.getByRole('listitem', { name: other })).toBeVisible(ARRIVES)
    await expect(page.locator('.presence__caret:visible')).toHaveCount(1, ARRIVES)
    await expect(state(page)).toHaveText('Saved · Received by one device', ARRIVES)
  }
  await screenshot(ana.page, 'two-computers')

  a.plug('eth0', false)
  b.plug('eth0', false)
  await typeAtEnd(ana.page, ` ${secrets.slice(40, 45).join(' ')}`)
  await typeAtEnd(ben.page, ` ${secrets.slice(45, 50).join(' ')}`)
  for (const page of pages) await expect(state(page)).toContainText('Offline: will send when connected', NOTICED)
  await expect(body(ben.page)).not.toContainText(secrets[44] ?? '')
  a.plug('eth0', true)
  b.plug('eth0', true)
  for (const page of pages) for (const word of secrets.slice(40)) await expect(body(page)).toContainText(word, NOTICED)
  await sameText(pages)

  const heard = await wire?.end()
  await rm(folder, { recursive: true })
  expect(heard?.includes('_sheaf')).not.toBe(false)
  const said = [...secrets, 'Zanzibarine', 'Ottoline', 'Fenwick', 'host-of-ottoline', 'user-Fenwick']
  expect(said.filter((secret) => heard?.includes(secret) === true)).toEqual([])
})

test('LAN-41: across a router, where nobody is found by themselves, the address one reads out is enough', async ({
  network,
  sit,
}) => {
  test.setTimeout(300_000)
  const [a, router, b] = [network.computer('a'), network.computer('r'), network.computer('b')]
  network.cable({ at: a, card: 'eth0', address: '10.77.0.1/24' }, { at: router, card: 'eth0', address: '10.77.0.9/24' })
  network.cable({ at: b, card: 'eth0', address: '10.78.0.2/24' }, { at: router, card: 'eth1', address: '10.78.0.9/24' })
  router.forward()
  a.route('default', '10.77.0.9')
  b.route('default', '10.78.0.9')
  const [ana, ben] = [await sit('Ana', a), await sit('Ben', b)]
  await write(ana.page, 'Apart', 'From here. ')
  // The link holds the address.
  await join(ben.page, await invite(ana.page, NEAR, 1))
  await expect(body(ben.page)).toContainText('From here.', NOTICED)

  // The router gives her another one.
  a.do('addr', 'del', '10.77.0.1/24', 'dev', 'eth0')
  a.do('addr', 'add', '10.77.0.5/24', 'dev', 'eth0')
  a.route('default', '10.77.0.9')
  await typeAtEnd(ben.page, 'And from there. ')
  await expect(state(ben.page)).toContainText('Offline: will send when connected', NOTICED)
  await ana.page.getByRole('button', { name: 'Share', exact: true }).click()
  const own = ana.page.getByText('Others find this computer at')
  await expect(own).toContainText('10.77.0.5:')
  const address = /10\.77\.0\.5:\d+/.exec((await own.textContent()) ?? '')?.[0] ?? ''
  await own.scrollIntoViewIfNeeded()
  await screenshot(ana.page, 'own-address')
  await ana.page.keyboard.press('Escape')
  await ben.page.getByRole('button', { name: 'Share', exact: true }).click()
  await ben.page.getByRole('textbox', { name: 'A computer’s address' }).fill(address)
  await ben.page.getByRole('button', { name: 'Look there' }).click()
  await ben.page.keyboard.press('Escape')
  await expect(body(ana.page)).toContainText('And from there.', NOTICED)
  await expect(state(ben.page)).toHaveText('Saved · Received by one device', NOTICED)

  // Both remember: she her port, he her address.
  const [anaAgain, benAgain] = [await ana.again(), await ben.again()]
  await expect(body(benAgain.page)).toContainText('And from there.')
  await typeAtEnd(benAgain.page, 'The next day.')
  await expect(body(anaAgain.page)).toContainText('The next day.', NOTICED)
})

/** Words nobody writes by chance. */
function plantedWords(count: number): string[] {
  const random = makeRandom()
  const letter = () => String.fromCharCode(97 + random.below(26))
  return Array.from({ length: count }, () => Array.from({ length: 10 }, letter).join(''))
}
