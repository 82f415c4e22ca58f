/**
 * A key pressed in the middle of a long document, until the frame with its letter is painted: beside ProseMirror alone
 * in the same Electron. Both paint as soon as they can, not at the screen's next turn, so that only work is measured.
 */
import type { Page } from '@playwright/test'
import { BareProseMirror } from './bare-prosemirror.ts'
import type { Bench } from './bench.ts'
import type { Desktop } from './desktop.ts'
import { withDisplay } from './display.ts'
import { figureLine, type Line, ratioLine } from './line.ts'
import { longDocument, longShape } from './long-document.ts'
import { enterMiddle, press } from './painted-keys.ts'
import { quantile } from './quantile.ts'
import { SheafProfile } from './sheaf-profile.ts'

const SIZES = [1_000, 50_000, 200_000] as const
/** Pairs of rounds; in each, both windows get as many keys. */
const PAIRS = 5
const SWITCHES = ['--disable-gpu-vsync', '--disable-frame-rate-limit'] as const

export const keyToPaint: Bench = {
  name: 'key-to-paint',
  run: () =>
    withDisplay(async (display) => {
      const lines: Line[] = []
      for (const words of SIZES) lines.push(...(await measure(words, display)))
      return lines
    }),
}

async function measure(words: number, display: Readonly<Record<string, string>>): Promise<Line[]> {
  const profile = await SheafProfile.with(longDocument(words), display)
  const bare = await BareProseMirror.with(longShape(words))
  const ours = await profile.start(SWITCHES)
  const theirs = await bare.start(display, SWITCHES)
  try {
    const opened = await readyAfter(ours)
    const drawn = await readyAfter(theirs)
    for (const { page } of [ours, theirs]) await enterMiddle(page)
    const strokes: { ours: number[]; theirs: number[] }[] = []
    for (let pair = -1; pair < PAIRS; pair++) {
      const first = await press(pair % 2 === 0 ? ours.page : theirs.page)
      const second = await press(pair % 2 === 0 ? theirs.page : ours.page)
      if (pair >= 0) strokes.push(pair % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first })
    }
    const size = `${words / 1000}k words`
    const name = `key-to-paint-${words / 1000}k`
    const ratios = (share: number) =>
      strokes.map((round) => ({ ours: quantile(round.ours, share), theirs: quantile(round.theirs, share) }))
    const facts = { unit: 'ms', against: 'bare ProseMirror' } as const
    return [
      ratioLine({ ...facts, name: `${name}-p50`, what: `key to paint, ${size}, p50` }, ratios(0.5)),
      ratioLine({ ...facts, name: `${name}-p95`, what: `key to paint, ${size}, p95`, target: 1.5 }, ratios(0.95)),
      ratioLine({ ...facts, name: `${name}-p99`, what: `key to paint, ${size}, p99`, tolerance: 2.5 }, ratios(0.99)),
      ratioLine({ ...facts, name: `open-${words / 1000}k`, what: `start to text, ${size}` }, [
        { ours: opened, theirs: drawn },
      ]),
      figureLine({ name: `memory-${words / 1000}k`, what: `window’s heap, ${size}`, unit: 'MB' }, [
        await heap(ours.page),
      ]),
    ]
  } finally {
    await ours.quit()
    await theirs.quit()
    profile.clear()
    bare.clear()
  }
}

/** Milliseconds from the start of the process until the text stands in the page. */
async function readyAfter({ page, startedAt }: Desktop): Promise<number> {
  await page.locator('.ProseMirror > *').first().waitFor()
  return Date.now() - startedAt
}

/** Megabytes of the page's JavaScript heap after a collection. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 2 ** 20
}
