/** Others on the page: their carets, names and selections, and the people at the top of the window. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, type Profile, type RunningApp, screenshot, test } from './support/app.ts'
import { graveFindings, OF_PAGES } from './support/axe.ts'
import { call } from './support/bridge.ts'
import { sheaf } from './support/command-line.ts'
import { openSecondWindow } from './support/second-window.ts'
import { body, bodyText, chooseTheme, ready, saved, write } from './support/page.ts'
import { documentCalled } from './support/system-dialogs.ts'
import { listenToWindows, type Peer, peer, placeNow, saidSoFar, type Said, tellOf } from './support/peers.ts'

const PHOTO = path.resolve(import.meta.dirname, 'fixtures/photo-with-place.jpg')
const people = (page: Page) => page.getByRole('list', { name: 'People here' })
const carets = (page: Page) => page.locator('.presence__caret:visible')
const frames = (page: Page) => page.locator('.presence__frame:visible')
const names = (page: Page) => page.locator('.presence__peer:is([data-moving], [data-hovered]) > .presence__name')

const MIXED = `For sixty-one years somebody walked down to Alder Bridge at eight in the morning, read a number off a painted post and wrote it in a book. Nobody was paid for it.

I have had the books on my table since October. There are nineteen of them, most bound in oilcloth, and they smell of paraffin. What I want from them is simple: a line on a graph. What they keep giving me instead is people.

## What a reading is

A reading looks like a fact, but it is closer to a decision. The water at the post is never still, so the reader watches it lift and drop a hand’s width and chooses the middle.

كل صباح كان أحدهم ينزل إلى الجسر ويقرأ رقماً عن عمود مطلي ثم يكتبه في دفتر.

- Read at eight, summer and winter.
  - Write what you see.

\`\`\`js
const height = read(post)
log.push(height) // in metres
\`\`\`

| Day     | Reader  | Height |
| ------- | ------- | ------ |
| 3 March | A. Fenn | 1.42   |
| 4 March | E. Marsh | 1.57  |

$$
h = \\frac{a + b}{2}
$$

Last line.
`

/** Opens a document made of Markdown, in a window of one size, and listens to what the window says. */
async function openMarkdown(
  { profile, start }: { readonly profile: Profile; readonly start: () => Promise<RunningApp> },
  markdown: string,
): Promise<{ electron: ElectronApplication; page: Page }> {
  const source = path.join(profile.folder, 'Together.md')
  await writeFile(source, markdown)
  await sheaf('import', source, path.join(profile.library, 'Together.sheaf'))
  const { electron, page } = await start()
  await ready(page)
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 900))
  await listenToWindows(electron)
  await page.getByRole('list', { name: 'Documents' }).getByText('Together').first().click()
  await expect(body(page).locator('> *').nth(3)).toBeAttached()
  return { electron, page }
}

/** Where the words are in everybody's terms: the caret goes there by find, and keys do the rest. */
async function placeAt(
  { electron, page }: { readonly electron: ElectronApplication; readonly page: Page },
  words: string,
  ...keys: readonly string[]
): Promise<Said> {
  await page.keyboard.press('Control+f')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  for (const key of keys) await page.keyboard.press(key)
  return placeNow(electron, page)
}

/** The same people, who all moved just now. */
async function moveAll(electron: ElectronApplication, documentId: string, peers: readonly Peer[]): Promise<void> {
  await tellOf(
    electron,
    documentId,
    peers.map((each) => ({ ...each, anchor: null, head: null })),
  )
  await tellOf(electron, documentId, peers)
}

/** Where each block of the page begins and how high it is. */
const lines = (page: Page) =>
  body(page).evaluate((prose) =>
    Array.from(prose.children, (block) => {
      const { top, left, height, width } = block.getBoundingClientRect()
      return [top, left, height, width].map(Math.round)
    }),
  )

/** The place of this window's own caret, as the browser says. */
const ownCaret = (page: Page) =>
  page.evaluate(() => {
    const selection = getSelection()
    if (selection === null || selection.rangeCount === 0) throw new Error('There is no caret.')
    const { left, top } = selection.getRangeAt(0).getBoundingClientRect()
    return { left, top }
  })

/** Where words of the page are on the screen: however they are cut into nodes, scrolled into the middle first. */
const boxOf = (page: Page, words: string) =>
  body(page).evaluate(async (prose, wanted) => {
    const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT)
    const pieces: { readonly node: Node; readonly from: number }[] = []
    let text = ''
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      pieces.push({ node, from: text.length })
      text += node.nodeValue ?? ''
    }
    const from = text.indexOf(wanted)
    if (from < 0) throw new Error(`The page does not say ${wanted}`)
    const edge = (at: number): [Node, number] => {
      const piece = pieces.findLast((each) => each.from < at) ?? pieces[0]
      if (piece === undefined) throw new Error('The page is empty.')
      return [piece.node, at - piece.from]
    }
    const range = document.createRange()
    range.setStart(...edge(from + 1))
    range.setEnd(...edge(from + wanted.length))
    range.startContainer.parentElement?.scrollIntoView({ block: 'center' })
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    const { left, right, top, bottom } = range.getBoundingClientRect()
    return { left, right, top, bottom }
  }, words)

type Edges = Awaited<ReturnType<typeof boxOf>>

const figure = (page: Page, color: number) => page.locator(`.presence__peer[data-person="${color + 1}"]`)

/** Waits until the only caret of a colour stands at one end of words, on their line. */
async function standsAt(page: Page, color: number, words: string, end: 'left' | 'right'): Promise<void> {
  await expect(async () => {
    const there = await boxOf(page, words)
    const caret = await figure(page, color).locator('.presence__caret:visible').boundingBox()
    expect(caret, words).not.toBeNull()
    expect(Math.abs((caret?.x ?? 0) + (caret?.width ?? 0) - there[end]), words).toBeLessThan(4)
    const middle = (caret?.y ?? 0) + (caret?.height ?? 0) / 2
    expect(middle > there.top && middle < there.bottom, words).toBe(true)
  }).toPass({ timeout: 20_000 })
}

/** Waits until the only frame of a colour stands around what `edges` says. */
async function framesOf(page: Page, color: number, edges: () => Promise<Edges>): Promise<void> {
  await expect(async () => {
    const wanted = await edges()
    const box = await figure(page, color).locator('.presence__frame:visible').boundingBox()
    expect(box).not.toBeNull()
    const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 }
    const off = [x - wanted.left, y - wanted.top, x + width - wanted.right, y + height - wanted.bottom]
    for (const each of off) expect(Math.abs(each)).toBeLessThan(2)
  }).toPass({ timeout: 20_000 })
}

/** The words that are washed in a colour. */
const washed = (page: Page, color: number) =>
  page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map((range) => range.toString()), `person-${color + 1}`)

/** What two elements of the page take up together, the first scrolled into the middle. */
const around = (page: Page, first: string, last: string) =>
  body(page).evaluate(
    async (prose, [one, other]) => {
      const elements = [prose.querySelector(one ?? ''), prose.querySelector(other ?? '')]
      elements[0]?.scrollIntoView({ block: 'center' })
      await new Promise((drawn) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      )
      const boxes = elements.flatMap((element) => (element === null ? [] : [element.getBoundingClientRect()]))
      return {
        left: Math.min(...boxes.map(({ left }) => left)),
        right: Math.max(...boxes.map(({ right }) => right)),
        top: Math.min(...boxes.map(({ top }) => top)),
        bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
      }
    },
    [first, last] as const,
  )

test('PRES-5: carets, selections, cells and pictures of others are drawn where they are, in any theme', async ({
  profile,
  start,
}) => {
  test.setTimeout(180_000)
  const app = await openMarkdown({ profile, start }, MIXED)
  const { electron, page } = app
  await placeAt(app, 'wrote it in a book.', 'ArrowRight', 'End', 'Enter')
  const chosen = page.waitForEvent('filechooser')
  await page.keyboard.type('/image')
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(PHOTO)
  await body(page).locator('figure img').click()
  const picture = await placeNow(electron, page)
  await page.keyboard.press('Control+End')
  await saved(page)
  const words = await placeAt(app, 'There are nineteen of them, most bound in oilcloth, and they smell of paraffin.')
  const arabic = await placeAt(app, 'ويقرأ رقماً')
  const code = await placeAt(app, 'read(post)', 'ArrowRight')
  const item = await placeAt(app, 'Write what', 'ArrowRight')
  const cells = await placeAt(app, '3 March', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown')
  const cell = await placeAt(app, 'E. Mar', 'ArrowRight')
  const formula = await placeAt(app, 'frac', 'ArrowRight')
  await placeAt(app, 'closer to a decision', 'ArrowRight')
  const mine = await placeNow(electron, page)
  const { documentId } = mine
  const all = [
    peer('Joaquim Prado', 0, words),
    peer('Adaeze Okafor', 1, arabic),
    peer('Ruth Marsh', 2, { ...item, idle: true }),
    peer('Cem', 3, picture),
    peer('Hana Vogel', 4, { ...cells, typing: true }),
    peer('Dora', 5, code),
    peer('Ben', 6, cell),
    peer('Nobody', 7, mine),
    peer('Fay', 0, formula),
  ]
  await moveAll(electron, documentId, all)
  await standsAt(page, 0, 'they smell of paraffin.', 'right')
  await standsAt(page, 1, 'ويقرأ رقماً', 'left')
  await standsAt(page, 2, 'Write what', 'right')
  await standsAt(page, 5, 'read(post)', 'right')
  await standsAt(page, 6, 'E. Mar', 'right')
  await standsAt(page, 7, 'closer to a decision', 'right')
  await framesOf(page, 3, () => around(page, '.image__frame', '.image__frame'))
  await framesOf(page, 4, () => around(page, 'tr:nth-child(2) > td', 'tr:nth-child(3) > td:nth-child(3)'))
  await framesOf(page, 0, () => around(page, '[data-kind="math"]', '[data-kind="math"]'))
  for (const color of [2, 3, 4, 5, 6, 7]) expect(await washed(page, color)).toEqual([])
  await boxOf(page, 'most bound in oilcloth')
  await expect
    .poll(() => washed(page, 0))
    .toEqual(['There are nineteen of them, most bound in oilcloth, and they smell of paraffin.'])
  await boxOf(page, 'ويقرأ')
  await expect.poll(() => washed(page, 1)).toEqual(['ويقرأ رقماً'])
  await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0))
  await moveAll(electron, documentId, all)
  // The picture: the cells of the table and the formula that is drawn here are further below.
  await expect(frames(page)).toHaveCount(1)
  await screenshot(page, 'presence-top-light')
  await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
  await moveAll(electron, documentId, all)
  await expect(frames(page)).toHaveCount(2)
  await expect.poll(() => carets(page).count()).toBeGreaterThan(1)
  await page.waitForTimeout(400)
  const drawn = async () => [await carets(page).count(), await frames(page).count()]
  const [atEnd] = await drawn()
  await screenshot(page, 'presence-end-light')
  expect(await graveFindings(page, { without: OF_PAGES })).toEqual([])
  await chooseTheme(page, 'Dark')
  await moveAll(electron, documentId, all)
  await page.waitForTimeout(400)
  await expect.poll(drawn).toEqual([atEnd, 2])
  await screenshot(page, 'presence-end-dark')
  await page.getByRole('button', { name: /^\+4 here/ }).click()
  await page.waitForTimeout(300)
  await screenshot(page, 'presence-more-dark')
  await page.keyboard.press('Escape')
  await chooseTheme(page, 'Light')
  await page.emulateMedia({ forcedColors: 'active' })
  await moveAll(electron, documentId, all)
  await page.waitForTimeout(400)
  await expect.poll(drawn).toEqual([atEnd, 2])
  await screenshot(page, 'presence-end-forced')
  await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0))
  await page.waitForTimeout(100)
  await screenshot(page, 'presence-top-forced')
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' })
  await moveAll(electron, documentId, all)
  await page.waitForTimeout(400)
  await screenshot(page, 'presence-top-contrast')
})

test('PRES-6: nothing that is drawn moves a line, takes the caret along, is copied or is read out', async ({
  profile,
  start,
}) => {
  const app = await openMarkdown({ profile, start }, MIXED)
  const { electron, page } = app
  const selection = await placeAt(
    app,
    'There are nineteen of them, most bound in oilcloth, and they smell of paraffin.',
  )
  const caret = await placeAt(app, 'wrote it', 'ArrowLeft')
  const mine = await placeAt(app, 'closer to a', 'ArrowRight')
  const before = { lines: await lines(page), caret: await ownCaret(page), html: await body(page).innerHTML() }
  await moveAll(electron, mine.documentId, [peer('Joaquim', 0, selection), peer('Adaeze', 1, caret)])
  await expect(carets(page)).toHaveCount(2)
  await page.waitForTimeout(300)
  expect(await lines(page)).toEqual(before.lines)
  expect(await ownCaret(page)).toEqual(before.caret)
  expect(await body(page).innerHTML()).toBe(before.html)
  expect(await page.locator('.page').ariaSnapshot()).not.toContain('Joaquim')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  const copied = await electron.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toContain('There are nineteen of them')
  expect(copied).not.toMatch(/Joaquim|Adaeze|presence/)
})

test('PRES-7: a name goes two seconds after its person moved, and comes back under the pointer', async ({ start }) => {
  const { electron, page } = await start()
  await listenToWindows(electron)
  await write(page, 'Names', 'One two three')
  const there = await placeNow(electron, page)
  await page.keyboard.press('Home')
  await tellOf(electron, there.documentId, [peer('Ana', 2, there)])
  await expect(names(page)).toHaveText(['Ana'])
  await expect(names(page)).toHaveCount(0)
  const box = await carets(page).boundingBox()
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 10)
  await page.mouse.move((box?.x ?? 0) + 3, (box?.y ?? 0) + 10, { steps: 5 })
  await expect(names(page)).toHaveText(['Ana'])
  await expect.poll(() => names(page).evaluate((name) => getComputedStyle(name).opacity)).toBe('1')
  await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 10, { steps: 5 })
  await expect(names(page)).toHaveCount(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const motion = await page.locator('.presence__name').evaluate((name) => getComputedStyle(name).transitionDuration)
  expect(motion).toBe('0s')
})

test('PRES-8: at one’s own place another’s caret stands beside it, and stays there while one types', async ({
  start,
}) => {
  const { electron, page } = await start()
  await listenToWindows(electron)
  await write(page, 'Side by side', 'One two three')
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft')
  const there = await placeNow(electron, page)
  await tellOf(electron, there.documentId, [peer('Ana', 0, there), peer('Ben', 4, there)])
  await expect(carets(page)).toHaveCount(2)
  const own = await ownCaret(page)
  const theirs = () => carets(page).evaluateAll((all) => all.map((each) => each.getBoundingClientRect()))
  for (const { right } of await theirs()) expect(right).toBeLessThanOrEqual(own.left)
  const [ana, ben] = await theirs()
  expect(ana?.left).not.toBe(ben?.left)
  await screenshot(page, 'presence-side-by-side')
  await page.keyboard.type('!!')
  await expect(body(page)).toContainText('One two!! three')
  const after = await theirs()
  expect(after.map(({ left }) => Math.abs(left - own.left) < 8)).toEqual([true, true])
  expect((await ownCaret(page)).left).toBeGreaterThan(own.left + 8)
})

test('PRES-9: in a long document only who is near is drawn, and one goes to the others without leaving one’s place', async ({
  profile,
  start,
}) => {
  test.setTimeout(120_000)
  const book = Array.from({ length: 1500 }, (_, index) => `Block ${index} tells of the river at length.`).join('\n\n')
  const app = await openMarkdown({ profile, start }, book)
  const { electron, page } = app
  const far = await placeAt(app, 'Block 1103 tells', 'ArrowRight')
  const near = await placeAt(app, 'Block 3 tells', 'ArrowRight')
  await placeAt(app, 'Block 1 tells', 'ArrowRight')
  await page.keyboard.type(' us')
  await tellOf(electron, far.documentId, [peer('Ana', 3, far), peer('Ben', 4, near)])
  await expect(carets(page)).toHaveCount(1)
  await expect(page.locator('.presence__peer')).toHaveCount(1)
  await people(page).getByRole('button', { name: 'Go to Ana' }).click()
  await expect(body(page).getByText('Block 1103 tells')).toBeInViewport()
  await expect(names(page)).toHaveText(['Ana'])
  const box = await carets(page).boundingBox()
  const line = await body(page).getByText('Block 1103 tells').boundingBox()
  expect(Math.abs((box?.y ?? 0) - (line?.y ?? 100))).toBeLessThan(12)
  await page.waitForTimeout(200)
  await screenshot(page, 'presence-long')
  await page.keyboard.type(' still')
  await expect(body(page).getByText('Block 1 tells us still of')).toBeInViewport()
  await saved(page)
})

test('PRES-1: a window says where its person is, at most five times a second, and when they are away', async ({
  start,
}) => {
  const { electron, page } = await start()
  await ready(page)
  await listenToWindows(electron)
  await write(page, 'Said', 'x')
  const before = (await saidSoFar(electron)).length
  const began = Date.now()
  await page.keyboard.type('Words that are typed one after the other, rather fast', { delay: 15 })
  await page.waitForTimeout(300)
  const said = (await saidSoFar(electron)).slice(before)
  expect(said.length).toBeLessThanOrEqual((Date.now() - began) / 200 + 2)
  expect(said.at(-1)).toMatchObject({ typing: true, idle: false })
  await expect.poll(async () => (await saidSoFar(electron)).at(-1)?.typing, { timeout: 10_000 }).toBe(false)
})

test('PRES-21: two windows on one shared document see each other’s caret, and no longer when one is gone', async ({
  start,
}) => {
  const { electron, page } = await start()
  await write(page, 'Two windows', 'From the first.')
  const documentId = await documentCalled(page, 'Two windows')
  const wish = { role: 'editor', uses: 1, hours: 24, approval: false }
  expect(await call(page, 'sharing.invite', documentId, wish)).toMatchObject({ ok: true })
  const second = await openSecondWindow(electron, page)
  await expect(body(second)).toContainText('From the first.')
  await body(second).click()
  await second.keyboard.press('Control+Home')
  await expect(carets(page)).toHaveCount(1)
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' And on.')
  await expect(body(second)).toContainText('From the first. And on.')
  await expect(carets(second)).toHaveCount(1)
  await expect(people(second).getByRole('listitem', { name: /, typing$/ })).toHaveCount(1)
  expect(await bodyText(page)).toBe(await bodyText(second))
  await second.close()
  await expect(carets(page)).toHaveCount(0)
  await expect(people(page)).toHaveCount(0)
})
