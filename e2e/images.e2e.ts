/** Pictures in the real window: chosen, dropped, pasted, described, sized, and there again after a restart. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, screenshot, test } from './support/app.ts'
import { contentOf } from './support/command-line.ts'
import { body, saved, write } from './support/page.ts'

const PHOTO = path.resolve(import.meta.dirname, 'fixtures/photo-with-place.jpg')
const figure = (page: Page) => body(page).locator('figure')
const picture = (page: Page) => figure(page).locator('img')

/** Hands the page a file as a paste or a drop does. */
async function give(
  page: Page,
  way: 'paste' | 'drop',
  file: { name: string; type: string; bytes: number[] },
): Promise<void> {
  await body(page).evaluate(
    (prose, { way, name, type, bytes }) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(bytes)], name, { type }))
      const box = prose.getBoundingClientRect()
      const event =
        way === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', {
              dataTransfer: data,
              bubbles: true,
              cancelable: true,
              clientX: box.left + 20,
              clientY: box.top + 10,
            })
      prose.dispatchEvent(event)
    },
    { way, ...file },
  )
}

const photo = async () => ({ name: 'photo.jpg', type: 'image/jpeg', bytes: [...(await readFile(PHOTO))] })

/** Whether the picture's pixels are there. */
const isDrawn = (page: Page) =>
  expect
    .poll(() =>
      picture(page)
        .first()
        .evaluate((img) => (img as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(0)

test('IMAGE-4: a picture is chosen, captioned, described and sized, and all of it is there after a sudden end', async ({
  profile,
  start,
}) => {
  const first = await start()
  const { page } = first
  await write(page, 'Trip', 'We came to the bridge.')
  await page.keyboard.press('Enter')
  const chosen = page.waitForEvent('filechooser')
  await page.keyboard.type('/pict')
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(PHOTO)
  await isDrawn(page)
  await picture(page).click()
  const bar = page.getByRole('toolbar', { name: 'Picture' })
  await expect(bar).toBeVisible()
  await bar.getByRole('textbox').fill('A stone bridge over a river')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('img', { name: 'A stone bridge over a river' })).toBeVisible()
  const width = page.getByRole('slider', { name: 'Width of the picture' })
  await width.focus()
  const before = await picture(page).evaluate((img) => img.getBoundingClientRect().width)
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowLeft')
  await expect.poll(() => picture(page).evaluate((img) => img.getBoundingClientRect().width)).toBeLessThan(before - 40)
  await bar.getByRole('button', { name: 'At the left' }).click()
  await screenshot(page, 'image-selected')
  await figure(page).locator('figcaption').click()
  await page.keyboard.type('The old bridge')
  await saved(page)
  const size = await picture(page).evaluate((img) => img.getBoundingClientRect().width)
  await first.kill()

  const again = await start()
  await isDrawn(again.page)
  await expect(again.page.getByRole('img', { name: 'A stone bridge over a river' })).toBeVisible()
  await expect(figure(again.page)).toContainText('The old bridge')
  expect(await picture(again.page).evaluate((img) => img.getBoundingClientRect().width)).toBeCloseTo(size, 0)
  await screenshot(again.page, 'image')
  await again.page.emulateMedia({ colorScheme: 'dark' })
  await screenshot(again.page, 'image-dark')
  await again.quit()
  const { content } = await contentOf(path.join(profile.library, 'Trip.sheaf'))
  expect(JSON.stringify(content)).toContain('A stone bridge over a river')
})

test('IMAGE-5: what was dropped or pasted keeps its pixels and loses where it was taken', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Trip', 'Before.')
  expect(new TextDecoder('latin1').decode(Uint8Array.from((await photo()).bytes))).toContain('Exif')
  await give(page, 'paste', await photo())
  await isDrawn(page)
  await give(page, 'drop', await photo())
  await expect(figure(page)).toHaveCount(2)
  const addresses = await picture(page).evaluateAll((images) => images.map((img) => (img as HTMLImageElement).src))
  expect(new Set(addresses).size).toBe(1)
  const kept = await page.evaluate(async (src) => {
    const img = new Image()
    img.src = src
    await img.decode()
    return { width: img.naturalWidth, height: img.naturalHeight }
  }, addresses[0] ?? '')
  // The photograph lies on its side and says so in its Exif; what is kept stands upright without it.
  expect(kept).toEqual({ width: 240, height: 320 })
  await saved(page)
})

test('IMAGE-2: a drawing program in disguise, a broken picture and any other file are refused in words', async ({
  start,
}) => {
  const { page } = await start()
  await write(page, 'Traps', 'Safe words.')
  const svg = [...new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')]
  for (const [type, bytes] of [
    ['image/svg+xml', svg],
    ['image/png', svg],
    ['image/jpeg', (await photo()).bytes.slice(0, 40)],
  ] as const) {
    await give(page, 'paste', { name: 'trap', type, bytes })
    const notice = page.getByRole('region', { name: 'Notices' }).getByText('This is not a picture that Sheaf can show.')
    await expect(notice).toBeVisible()
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
  }
  await expect(figure(page)).toHaveCount(0)
  await expect(body(page)).toHaveText('Safe words.')
})

test('IMAGE-6: Undo takes a picture away and Redo brings it back', async ({ start }) => {
  const { page } = await start()
  await write(page, 'Trip', 'Words.')
  await page.waitForTimeout(600)
  await give(page, 'paste', await photo())
  await expect(figure(page)).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(figure(page)).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(figure(page)).toHaveCount(1)
  await isDrawn(page)
})

test('IMAGE-7: a picture copied into another document is kept there too, when the first one is gone', async ({
  start,
}) => {
  const first = await start()
  const { page } = first
  await write(page, 'Trip', 'Words.')
  await give(page, 'paste', await photo())
  await isDrawn(page)
  await saved(page)
  await picture(page).click()
  const html = await body(page).evaluate((prose) => {
    const data = new DataTransfer()
    prose.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
    return data.getData('text/html')
  })
  await write(page, 'Album', 'Pictures.')
  await body(page).evaluate((prose, html) => {
    const data = new DataTransfer()
    data.setData('text/html', html)
    data.setData('text/plain', '')
    prose.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, html)
  await isDrawn(page)
  await saved(page)
  await first.quit()
  const { page: again } = await start({ env: {} })
  await expect(figure(again)).toHaveCount(1)
  await isDrawn(again)
})
