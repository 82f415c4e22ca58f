/**
 * A key pressed in the real window, until the window says that it is durable: beside a bare synced write and an empty
 * round trip from a window to the main process.
 */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Bench } from './bench.ts'
import { withDisplay } from './display.ts'
import { type Line, ratioLine } from './line.ts'
import { quantile } from './quantile.ts'
import { type Round, ROUNDS } from './rounds.ts'
import { SheafProfile } from './sheaf-profile.ts'
import { typedDocument } from './typed-document.ts'

const KEYS = 60
/** Milliseconds between one thing and the next: each is done before. */
const PACE = 20

export const windowKeystroke: Bench = {
  name: 'window-keystroke',
  run: () => withDisplay(async (display) => [...(await measure(1, display)), ...(await measure(0.01, display))]),
}

async function measure(share: number, display: Readonly<Record<string, string>>): Promise<Line[]> {
  const profile = await SheafProfile.with(typedDocument('automerge-paper', { share }).content, display)
  const file = fs.openSync(path.join(profile.folder, 'raw'), 'a')
  const desktop = await profile.start()
  try {
    const { page } = desktop
    const body = page.getByRole('textbox', { name: 'Document body' })
    await body.getByText('a').first().waitFor()
    await body.press('Control+End')
    await watch(page)
    const rounds: Strokes[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const strokes = await press(page, file)
      if (round >= 0) rounds.push(strokes)
    }
    const ratios = (part: number, from: (key: Key) => number): Round<number>[] =>
      rounds.map(({ keys, trips, writes }) => ({
        ours: quantile(keys.map(from), part),
        theirs: quantile(trips, part) + quantile(writes, part),
      }))
    const facts = { unit: 'ms', against: 'fdatasync + empty round trip' } as const
    const where = share === 1 ? 'the paper' : 'a short document'
    const name = `window-keystroke${share === 1 ? '' : '-short'}`
    const all = (key: Key): number => key.saved
    const ownPart = (key: Key): number => key.saved - key.shown
    return [
      ratioLine(
        { ...facts, name: `${name}-p50`, what: `key to “saved”, ${where}, p50`, target: 1.5 },
        ratios(0.5, all),
      ),
      ratioLine(
        { ...facts, name: `${name}-p95`, what: `key to “saved”, ${where}, p95`, tolerance: 2.5 },
        ratios(0.95, all),
      ),
      ratioLine({ ...facts, name: `${name}-own`, what: `  letter on the page to “saved”, p50` }, ratios(0.5, ownPart)),
    ]
  } finally {
    await desktop.quit()
    fs.closeSync(file)
    profile.clear()
  }
}

/** Milliseconds from a key's going down until its letter was on the page, and until the window said "saved". */
interface Key {
  readonly shown: number
  readonly saved: number
}

declare global {
  /** What the page notes for us. */
  var benchKeys: Key[]
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.benchKeys = []
    let pressed = Number.NaN
    let shown = Number.NaN
    const state = document.querySelector('[data-save]')
    const body = document.querySelector('.ProseMirror')
    if (state === null || body === null) throw new Error('The window shows no document.')
    document.addEventListener(
      'keydown',
      () => {
        pressed = performance.now()
        shown = Number.NaN
      },
      true,
    )
    // The browser itself puts the letter there, before the editor hears of it.
    new MutationObserver(() => {
      if (Number.isNaN(shown)) shown = performance.now() - pressed
    }).observe(body, { subtree: true, characterData: true, childList: true })
    new MutationObserver(() => {
      if (state.getAttribute('data-save') !== 'saved' || Number.isNaN(pressed) || Number.isNaN(shown)) return
      globalThis.benchKeys.push({ shown, saved: performance.now() - pressed })
      pressed = Number.NaN
    }).observe(state, { attributes: true, attributeFilter: ['data-save'] })
  })
}

interface Strokes {
  readonly keys: readonly Key[]
  /** Milliseconds of an empty call from the page, and of a synced write, at the same pace: an idle machine is slow to wake. */
  readonly trips: readonly number[]
  readonly writes: readonly number[]
}

async function press(page: Page, file: number): Promise<Strokes> {
  await page.evaluate(() => (globalThis.benchKeys.length = 0))
  const trips: number[] = []
  const writes: number[] = []
  for (const letter of 'keys that are struck '.repeat(Math.ceil(KEYS / 21)).slice(0, KEYS)) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await setTimeout(PACE)
    trips.push(await roundTrip(page))
    await setTimeout(PACE)
    const start = performance.now()
    fs.writeSync(file, new Uint8Array(40))
    fs.fdatasyncSync(file)
    writes.push(performance.now() - start)
  }
  await page.waitForFunction((wanted) => globalThis.benchKeys.length >= wanted, KEYS / 2)
  return { keys: await page.evaluate(() => globalThis.benchKeys), trips, writes }
}

function roundTrip(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const bridge = (globalThis as unknown as { sheaf: { call(name: string): Promise<unknown> } }).sheaf
    const start = performance.now()
    await bridge.call('settings.get')
    return performance.now() - start
  })
}
