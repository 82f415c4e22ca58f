/** `--screenshot=FILE`: a picture of the first window once its page can be written in, for people without a screen. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../main/ports.ts'
import type { AppWindow } from './window.ts'

const LIMIT = 30_000
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
  const end = Date.now() + LIMIT
  while (Date.now() < end && !window.browser.isDestroyed()) {
    if (window.started && (await webContents.executeJavaScript(IS_READY))) break
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  }
  if (Date.now() >= end) logger.info('screenshot.without-editor')
  const picture = await webContents.capturePage()
  const target = path.resolve(file)
  await writeFile(target, picture.toPNG())
  process.stdout.write(`screenshot: ${target}\n`)
}
