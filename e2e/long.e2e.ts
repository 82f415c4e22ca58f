/** A long document in the real window: only what is near the screen is laid out, and nobody notices. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, type Profile, type RunningApp, screenshot, test } from './support/app.ts'
import { sheaf } from './support/command-line.ts'
import { body, saved } from './support/page.ts'

/** Blocks of the book: chapters of 50 blocks, each with a numbered list of five at its end. */
const BLOCKS = 1500

function manuscript(): string {
  return Array.from({ length: BLOCKS }, (_, index) => {
    const within = index % 50
    if (within === 0) return `# Chapter ${index / 50 + 1}\n`
    if (within >= 45) return `${within - 44}. Item ${within - 44} of block ${index}${within === 49 ? '\n' : ''}`
    return `Block ${index} tells ${'of the river and of the road '.repeat((index % 4) + 1)}at length.\n`
  }).join('\n')
}

async function openBook(profile: Profile, start: () => Promise<RunningApp>): Promise<RunningApp> {
  const source = path.join(profile.folder, 'Book.md')
  await writeFile(source, manuscript())
  await sheaf('import', source, path.join(profile.library, 'Book.sheaf'))
  const app = await start()
  const { page } = app
  await page.getByRole('list', { name: 'Documents' }).getByText('Book').first().click()
  await expect(blocks(page)).toHaveCount(BLOCKS)
  return app
}

const blocks = (page: Page) => body(page).locator('> *')

/** The blocks that have boxes: the first and the last of each run, by index. */
function laidOut(page: Page): Promise<number[][]> {
  return body(page).evaluate((prose) => {
    const runs: number[][] = []
    Array.from(prose.children).forEach((block, index) => {
      if (getComputedStyle(block).display === 'none') return
      const last = runs.at(-1)
      if (last?.[1] === index - 1) last[1] = index
      else runs.push([index, index])
    })
    return runs
  })
}

/** The block at the middle of the screen, and where its top is. */
function inTheMiddle(page: Page): Promise<{ index: number; top: number; text: string }> {
  return body(page).evaluate((prose) => {
    const middle = innerHeight / 2
    const index = Array.from(prose.children).findIndex((block) => {
      const { top, bottom, height } = block.getBoundingClientRect()
      return height > 0 && top <= middle + 20 && bottom >= middle - 20
    })
    const block = prose.children[index]
    if (block === undefined) throw new Error('There is nothing in the middle of the screen.')
    return { index, top: block.getBoundingClientRect().top, text: block.textContent }
  })
}

test('LONG-1: only the blocks near the screen and near the caret are laid out', async ({ profile, start }) => {
  const { page } = await openBook(profile, start)
  const runs = await laidOut(page)
  expect(runs).toHaveLength(1)
  expect(runs[0]?.[0]).toBe(0)
  expect(runs[0]?.[1]).toBeLessThan(150)
  await body(page).locator('p').first().click()
  await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight / 2))
  await expect.poll(async () => (await laidOut(page)).length).toBe(2)
  const { index } = await inTheMiddle(page)
  expect(index).toBeGreaterThan(BLOCKS / 3)
  expect(index).toBeLessThan((BLOCKS * 2) / 3)
  await screenshot(page, 'long-middle')
})

test('LONG-2: one scrolls through all of it, block by block, and what is on the screen stays put', async ({
  profile,
  start,
}) => {
  const { page } = await openBook(profile, start)
  const seen = new Set<number>()
  for (let turn = 0; turn < 400 && !seen.has(BLOCKS - 1); turn++) {
    const shown = await page.locator('.scroller').evaluate(async (scroller) => {
      const prose = scroller.querySelector('.prose')
      if (prose === null) throw new Error('The window shows no page.')
      const { top, bottom, height } = scroller.getBoundingClientRect()
      const onScreen = () =>
        Array.from(prose.children, (block, index) => ({ index, box: block.getBoundingClientRect() })).filter(
          ({ box }) => box.height > 0 && box.bottom > top && box.top < bottom,
        )
      const before = new Map(onScreen().map(({ index, box }) => [index, box.top]))
      const from = scroller.scrollTop
      scroller.scrollTop += height * 0.9
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const after = onScreen()
      // What stayed on the screen went up by as much as the scroller went down, whatever was laid out meanwhile.
      const still = after.find(({ index }) => before.has(index))
      const drift = still === undefined ? 0 : (before.get(still.index) ?? 0) - still.box.top - height * 0.9
      return {
        indexes: [...before.keys(), ...after.map(({ index }) => index)],
        drift,
        moved: scroller.scrollTop !== from,
      }
    })
    for (const index of shown.indexes) seen.add(index)
    if (!shown.moved) break
    expect(Math.abs(shown.drift), `the page jumped at block ${shown.indexes[0]}`).toBeLessThan(
      shown.indexes.includes(BLOCKS - 1) ? Number.POSITIVE_INFINITY : 3,
    )
  }
  expect(Array.from({ length: BLOCKS }, (_, index) => index).filter((index) => !seen.has(index))).toEqual([])
})

test('LONG-3: Ctrl+End, Ctrl+Home and find reach what is far away, and one types there', async ({ profile, start }) => {
  const { page } = await openBook(profile, start)
  await body(page).locator('p').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' And so it ends.')
  await expect(blocks(page).last()).toContainText('And so it ends.')
  await expect(blocks(page).last()).toBeInViewport()
  await page.keyboard.press('Control+Home')
  await expect(blocks(page).first()).toBeInViewport()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('Block 1103 tells')
  await page.keyboard.press('Enter')
  await expect(blocks(page).nth(1103)).toBeInViewport()
  await page.keyboard.press('Escape')
  await page.keyboard.type('Here it says')
  await expect(blocks(page).nth(1103)).toContainText('Here it says of the river')
  await saved(page)
})

test('LONG-4: numbers of a list are right wherever the laid out part begins', async ({ profile, start }) => {
  const { page } = await openBook(profile, start)
  await body(page).locator('p').first().click()
  for (const chapter of [7, 23]) {
    // The caret brings boxes to a few blocks around it: the third item of five is where they begin.
    await page.keyboard.press('Control+f')
    await page.keyboard.press('Control+a')
    await page.keyboard.type(`of block ${chapter * 50 + 49}`)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0))
    await expect.poll(async () => (await laidOut(page)).length).toBe(2)
    const [first = -1] = (await laidOut(page))[1] ?? []
    expect(first).toBe(chapter * 50 + 46)
    const number = await blocks(page)
      .nth(first)
      .evaluate((block) => getComputedStyle(block).counterSet)
    expect(number).toMatch(/\bl0 2\b/)
  }
})

test('LONG-5: all of a long document is selected, copied and printed', async ({ profile, start }) => {
  const { page } = await openBook(profile, start)
  await body(page).locator('p').first().click()
  await page.keyboard.press('Control+a')
  const copied = await body(page).evaluate((prose) => {
    const data = new DataTransfer()
    prose.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
    return data.getData('text/plain')
  })
  expect(copied.match(/Block \d+ tells/g)).toHaveLength((BLOCKS / 50) * 44)
  await page.emulateMedia({ media: 'print' })
  expect(await laidOut(page)).toEqual([[0, BLOCKS - 1]])
})

test('LONG-6: when it can’t be saved, all its words can be copied, wherever they stand', async ({ profile, start }) => {
  const { electron, page, kill } = await openBook(profile, start)
  // From here on nothing can be written any more.
  await electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('sheaf:call')
    const error = { kind: 'disk-full', message: 'The disk is full.', data: {}, reference: 'r-1' }
    ipcMain.handle('sheaf:call', () => ({ ok: false, error }))
  })
  await blocks(page).nth(1).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' (not on any disk)')
  await page.getByRole('alert').getByRole('button', { name: 'Copy all text' }).click()
  const copied = () => electron.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toContain('(not on any disk)')
  const words = await copied()
  expect(words.startsWith('Book')).toBe(true)
  expect(words.match(/Block \d+ tells/g)).toHaveLength((BLOCKS / 50) * 44)
  await kill()
})
