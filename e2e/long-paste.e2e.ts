/** Megabytes pasted in the real window, through the real clipboard: with progress, with a way out, beside others who write. */
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { openSecondWindow } from './support/second-window.ts'
import { expect, screenshot, test } from './support/app.ts'
import { body, bodyText, saved, write } from './support/page.ts'

// A trace would copy the whole page at every step.
test.use({ trace: 'off' })

const blocks = (page: Page, what: string): Locator => body(page).locator(`xpath=./*[${what}]`)
const pasting = (page: Page): Locator => page.getByRole('progressbar', { name: 'Pasting…' })

async function copy(
  electron: ElectronApplication,
  copied: { readonly html: string; readonly text: string },
): Promise<void> {
  await electron.evaluate(
    ({ clipboard }, data) => (clipboard as unknown as { write(data: object): void }).write(data),
    copied,
  )
}

/** About five million characters of a page on the web, in 21,000 blocks. */
function longPage(): string {
  const sentence =
    'The river ran <b>high</b> that spring, and <i>nobody</i> in the valley would cross it after dark, or so they say. '
  const block = (index: number) =>
    index % 20 === 0 ? `<h2>Part ${index}</h2>` : `<p class="story">${index}. ${sentence.repeat(2)}</p>`
  return Array.from({ length: 21_000 }, (_, index) => block(index)).join('\n')
}

test('PASTE-6: five megabytes come with progress, in one piece, and what others write meanwhile is kept', async ({
  start,
}) => {
  test.setTimeout(240_000)
  const { page, electron } = await start()
  await write(page, 'Flood', 'Theirs: ')
  const second = await openSecondWindow(electron, page)
  await expect(body(second)).toContainText('Theirs:')
  await body(second).click()
  await second.keyboard.press('Control+End')
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Mine.')
  await page.keyboard.press('Enter')
  await expect(body(second)).toContainText('Mine.')
  const html = longPage()
  expect(html.length).toBeGreaterThan(5_000_000)
  await copy(electron, { html, text: 'plain' })
  // The progress stands for a second or so: it is waited for before the key is pressed.
  const shown = pasting(page).waitFor({ timeout: 120_000 })
  await page.evaluate(() => {
    const marks = window as unknown as Record<string, number>
    document.addEventListener('paste', () => (marks['pasted'] = performance.now()), { capture: true, once: true })
  })
  await page.keyboard.press('Control+v')
  await shown
  await screenshot(page, 'paste-progress')
  await second.bringToFront()
  await body(second).click()
  await second.keyboard.press('Control+Home')
  await second.keyboard.press('End')
  await second.keyboard.type('the ferry sank.')
  await page.waitForFunction(() => document.querySelectorAll('.prose > *').length > 20_000, null, {
    timeout: 180_000,
    polling: 100,
  })
  const took = await page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        requestAnimationFrame(() =>
          resolve(performance.now() - ((window as unknown as Record<string, number>)['pasted'] ?? 0)),
        ),
      ),
  )
  test.info().annotations.push({ type: 'measured', description: `5 MB pasted in ${Math.round(took)} ms` })
  console.log(`5 MB pasted in ${Math.round(took)} ms`)
  await expect(pasting(page)).toHaveCount(0)
  await expect(blocks(page, '1')).toHaveText('Theirs: the ferry sank.', { timeout: 60_000 })
  await expect(blocks(page, '2')).toHaveText('Mine.')
  await expect(blocks(page, '3')).toHaveText('Part 0')
  await page.bringToFront()
  await body(page).focus()
  await page.keyboard.press('Control+z')
  await expect(blocks(page, 'true()')).toHaveText(['Theirs: the ferry sank.', 'Mine.', ''], { timeout: 120_000 })
})

test('PASTE-7: a long paste can be called off until it is on the page, and then nothing is there', async ({
  start,
}) => {
  test.setTimeout(120_000)
  const { page, electron } = await start()
  await write(page, 'Flood', 'Dry.')
  await copy(electron, { html: longPage(), text: 'plain' })
  // As soon as it is there: a person who looks for the button has a second or two.
  await page.evaluate(() => {
    new MutationObserver((_, watch) => {
      const button = document.querySelector<HTMLElement>('progress ~ button')
      if (button === null) return
      watch.disconnect()
      ;(window as unknown as Record<string, unknown>)['named'] = button.textContent
      button.click()
    }).observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.press('Control+v')
  await page.waitForFunction(() => 'named' in window, null, { timeout: 60_000 })
  expect(await page.evaluate(() => (window as unknown as Record<string, unknown>)['named'])).toBe('Cancel')
  await expect(pasting(page)).toHaveCount(0)
  await page.keyboard.type(' Still.')
  await expect(blocks(page, 'true()')).toHaveText('Dry. Still.')
  await saved(page)
  expect(await bodyText(page)).toBe('Dry. Still.')
})
