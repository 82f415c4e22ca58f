/** `--screenshot=FILE`: a picture of the first window once its page can be written in, for people without a screen. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../../main/ports.ts'
import type { AppWindow } from './window.ts'

/** Milliseconds the page may take to start, and its editor to stand after that (an empty library has none). */
const START_LIMIT = 30_000
const EDITOR_LIMIT = 5000
const EVERY = 100

/** Asks the page whether its editor stands, its faces are loaded and two frames were drawn. */
const IS_READY = `(async () => {
  const body = document.querySelector('[role="textbox"][aria-label="Document body"]')
  if (!body) return false
  await document.fonts.ready
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  return true
})()`

/** Writes the picture and prints \`screenshot: FILE\`; when no editor comes up, the picture shows what is there. */
export async function takeScreenshot(window: AppWindow, file: string, logger: Logger): Promise<void> {
  const { webContents } = window.browser
  const isOpen = () => !window.browser.isDestroyed()
  const started = await within(START_LIMIT, async () => !isOpen() || window.started)
  const ready = await within(EDITOR_LIMIT, async () => !isOpen() || webContents.executeJavaScript(IS_READY))
  if (!started || !ready) logger.info('screenshot.without-editor')
  const picture = await webContents.capturePage()
  const target = path.resolve(file)
  await writeFile(target, picture.toPNG())
  process.stdout.write(`screenshot: ${target}\n`)
}

/** Asks until the answer is yes; false when it was not within so many milliseconds. */
async function within(limit: number, ask: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + limit
  while (!(await ask())) {
    if (Date.now() >= end) return false
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  }
  return true
}
