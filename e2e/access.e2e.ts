/**
 * The window for those who hear it, who use it by keyboard, and who need other colours: Chromium's accessibility tree
 * against golden files, a walk by keyboard, the size of targets, and axe-core in every colour scheme.
 */
import type { Page } from '@playwright/test'
import { graveFindings, OF_PAGES } from './support/axe.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, documentList, library, newDocument, ready, saved, title, write } from './support/page.ts'
import { spokenTree } from './support/spoken-tree.ts'

/** A document with one of everything that can be typed. */
async function writeEverything(page: Page): Promise<void> {
  await newDocument(page).click()
  await expect(body(page)).toHaveText('')
  await title(page).fill('One of everything')
  await body(page).click()
  const { keyboard } = page
  const enter = () => keyboard.press('Enter')
  await keyboard.type('## Readings')
  await enter()
  await keyboard.type('Plain words[^1]')
  await keyboard.type('as noted')
  await keyboard.press('Escape')
  await keyboard.type(' and $x^2$.')
  await enter()
  await keyboard.type('$$x + 1')
  await keyboard.press('Escape')
  await keyboard.type('- lamp')
  await enter()
  await keyboard.type('book')
  await enter()
  await keyboard.press('Tab')
  await keyboard.type('second book')
  await enter()
  await enter()
  await enter()
  await keyboard.type('1. read')
  await enter()
  await keyboard.type('write')
  await enter()
  await enter()
  await keyboard.type('[ ] rule the sheet')
  await enter()
  await keyboard.type('post it')
  await keyboard.press('Control+Enter')
  await enter()
  await enter()
  await keyboard.type('> as it was said')
  await enter()
  await enter()
  await keyboard.type('```')
  await keyboard.type('let a = 1')
  await keyboard.press('Control+Enter')
  await chosen(page, 'Callout')
  await keyboard.type('mind the ice')
  await enter()
  await enter()
  await chosen(page, 'Table')
  await keyboard.type('year')
  await keyboard.press('Tab')
  await keyboard.type('level')
  await saved(page)
}

async function chosen(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(command)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('ACCESS-2: what a screen reader is told of the page and of all that stands around it', async ({ start }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await ready(page)
  await writeEverything(page)
  await screenshot(page, 'everything')
  const items = await body(page)
    .getByRole('listitem')
    .evaluateAll((elements) =>
      elements.map((element) =>
        ['aria-level', 'aria-posinset', 'aria-setsize'].map((name) => element.getAttribute(name)).join('/'),
      ),
    )
  expect(items).toEqual(['1/1/2', '1/2/2', '2/1/1', '1/1/2', '1/2/2', '1/1/2', '1/2/2'])
  expect(await spokenTree(page, 'main')).toMatchSnapshot('page.txt')

  await write(page, 'Tea', 'By the river.')
  await expect(documentList(page)).toContainText('By the river.')
  expect(await spokenTree(page, 'navigation')).toMatchSnapshot('library.txt')

  await page.keyboard.press('Control+,')
  expect(await spokenTree(page, 'dialog')).toMatchSnapshot('settings.txt')
  await page.getByRole('tab', { name: 'Page' }).click()
  expect(await spokenTree(page, 'dialog')).toMatchSnapshot('settings-page.txt')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('export')
  expect(await spokenTree(page, 'dialog')).toMatchSnapshot('palette.txt')
  await page.keyboard.press('Escape')

  await body(page).click()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('river')
  await expect(page.getByRole('search', { name: 'Find' })).toContainText('1 of 1')
  expect(await spokenTree(page, 'search', 'Find')).toMatchSnapshot('find.txt')
  await page.keyboard.press('Escape')

  // From here on nothing can be written any more.
  await app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('sheaf:call')
    const error = { kind: 'disk-full', message: 'The disk is full.', data: {}, reference: 'r-1' }
    ipcMain.handle('sheaf:call', () => ({ ok: false, error }))
  })
  await page.keyboard.type('!')
  await expect(page.getByRole('alert')).toContainText('The disk is full.')
  expect(await spokenTree(page, 'region', 'Notices')).toMatchSnapshot('notices.txt')
  await app.kill()
})

test('ACCESS-3: F6 goes through every part of the window and back to where it began', async ({ start }) => {
  const { page } = await start()
  await ready(page)
  await write(page, 'Tea', 'By the river.')
  await page.keyboard.press('Control+Shift+O')
  await body(page).click()
  const here = () =>
    page.evaluate(() => {
      const active = document.activeElement
      const outline = active === null ? '' : getComputedStyle(active).outlineStyle
      const region = active?.closest('[data-region]')
      return { region: region?.getAttribute('aria-label') ?? '', seen: outline !== 'none' || active?.matches('.prose') }
    })
  const first = (await here()).region
  const regions = [first]
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('F6')
    const { region, seen } = await here()
    expect(seen, `the focus shows in ${region}`).toBe(true)
    if (region === first) break
    regions.push(region)
  }
  expect([...regions].sort()).toEqual(['Document', 'Document bar', 'Foot of the window', 'Library', 'Outline'])
})

test('ACCESS-4: every button is at least 24 pixels wide and high', async ({ start }) => {
  const { page } = await start()
  await ready(page)
  await writeEverything(page)
  const small = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button, [role="button"], [role="checkbox"], [role="radio"], [role="tab"], input',
        ),
      ]
        .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width}x${box.height}`),
    )
  expect(await small()).toEqual([])
  await page.keyboard.press('Control+,')
  await page.getByRole('radio', { name: 'Compact' }).click()
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    expect(await small()).toEqual([])
  }
  await page.keyboard.press('Escape')
  expect(await small()).toEqual([])
  await screenshot(page, 'compact')
  await page.keyboard.press('Control+f')
  expect(await small()).toEqual([])
})

test('ACCESS-5: axe-core finds nothing serious in light, dark and forced colours, dialogs open and narrow', async ({
  start,
}) => {
  test.setTimeout(120_000)
  const { page, electron } = await start()
  await ready(page)
  await writeEverything(page)
  for (const [name, media] of [
    ['light', { colorScheme: 'light', forcedColors: 'none' }],
    ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
    ['forced', { colorScheme: 'dark', forcedColors: 'active' }],
  ] as const) {
    await page.emulateMedia(media)
    await screenshot(page, `access-${name}`)
    expect(await graveFindings(page, { without: OF_PAGES }), name).toEqual([])
    await page.keyboard.press('Control+,')
    await screenshot(page, `access-settings-${name}`)
    expect(await graveFindings(page, { without: OF_PAGES }), `${name}, settings`).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+f')
    expect(await graveFindings(page, { without: OF_PAGES }), `${name}, find`).toEqual([])
    await page.keyboard.press('Escape')
  }
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 760))
  await expect(library(page)).toHaveCount(0)
  expect(await graveFindings(page, { without: OF_PAGES }), 'narrow').toEqual([])
})

test('LOOK-3: a chosen language is spoken by window and menu, outlives a restart, and a mirrored window is whole', async ({
  start,
}) => {
  test.setTimeout(120_000)
  const first = await start()
  await ready(first.page)
  await write(first.page, 'Tea', 'By the river.')
  await first.page.keyboard.press('Control+,')
  await first.page.getByRole('radio', { name: 'Deutsch' }).click()
  await expect(first.page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible()
  await screenshot(first.page, 'settings-german')
  await first.page.keyboard.press('Escape')
  const menu = () =>
    first.electron.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.map(({ label }) => label)
        .join(' '),
    )
  await expect.poll(menu).toContain('Datei Bearbeiten Ansicht')
  await expect(first.page.getByRole('textbox', { name: 'Text des Dokuments' })).toHaveText('By the river.')
  await screenshot(first.page, 'german')
  await first.page.getByRole('button', { name: 'Zuletzt geändert' }).click()
  await first.page.getByRole('menuitemradio', { name: 'Titel' }).click()
  await first.quit()

  const { page } = await start()
  await ready(page)
  await expect(page.getByRole('button', { name: 'Titel', exact: true })).toBeVisible()
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  const nav = await page.getByRole('navigation', { name: 'Bibliothek' }).boundingBox()
  const main = await page.getByRole('main').boundingBox()
  expect(nav && main && nav.x >= main.x + main.width - 1).toBe(true)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wide).toBe(false)
  await screenshot(page, 'mirrored')
})
