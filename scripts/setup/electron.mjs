import process from 'node:process'
import { electronProgram, isFallback, pinnedVersion } from './electron-package.mjs'
import { Failure } from './failure.mjs'
import { linkFallback } from './fallback-electron.mjs'
import { downloadOfficial, officialIsInstalled } from './official-electron.mjs'
import { say } from './progress.mjs'
import { ensureSharedLibraries } from './shared-libraries.mjs'
import { ensureLocalAddon, removeLocalAddon } from './sqlite-addon.mjs'

/**
 * Makes `require('electron')` answer a program that runs here. SHEAF_ELECTRON chooses: `real` insists on the pinned
 * Electron, `fallback` takes the stand-in, `auto` (the default) tries the first and then the second, and stays with a
 * stand-in once it has one instead of waiting for the network again.
 * @returns {Promise<string>} path of the program
 */
export async function ensureElectron() {
  const choice = process.env['SHEAF_ELECTRON'] ?? 'auto'
  if (choice !== 'auto' && choice !== 'real' && choice !== 'fallback') {
    throw new Failure(`SHEAF_ELECTRON is "${choice}": set it to auto, real or fallback.`)
  }
  const reason = await whyNotOfficial(choice)
  if (reason === '') {
    removeLocalAddon()
  } else {
    await linkFallback(reason)
    await ensureLocalAddon()
  }
  const program = electronProgram()
  await ensureSharedLibraries(program)
  return program
}

/** @param {'auto' | 'real' | 'fallback'} choice @returns {Promise<string>} '' when the real one is in place */
async function whyNotOfficial(choice) {
  if (choice === 'fallback') return 'SHEAF_ELECTRON=fallback'
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) {
    say(`using the Electron in ${override} (ELECTRON_OVERRIDE_DIST_PATH)`)
    return ''
  }
  if (officialIsInstalled()) return ''
  if (choice === 'auto' && isFallback()) return 'chosen earlier; SHEAF_ELECTRON=real tries again'
  const reason = await downloadOfficial()
  if (reason !== '' && choice === 'real') {
    throw new Failure(
      `Electron ${pinnedVersion()} can't be downloaded (${reason}): connect to the network or set ELECTRON_MIRROR.`,
    )
  }
  return reason
}
