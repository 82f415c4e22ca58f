/** The packaged app as people get it, driven over the DevTools protocol: its fuses keep every other way in shut. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { listPackage } from '@electron/asar'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'

const dist = path.resolve(import.meta.dirname, '../dist')
/** Electron's fuse wire holds the characters 0 and 1. */
const ON = '1'
const OFF = '0'

/** The unpacked app's program, and its archive of scripts. */
function packagedApp(): { program: string; archive: string } {
  const folder = {
    linux: 'linux-unpacked',
    win32: 'win-unpacked',
    darwin: os.arch() === 'arm64' ? 'mac-arm64' : 'mac',
  }[process.platform as string]
  if (folder === undefined) throw new Error(`no package is made for ${process.platform}`)
  const at = (...parts: string[]) => path.join(dist, folder, ...parts)
  if (process.platform === 'darwin') {
    return { program: at('Sheaf.app/Contents/MacOS/Sheaf'), archive: at('Sheaf.app/Contents/Resources/app.asar') }
  }
  return { program: at(process.platform === 'win32' ? 'Sheaf.exe' : 'sheaf'), archive: at('resources/app.asar') }
}

interface Started {
  readonly app: ChildProcess
  readonly browser: Browser
  readonly page: Page
}

const running: ChildProcess[] = []
let folder: string

test.beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-packaged-'))
})
test.afterEach(async () => {
  await Promise.all(running.splice(0).map(kill))
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function start(): Promise<Started> {
  const root = process.getuid?.() === 0
  const args = [
    `--user-data-dir=${path.join(folder, 'data')}`,
    '--remote-debugging-port=0',
    ...(root ? ['--no-sandbox'] : []),
  ]
  const env = { ...process.env, SHEAF_LIBRARY: path.join(folder, 'library') }
  const app = spawn(packagedApp().program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  running.push(app)
  const browser = await chromium.connectOverCDP(await devToolsAddress(app))
  const context = browser.contexts()[0]
  if (!context) throw new Error('the app has no browser context')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  return { app, browser, page }
}

/** What Chromium prints once its DevTools port is open. */
function devToolsAddress(app: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    app.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const address = /DevTools listening on (ws:\S+)/.exec(output)?.[1]
      if (address !== undefined) resolve(address)
    })
    app.once('exit', (code) => reject(new Error(`the app ended with code ${code}:\n${output}`)))
    app.once('error', reject)
  })
}

async function kill(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return
  const ended = new Promise((resolve) => app.once('exit', resolve))
  app.kill('SIGKILL')
  await ended
}

test('HOUSE-6: a sentence typed into the packaged app survives its sudden end, in the window and as a file', async () => {
  const first = await start()
  await first.page.getByRole('button', { name: 'New document' }).first().click()
  await first.page.getByRole('textbox', { name: 'Document body' }).click()
  await first.page.keyboard.type('Packed and still here.')
  await expect(first.page.getByRole('textbox', { name: 'Document body' })).toContainText('Packed and still here.')
  await expect(first.page.getByRole('status', { name: 'Document state' })).toContainText('Saved')
  // Lets go of the app first: what Playwright still asks of a page that was killed counts as a failure of the test.
  await first.browser.close()
  await kill(first.app)

  const second = await start()
  await expect(second.page.getByRole('textbox', { name: 'Document body' })).toContainText('Packed and still here.')
  const library = path.join(folder, 'library')
  await expect.poll(() => fs.readdirSync(library).filter((name) => name.endsWith('.sheaf'))).not.toEqual([])
})

test('HOUSE-7: the packaged app’s fuses shut every way to run other code in it', async () => {
  const wire = await getCurrentFuseWire(packagedApp().program)
  const state = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse]))
  expect(state(FuseV1Options.RunAsNode)).toBe(OFF)
  expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(OFF)
  expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe(OFF)
  expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(OFF)
  expect(state(FuseV1Options.EnableCookieEncryption)).toBe(ON)
  expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(ON)
  expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(ON)
})

test('HOUSE-8: the package holds neither sources nor source maps nor tools', () => {
  const files = listPackage(packagedApp().archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  expect(files.filter((file) => /\.(ts|tsx|map|cc|gyp)$|\.test\.|\/node_modules\/node-/.test(file))).toEqual([])
  expect(files).toContain('/out/app/desktop.js')
})
