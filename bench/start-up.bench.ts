/** From the start of the program to a document on the screen: beside an empty window of the same Electron. */
import fs from 'node:fs'
import path from 'node:path'
import type { Bench } from './bench.ts'
import { Desktop } from './desktop.ts'
import { withDisplay } from './display.ts'
import { type Line, ratioLine } from './line.ts'
import { rounds } from './rounds.ts'
import { SheafProfile } from './sheaf-profile.ts'
import { typedDocument } from './typed-document.ts'

const EMPTY_MAIN = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1200, height: 800 }).loadFile('page.html'))
app.on('window-all-closed', () => app.quit())
`

export const startUp: Bench = {
  name: 'start-up',
  run: () => withDisplay(async (display) => [await measure(0.01, display), await measure(1, display)]),
}

async function measure(share: number, display: Readonly<Record<string, string>>): Promise<Line> {
  const profile = await SheafProfile.with(typedDocument('automerge-paper', { share }).content, display)
  try {
    const empty = path.join(profile.folder, 'empty')
    fs.mkdirSync(empty)
    fs.writeFileSync(path.join(empty, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }))
    fs.writeFileSync(path.join(empty, 'main.cjs'), EMPTY_MAIN)
    fs.writeFileSync(path.join(empty, 'page.html'), '<!doctype html><title>Empty</title><p>An empty window.</p>')
    const measured = await rounds(
      async () => shownAfter(await profile.start(), '.ProseMirror > *'),
      async () => shownAfter(await Desktop.start(empty, [`--user-data-dir=${empty}/profile`], display), 'p'),
    )
    return ratioLine(
      {
        name: share === 1 ? 'start-up-paper' : 'start-up',
        what: `start to ${share === 1 ? 'the paper' : 'a short document'} on the screen`,
        unit: 'ms',
        against: 'an empty window',
        ...(share === 1 ? {} : { target: 1.3 }),
      },
      measured,
    )
  } finally {
    profile.clear()
  }
}

/** Milliseconds from the start of the process until the text was painted, as the browser itself remembers it. */
async function shownAfter(desktop: Desktop, text: string): Promise<number> {
  try {
    const { page } = desktop
    await page.locator(text).first().waitFor()
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          // Told again of paints that were before anybody asked.
          new PerformanceObserver((list) => {
            const last = list.getEntries().at(-1)
            if (last !== undefined) resolve(performance.timeOrigin + last.startTime)
          }).observe({ type: 'largest-contentful-paint', buffered: true })
        }),
    )
    return painted - desktop.startedAt
  } finally {
    await desktop.quit()
  }
}
