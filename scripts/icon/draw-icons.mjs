/**
 * Draws the pictures in build/ as the files that installers and the tray need, wherever a display is:
 * `npx electron scripts/icon/draw-icons.mjs`. Chromium is the drawing program, so that the picture is the one the app itself would show.
 */
import { app, BrowserWindow } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { ICNS_SIZES, ICO_SIZES, icnsFile, icoFile } from './icon-containers.mjs'

const build = path.resolve(import.meta.dirname, '../../build')
/** Linux wants one file for each size; macOS and Windows make theirs from the largest. */
const FILES = /** @type {[number, string][]} */ ([
  ...[16, 24, 32, 48, 64, 128, 256, 512].map((size) => [size, `icons/${size}x${size}.png`]),
  [1024, 'icon.png'],
])
/** For screens of one, one and a half, and two dots to a pixel. */
const TRAY_SIZES = [16, 24, 32]

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
  const window = new BrowserWindow({ show: false })
  await window.loadURL('data:text/html,<title>icons</title>')
  /** @param {string} svg @param {number} size @returns {Promise<Buffer>} */
  const png = async (svg, size) => {
    /** @type {string} */
    const url = await window.webContents.executeJavaScript(drawInPage(svg, size))
    return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  }
  const program = fs.readFileSync(path.join(build, 'icon.svg'), 'utf8')
  fs.mkdirSync(path.join(build, 'icons'), { recursive: true })
  for (const [size, file] of FILES) fs.writeFileSync(path.join(build, file), await png(program, size))

  const document = fs.readFileSync(path.join(build, 'document.svg'), 'utf8')
  /** @param {readonly number[]} sizes */
  const pictures = async (sizes) => {
    const drawn = []
    for (const size of sizes) drawn.push({ size, png: await png(document, size) })
    return drawn
  }
  fs.writeFileSync(path.join(build, 'document.ico'), icoFile(await pictures(ICO_SIZES)))
  fs.writeFileSync(path.join(build, 'document.icns'), icnsFile(await pictures(ICNS_SIZES)))

  for (const name of ['tray', 'template']) {
    const svg = fs.readFileSync(path.join(build, `tray/${name}.svg`), 'utf8')
    for (const size of TRAY_SIZES) fs.writeFileSync(path.join(build, `tray/${name}-${size}.png`), await png(svg, size))
  }
  app.quit()
}

void app.whenReady().then(draw)
