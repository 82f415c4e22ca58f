/** The size of the whole window: keys, menu, palette and wheel, kept over a restart, with the caret in sight. */
import type { Page } from '@playwright/test'
import { expect, type RunningApp, screenshot, test } from './support/app.ts'
import { body, saved, write } from './support/page.ts'

/** What the shell says of each window, in percent. */
function zooms({ electron }: RunningApp): Promise<number[]> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => Math.round(webContents.getZoomFactor() * 100)),
  )
}

/** Whether the line with the caret is within what one sees of the page. */
function caretInSight(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const caret = getSelection()?.getRangeAt(0).getBoundingClientRect()
    const seen = document.querySelector('.scroller')?.getBoundingClientRect()
    return caret !== undefined && seen !== undefined && caret.top >= seen.top && caret.bottom <= seen.bottom
  })
}

test('MENU-11: keys, menu, palette and wheel zoom the window in steps', async ({ start }) => {
  const app = await start()
  const { page } = app
  await write(page, 'Tea', 'By the river.')
  await page.keyboard.press('Control+=')
  await expect.poll(() => zooms(app)).toEqual([110])
  await page.keyboard.press('Control++')
  await expect.poll(() => zooms(app)).toEqual([125])
  await screenshot(page, 'zoomed')
  await page.keyboard.press('Control+-')
  await expect.poll(() => zooms(app)).toEqual([110])
  await page.getByRole('button', { name: 'Actual size' }).click()
  await expect.poll(() => zooms(app)).toEqual([100])
  await app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('view.zoomIn')?.click())
  await expect.poll(() => zooms(app)).toEqual([110])
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zoom out')
  await page.keyboard.press('Enter')
  await expect.poll(() => zooms(app)).toEqual([100])
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.emit('zoom-changed', {}, 'in'),
  )
  await expect.poll(() => zooms(app)).toEqual([110])
  await page.keyboard.press('Control+0')
  await expect.poll(() => zooms(app)).toEqual([100])
})

test('MENU-12: every window has the zoom, after a restart too, and the caret stays in sight', async ({ start }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await write(page, 'A long walk', 'One')
  // Long enough that only what is near the screen is laid out.
  const lines = Array.from({ length: 1200 }, (_, line) => `Line ${line} of a long walk along the river.`).join('\n\n')
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), lines)
  await page.keyboard.press('Control+v')
  await expect(body(page)).toContainText('Line 1199')
  await saved(page)
  for (const key of ['Control+=', 'Control+=', 'Control+=', 'Control+-', 'Control+-', 'Control+-', 'Control+-']) {
    const [before] = await zooms(app)
    await page.keyboard.press(key)
    // All that is laid out is laid out anew.
    await expect.poll(async () => (await zooms(app))[0], { timeout: 30_000 }).not.toBe(before)
    await expect.poll(() => caretInSight(page), { timeout: 30_000 }).toBe(true)
  }
  await page.keyboard.type(' and home')
  await expect(body(page)).toContainText('river. and home')
  await saved(page)
  const opened = app.electron.waitForEvent('window')
  await page.keyboard.press('Control+Shift+n')
  await (await opened).locator('html[data-ready]').waitFor({ state: 'attached' })
  await expect.poll(() => zooms(app)).toEqual([90, 90])
  await app.quit()
  const again = await start()
  await again.page.locator('html[data-ready]').waitFor({ state: 'attached' })
  await expect.poll(async () => (await zooms(again))[0]).toBe(90)
})
