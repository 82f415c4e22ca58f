import { spawn } from 'node:child_process'
import process from 'node:process'
import { DISPLAY_PACKAGES, installPackages } from './apt-packages.mjs'
import { Failure } from './failure.mjs'
import { hasProgram } from './program.mjs'
import { say } from './progress.mjs'

/**
 * Where windows appear. `virtual` ones exist in memory only; `close` ends them (and does nothing to a real screen).
 * @typedef {{ virtual: boolean, env: Record<string, string>, close(): void }} Display
 */

/**
 * The display of this session, or a virtual one where there is none (servers, containers).
 * @returns {Promise<Display>}
 */
export async function openDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return { virtual: false, env: {}, close() {} }
  if (!hasProgram('Xvfb'))
    await installPackages('there is no display, and Xvfb, which stands in for one, is missing', DISPLAY_PACKAGES)
  const display = await openVirtualDisplay()
  say(`there is no display here: windows open on a virtual one (Xvfb ${display.env['DISPLAY']})`)
  return display
}

/** @returns {Promise<Display>} */
function openVirtualDisplay() {
  // Detached: Ctrl+C reaches the whole process group, and the app must still have a display while it saves and quits.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const close = () => void server.kill()
  process.once('exit', close)
  return new Promise((resolve, reject) => {
    const give = (/** @type {string} */ why) => reject(new Failure(`the virtual display (Xvfb) did not start: ${why}.`))
    server.once('error', (error) => give(error.message))
    server.once('exit', (code) => give(`it ended with code ${code}`))
    server.stdio[3]?.once('data', (/** @type {Buffer} */ number) => {
      server.removeAllListeners('exit')
      server.unref()
      const pipe = /** @type {import('node:net').Socket} */ (server.stdio[3])
      pipe.unref()
      resolve({ virtual: true, env: { DISPLAY: `:${number.toString().trim()}` }, close })
    })
  })
}
