import { ensureDependencies } from './dependencies.mjs'
import { ensureElectron } from './electron.mjs'
import { toolNode } from './node-runtime.mjs'

/**
 * Gets a fresh clone ready: dependencies, a Node for the tools, an Electron that runs here and the libraries it needs.
 * What is there already is left alone, so calling it again costs a fraction of a second.
 * @returns {Promise<{ node: string, electron: string }>} paths of the programs
 */
export async function prepare() {
  await ensureDependencies()
  const node = toolNode()
  return { node, electron: await ensureElectron() }
}
