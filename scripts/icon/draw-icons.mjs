/**
 * Draws build/icon.svg as the PNG files that installers need: `npx electron scripts/icon/draw-icons.mjs`, wherever a
 * display is. Chromium is the drawing program, so that the picture is the one the app itself would show.
 */
import { app, BrowserWindow } from 'electron'
import fs from 'node:fs'
import path from 'node:path'

const build = path.resolve(import.meta.dirname, '../../build')
/** Linux wants one file for each size; macOS and Windows make theirs from the largest. */
const FILES = /** @type {[number, string][]} */ ([
  ...[16, 24, 32, 48, 64, 128, 256, 512].map((size) => [size, `icons/${size}x${size}.png`]),
  [1024, 'icon.png'],
])

/** Fills a canvas with the picture, in the page. @param {string} svg @param {number} size */
const drawInPage = (svg, size) => `(async () => {
  const image = new Image()
  image.src = 'data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}'
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = ${size}
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, ${size}, ${size})
  return canvas.toDataURL('image/png')
})()`

async function draw() {
  const svg = fs.readFileSync(path.join(build, 'icon.svg'), 'utf8')
  const window = new BrowserWindow({ show: false })
  await window.loadURL('data:text/html,<title>icons</title>')
  fs.mkdirSync(path.join(build, 'icons'), { recursive: true })
  for (const [size, file] of FILES) {
    /** @type {string} */
    const url = await window.webContents.executeJavaScript(drawInPage(svg, size))
    const png = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
    fs.writeFileSync(path.join(build, file), png)
  }
  app.quit()
}

void app.whenReady().then(draw)
