import fs from 'node:fs'
import path from 'node:path'

/** What the Electron folder holds beside Electron: never loaded by a packaged app, and no business of its users. */
const LEFTOVERS = ['resources/default_app.asar', 'version', '.sheaf-fallback']

/**
 * Called by electron-builder on the unpacked app, before it is made into an installer.
 * @param {{ appOutDir: string }} context
 * @returns {Promise<void>}
 */
export async function afterPack({ appOutDir }) {
  for (const file of LEFTOVERS) fs.rmSync(path.join(appOutDir, file), { force: true })
}
