/**
 * `npm start`: builds Sheaf and opens it, from a fresh clone on. Arguments after `--` go to the app.
 * Without a screen it opens on a virtual one and writes a picture of its window to out/sheaf-window.png.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import process from 'node:process'
import readline from 'node:readline'
import { buildApp, buildCommandLine } from './setup/build.mjs'
import { openDisplay } from './setup/display.mjs'
import { Failure, runScript } from './setup/failure.mjs'
import { prepare } from './setup/prepare.mjs'
import { say } from './setup/progress.mjs'
import { inProject, root } from './setup/project.mjs'
import { sandboxSwitches } from './setup/sandbox.mjs'

const PICTURE = inProject('out', 'sheaf-window.png')
/** @typedef {import('node:child_process').ChildProcess} App */

/** Milliseconds the window may take to appear, on a slow machine. */
const PICTURE_LIMIT = 90_000
/** Milliseconds the app may take to save and quit. */
const QUIT_LIMIT = 15_000

await runScript(async () => {
  const { electron } = await prepare()
  await buildApp()
  await buildCommandLine()
  const display = await openDisplay()
  const args = [
    ...(await sandboxSwitches()),
    '.',
    ...(display.virtual ? [`--screenshot=${PICTURE}`] : []),
    ...process.argv.slice(2),
  ]
  say('starting Sheaf')
  fs.rmSync(PICTURE, { force: true })
  const app = spawn(electron, args, {
    cwd: root,
    env: { ...process.env, ...display.env },
    stdio: display.virtual ? ['inherit', 'pipe', 'pipe'] : 'inherit',
  })
  if (app.stderr) void passOn(app.stderr)
  // Ctrl+C reaches the app as well; it saves and quits, and this script ends with it.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => app.kill('SIGTERM'))
  const ended = new Promise((resolve, reject) => {
    app.once('error', (error) =>
      reject(new Failure(`Electron could not be started (${error.message}): run "npm run setup".`)),
    )
    app.once('exit', (code, signal) => resolve({ code, signal }))
  })
  if (display.virtual) await Promise.race([showPicture(app), ended])
  const { code, signal } = await ended
  display.close()
  if (code) throw new Failure(`Sheaf ended with code ${code}: the lines above say why.`)
  if (display.virtual && !signal && !fs.existsSync(PICTURE)) {
    throw new Failure('Sheaf ended without showing a window: close the one that is already running, then try again.')
  }
  if (signal && signal !== 'SIGTERM' && signal !== 'SIGINT') throw new Failure(`Sheaf was ended by ${signal}.`)
})

/**
 * Shows what the app writes to stderr, without Chromium's complaints about a machine that has no desktop.
 * @param {NodeJS.ReadableStream} stderr
 */
async function passOn(stderr) {
  for await (const line of readline.createInterface(stderr)) {
    if (!/:ERROR:(bus|object_proxy|viz_main_impl|gpu_process_host|command_buffer_proxy_impl)\.cc/.test(line))
      console.error(line)
  }
}

/**
 * Waits for the window's picture, says where it is, and in an unattended run ends the app.
 * @param {App} app
 */
async function showPicture(app) {
  await pictureWritten(app)
  say(`a picture of the window is in ${PICTURE}`)
  const seconds = unattendedSeconds()
  if (seconds === null) {
    say('Sheaf is running; Ctrl+C ends it')
    return
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  app.kill('SIGTERM')
  setTimeout(() => {
    console.error('sheaf: the app did not quit in time and was ended')
    app.kill('SIGKILL')
  }, QUIT_LIMIT).unref()
}

/**
 * Passes the app's output on; resolves when the app says that the picture is written.
 * @param {App} app
 * @returns {Promise<void>}
 */
function pictureWritten(app) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      app.kill('SIGKILL')
      reject(
        new Failure(
          `Sheaf's window did not appear within ${PICTURE_LIMIT / 1000} s: the lines above say what is wrong.`,
        ),
      )
    }, PICTURE_LIMIT)
    let output = ''
    app.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      process.stdout.write(text)
      output = (output + text).slice(-2000)
      if (!/^screenshot: /m.test(output) || !fs.existsSync(PICTURE)) return
      clearTimeout(late)
      resolve()
    })
    app.once('exit', () => clearTimeout(late))
  })
}

/** How long an unattended run stays open after the picture; null for a person's, which stays until they end it. */
function unattendedSeconds() {
  const { CI, SHEAF_START_SECONDS } = process.env
  if (process.stdin.isTTY || (!CI && !SHEAF_START_SECONDS)) return null
  return Number(SHEAF_START_SECONDS ?? 0)
}
