import process from 'node:process'
import { FALLBACK_VERSION } from '../setup/fallback-electron.mjs'

/**
 * Formats to make when none is named: all that electron-builder.yml lists for this system (an empty list says that),
 * or with the stand-in Electron those that need no download.
 * @param {boolean} fallback
 * @returns {string[]}
 */
export function formatsHere(fallback) {
  return fallback ? ['dir', 'tar.gz'] : []
}

/**
 * electron-builder's command line.
 * @param {readonly string[]} formats
 * @param {boolean} fallback whether the stand-in Electron is what gets packed
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]}
 */
export function builderArguments(formats, fallback, platform = process.platform) {
  const system = platform === 'darwin' ? '--mac' : platform === 'win32' ? '--win' : '--linux'
  const standIn = [
    '--config=electron-builder.fallback.yml',
    '-c.electronDist=node_modules/electron/dist',
    `-c.electronVersion=${FALLBACK_VERSION}`,
  ]
  return [system, ...formats, '--publish=never', ...(fallback ? standIn : [])]
}
