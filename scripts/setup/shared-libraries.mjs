import process from 'node:process'
import { ELECTRON_PACKAGES, installPackages } from './apt-packages.mjs'
import { Failure } from './failure.mjs'
import { run } from './program.mjs'

/**
 * Makes sure that the libraries a program links to are on this system. Only Linux leaves that to us.
 * @param {string} program
 * @returns {Promise<void>}
 */
export async function ensureSharedLibraries(program) {
  if (process.platform !== 'linux') return
  const missing = await missingFor(program)
  if (missing.length === 0) return
  const examples = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ` and ${missing.length - 3} more` : '')
  await installPackages(`Electron needs libraries this system lacks (${examples})`, ELECTRON_PACKAGES)
  const still = await missingFor(program)
  if (still.length > 0)
    throw new Failure(`Electron still lacks ${still.join(', ')}: install the packages that hold them.`)
}

/** @param {string} program */
async function missingFor(program) {
  const { stdout } = await run('ldd', [program], { quiet: true })
  return missingLibraries(stdout)
}

/**
 * @param {string} lddOutput what `ldd PROGRAM` printed
 * @returns {string[]} names of the libraries it could not find, each once
 */
export function missingLibraries(lddOutput) {
  const lines = lddOutput.split('\n').filter((line) => line.includes('=> not found'))
  return [...new Set(lines.map((line) => line.trim().split(' ')[0] ?? ''))]
}
