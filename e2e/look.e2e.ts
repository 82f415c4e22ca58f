/**
 * The look of the window: pictures in out/screenshots for people to judge, and axe-core, which must find nothing
 * serious in any of them.
 */
import type { Page } from '@playwright/test'
import { graveFindings, OF_PAGES } from './support/axe.ts'
import { expect, type RunningApp, screenshot, test } from './support/app.ts'
import { body, chooseTheme, documentList, library, ready, saved, write } from './support/page.ts'

const DOCUMENTS = [
  ['Letter to the water board', 'Dear Mr Fenn, thank you for letting me see the sheets of 1963.'],
  ['On leaving a line blank', 'The third rule is the one I admire. It would have been easy to draw the line on.'],
  ['A title as long as some people make them, with a subtitle about rivers under ice', 'All readings in metres.'],
  ['', 'Begin with the lamp, not the river. Bring the second book.'],
  ['Chapter two: the frost books', 'In frost the scale is furred with ice, and the reader scrapes it with a knife.'],
] as const

const PARAGRAPHS = [
  'For sixty-one years somebody walked down to Alder Bridge at eight in the morning, read a number off a painted post and wrote it in a book. Nobody was paid for it. The first book begins in March 1947, in the week after the great thaw, and the last ends in 2008, when a sensor the size of a thermos flask took over and the walking stopped.',
  'I have had the books on my table since October. There are nineteen of them, most bound in oilcloth, and they smell of paraffin. What I want from them is simple: a line on a graph. What they keep giving me instead is people.',
  'A reading looks like a fact, but it is closer to a decision. The water at the post is never still, so the reader watches it lift and drop a hand’s width and chooses the middle.',
]

async function resize({ electron }: RunningApp, width: number, height: number): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const)
}

/** Takes the picture, then lets axe-core look. */
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const moving = document.getAnimations().filter(({ timeline }) => timeline === document.timeline)
    await Promise.all(moving.map(({ finished }) => finished))
  })
  await screenshot(page, name)
  expect(await graveFindings(page, { without: OF_PAGES }), name).toEqual([])
}

test('the window is worth looking at, and axe-core finds nothing serious in it', async ({ start }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await ready(page)
  await resize(app, 1360, 860)
  await look(page, 'first-run')

  for (const [heading, text] of DOCUMENTS) await write(page, heading, text)
  await write(page, 'The gauge at Alder Bridge', ' ')
  await page.keyboard.press('Backspace')
  for (const paragraph of PARAGRAPHS) {
    await page.keyboard.insertText(paragraph)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type('## What a reading is')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1. Read at eight, summer and winter.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Write what you see.')
  await saved(page)
  await expect(documentList(page)).toContainText('For sixty-one years')
  await chooseTheme(page, 'Light')
  await look(page, 'light')
  await chooseTheme(page, 'Dark')
  await look(page, 'dark')
  await page.keyboard.press('Control+k')
  await look(page, 'palette-dark')
  await page.keyboard.press('Escape')
  await chooseTheme(page, 'Light')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('ex')
  await look(page, 'palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Shift+p')
  await page.keyboard.type('frost')
  await look(page, 'quick-open')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+,')
  await look(page, 'settings')
  await page.getByRole('tab', { name: 'Page' }).click()
  await look(page, 'settings-page')
  await page.getByRole('tab', { name: 'Shortcuts' }).click()
  await look(page, 'settings-shortcuts')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More' }).click()
  await look(page, 'more-menu')
  await page.keyboard.press('Escape')

  await library(page).getByRole('searchbox').fill('ice')
  await look(page, 'search')
  await library(page).getByRole('searchbox').press('Escape')

  await resize(app, 640, 760)
  await expect(library(page)).toHaveCount(0)
  await look(page, 'narrow')
  await page.getByRole('button', { name: 'Show library' }).click()
  await look(page, 'narrow-library')
  await page.keyboard.press('Escape')
  await resize(app, 1360, 860)

  await body(page).click()
  await page.keyboard.press('Control+End')
  for (let line = 0; line < 60; line++) {
    await page.keyboard.press('Enter')
    await page.keyboard.insertText(PARAGRAPHS[line % PARAGRAPHS.length] ?? '')
  }
  await saved(page)
  await look(page, 'long-document')

  await documentList(page)
    .getByRole('button', { name: /^Letter to the water board/ })
    .focus()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await library(page)
    .getByRole('button', { name: /^Trash/ })
    .click()
  await look(page, 'trash')
  await library(page)
    .getByRole('button', { name: /^All documents/ })
    .click()

  // From here on nothing can be written any more.
  await app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('sheaf:call')
    const error = { kind: 'disk-full', message: 'The disk is full.', data: {}, reference: 'r-1' }
    ipcMain.handle('sheaf:call', () => ({ ok: false, error }))
  })
  await body(page).click()
  await page.keyboard.type('!')
  await expect(page.getByRole('alert')).toContainText('The disk is full.')
  await look(page, 'not-saved')
  await app.kill()
})

test('an empty library says what it is for', async ({ start }) => {
  const app = await start()
  const { page } = app
  await ready(page)
  await resize(app, 1360, 860)
  const rows = documentList(page).getByRole('button')
  for (let left = await rows.count(); left > 0; left--) {
    await rows.first().focus()
    await page.keyboard.press('Delete')
    await expect(rows).toHaveCount(left - 1)
  }
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  for (const toast of await page.getByRole('button', { name: 'Dismiss' }).all()) await toast.click()
  await look(page, 'empty-library')
})
