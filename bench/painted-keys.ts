/** Keys struck in a window's page, each timed until the frame with its letter is painted. */
import { setTimeout } from 'node:timers/promises'
import type { Page } from '@playwright/test'

/** Keys of one round. */
const KEYS = 40
/** Milliseconds from one key to the next: a fast typist's. */
const PACE = 60

/** Puts the caret into the block in the middle, as somebody does who scrolls there and clicks. */
export async function enterMiddle(page: Page): Promise<void> {
  const place = await page.evaluate(async () => {
    const body = document.querySelector('.ProseMirror')
    let scroller = body?.parentElement
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
    const scrolled = scroller ?? document.documentElement
    scrolled.scrollTop = scrolled.scrollHeight / 2
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const block = Array.from(document.querySelectorAll('.ProseMirror > p')).find(
      (each) => each.getBoundingClientRect().top > innerHeight / 3,
    )
    if (block === undefined) throw new Error('The page shows no paragraphs.')
    const { left, top, height } = block.getBoundingClientRect()
    return { x: left + 20, y: top + height / 2 }
  })
  await page.mouse.click(place.x, place.y)
  await page.evaluate(watchKeys)
}

declare global {
  /** Milliseconds from each key until its frame was painted. */
  var benchPaints: number[]
}

function watchKeys(): void {
  globalThis.benchPaints = []
  document.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        // A message sent within a frame is read after it is painted.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => globalThis.benchPaints.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    },
    true,
  )
}

/** Strikes keys on the page. Answers milliseconds until each was painted. */
export async function press(page: Page): Promise<number[]> {
  await page.bringToFront()
  await page.evaluate(() => (globalThis.benchPaints.length = 0))
  for (const letter of 'keys that are struck '.repeat(Math.ceil(KEYS / 21)).slice(0, KEYS)) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await setTimeout(PACE)
  }
  await page.waitForFunction((wanted) => globalThis.benchPaints.length >= wanted, KEYS)
  return page.evaluate(() => globalThis.benchPaints)
}
