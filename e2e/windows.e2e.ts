/** Windows: several on one document, one process for all, and everything where it was at the next start. */
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ElectronApplication } from '@playwright/test'
import { openSecondWindow } from './support/second-window.ts'
import { appArgs, appEnv, appFolder, expect, type Profile, screenshot, test } from './support/app.ts'
import { body, bodyText, library, saved, state, title, write } from './support/page.ts'

/** Starts the app once more on the same profile; resolves when that second process has ended. */
function startAgain(profile: Profile, args: readonly string[]): Promise<void> {
  const program = createRequire(import.meta.url)('electron') as string
  const child = spawn(program, appArgs(profile, args), { cwd: appFolder, env: appEnv(profile), stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('exit', () => resolve())
    child.once('error', reject)
  })
}

const windowCount = (electron: ElectronApplication): Promise<number> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('WRITE-21: two windows on one document stay in step, letter by letter', async ({ start }) => {
  const { electron, page } = await start()
  await write(page, 'Two windows', 'From the first. ')
  const second = await openSecondWindow(electron, page)
  await expect(body(second)).toContainText('From the first.')
  await body(second).click()
  await second.keyboard.press('Control+End')
  await second.keyboard.type('From the second.')
  await expect(body(page)).toContainText('From the first. From the second.')
  await body(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('And back. ')
  await expect(body(second)).toContainText('And back. From the first. From the second.')
  await saved(page)
  await saved(second)
  expect(await bodyText(page)).toBe(await bodyText(second))
  await title(second).fill('One title')
  await expect(title(page)).toHaveValue('One title')
  await screenshot(second, 'two-windows')
})

test('WRITE-21: a window that closes leaves the other one working', async ({ start }) => {
  const { electron, page } = await start()
  await write(page, 'Kept', 'One. ')
  const second = await openSecondWindow(electron, page)
  await expect(body(second)).toContainText('One.')
  const gone = page.waitForEvent('close')
  await electron.evaluate(({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id)
    first?.close()
  })
  await gone
  await body(second).click()
  await second.keyboard.press('Control+End')
  await second.keyboard.type('Two.')
  await expect(body(second)).toContainText('One. Two.')
  await saved(second)
})

test('LIB-40: a second start shows the running app and opens its files there', async ({ start, profile }) => {
  const { electron, page } = await start()
  await write(page, 'Opened elsewhere', 'A file of its own.')
  await expect.poll(() => readdir(profile.library)).toContain('Opened elsewhere.sheaf')
  await write(page, 'Another', 'Something else.')
  await startAgain(profile, [path.join(profile.library, 'Opened elsewhere.sheaf')])
  await expect(title(page)).toHaveValue('Opened elsewhere')
  expect(await windowCount(electron)).toBe(1)
  await startAgain(profile, [])
  expect(await windowCount(electron)).toBe(1)
})

test('KEEP-63: the last document comes back at the next start, in a window of the same size and place', async ({
  start,
}) => {
  const first = await start()
  await write(first.page, 'Come back', 'I was here.')
  const bounds = { x: 60, y: 50, width: 900, height: 640 }
  await first.electron.evaluate(
    ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
    bounds,
  )
  await first.quit()
  const again = await start()
  await expect(title(again.page)).toHaveValue('Come back')
  await expect(body(again.page)).toContainText('I was here.')
  const found = await again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(found).toMatchObject({ width: bounds.width, height: bounds.height })
})

test('KEEP-63: all windows of the last run come back, also after a sudden end', async ({ start }) => {
  const first = await start()
  await write(first.page, 'Twice open', 'Here.')
  const second = await openSecondWindow(first.electron, first.page)
  await expect(body(second)).toContainText('Here.')
  await expect.poll(() => windowCount(first.electron)).toBe(2)
  await first.kill()
  const again = await start()
  await expect.poll(() => windowCount(again.electron)).toBe(2)
  await expect.poll(() => again.electron.windows().length).toBe(2)
  for (const page of again.electron.windows()) await expect(body(page)).toContainText('Here.')
})

test('KEEP-64: a page whose process dies is loaded again with everything it had saved', async ({ start }) => {
  const { electron, page } = await start()
  await write(page, 'Survivor', 'Still here.')
  await electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('The window must stand')
    const loaded = new Promise<void>((resolve) => contents.once('did-finish-load', () => resolve()))
    contents.forcefullyCrashRenderer()
    await loaded
  })
  await expect
    .poll(() =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `document.querySelector('[aria-label="Document body"]')?.textContent ?? ''`,
        ),
      ),
    )
    .toContain('Still here.')
})

test('KEEP-65: what was typed just before the window closes is saved', async ({ start }) => {
  const first = await start()
  await write(first.page, 'Last words', 'Begun. ')
  await first.page.keyboard.type('Ended in a hurry.')
  await first.quit()
  const again = await start()
  await expect(body(again.page)).toContainText('Begun. Ended in a hurry.')
})

test('KEEP-66: a window that can not save asks before it closes, and stays if the person wants it to', async ({
  start,
}) => {
  const { electron, page } = await start()
  await write(page, 'Stuck', 'Text.')
  await electron.evaluate(({ dialog }) => {
    const world = globalThis as unknown as { asked: number; answer: number }
    world.asked = 0
    world.answer = 0
    dialog.showMessageBox = () => {
      world.asked++
      return Promise.resolve({ response: world.answer, checkboxChecked: false })
    }
  })
  const asked = () => electron.evaluate(() => (globalThis as unknown as { asked: number }).asked)
  // A page that hangs answers nothing.
  await page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    })
  })
  const answered = page.evaluate(() => true).catch(() => false)
  expect(await Promise.race([answered, pause(500, 'nothing')])).toBe('nothing')
  const close = () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await close()
  await expect.poll(asked).toBe(1)
  expect(await windowCount(electron)).toBe(1)
  await electron.evaluate(() => {
    ;(globalThis as unknown as { answer: number }).answer = 1
  })
  await close()
  await new Promise<void>((resolve) => {
    if (electron.process().exitCode !== null) resolve()
    else electron.process().once('exit', () => resolve())
  })
})

test('the window is named after its document, and the state line is there', async ({ start }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  await write(page, 'A name', 'Text.')
  await expect
    .poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()))
    .toContain('A name')
  await expect(state(page)).toContainText('Saved')
})

test('the native menu offers the usual commands under the usual keys', async ({ start }) => {
  const { electron, page } = await start()
  await library(page).waitFor()
  const menu = await electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).map((item) => ({
      label: item.label,
      items: (item.submenu?.items ?? []).map((each) => each.label),
    })),
  )
  expect(menu.map((each) => each.label)).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Window', 'Help']))
  expect(menu.find((each) => each.label === 'File')?.items).toEqual(
    expect.arrayContaining([
      'New document',
      'Open…',
      'Open recent',
      'Rename…',
      'Move to trash',
      'Import…',
      'Export…',
      'Print…',
    ]),
  )
  await electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('document.new')?.click())
  await expect(body(page)).toHaveText('')
})
