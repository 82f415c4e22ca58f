import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {
  distFolder,
  installedVersion,
  linkTarget,
  packageFolder,
  pathFile,
  pinnedVersion,
} from './electron-package.mjs'
import { toolNode } from './node-runtime.mjs'
import { run } from './program.mjs'
import { step } from './progress.mjs'

/** @returns {boolean} whether the pinned Electron, as its makers built it, is in place */
export function officialIsInstalled() {
  return linkTarget() === null && installedVersion() === pinnedVersion() && fs.existsSync(pathFile)
}

/**
 * Downloads the pinned Electron with the package's own installer (from GitHub, or the mirror named in ELECTRON_MIRROR).
 * @returns {Promise<string>} '' when it is in place, else why it isn't
 */
export async function downloadOfficial() {
  const previous = linkTarget()
  // The installer would unpack through the link, into the cache that every checkout shares.
  if (previous) fs.unlinkSync(distFolder)
  const ended = await step(
    `downloading Electron ${pinnedVersion()}, 110 MB`,
    '1 minute',
    () => run(toolNode(), [path.join(packageFolder, 'install.js')], { quiet: true, limit: timeLimit() }),
    ({ code }) => (code === 0 ? 'done' : 'failed'),
  )
  if (ended.code === 0) return ''
  if (previous) fs.symlinkSync(previous, distFolder)
  return (
    firstReason(ended.stderr) ?? ended.error?.message ?? (ended.signal ? 'it took too long' : `exit code ${ended.code}`)
  )
}

/** Milliseconds. A refused connection fails at once; this only ends a download that hangs. */
function timeLimit() {
  return 1000 * Number(process.env['SHEAF_ELECTRON_TIMEOUT'] ?? 900)
}

/**
 * @param {string} stderr
 * @returns {string | undefined} the first line that names an error
 */
export function firstReason(stderr) {
  const lines = stderr.split('\n').map((line) => line.trim())
  return lines.find((line) => /error|ENOTFOUND|ECONN|ETIMEDOUT|timeout/i.test(line))?.replace(/\.$/, '')
}
