import fs from 'node:fs'
import path from 'node:path'

/** What both bundles that run on Node share: the desktop app's main process and the command line. */

/** The older of the Nodes they meet. */
export const NODE_TARGET = 'node20.18'

/** Packages that stay outside because they load native code. */
export const nodeExternals = ['better-sqlite3', 'sodium-native']

/** Modules that run in a worker thread: each becomes a file of its own beside the entry, under its own name. */
const WORKERS = {
  'inspect-worker': 'main/storage/inspect-worker.ts',
  'word-worker': 'main/exchange/word/word-worker.ts',
}

/** The same, for the desktop app alone. */
const DESKTOP_WORKERS = { 'spelling-worker': 'main/spelling/spelling-worker.ts' }

/**
 * @param {string} root the checkout's folder
 * @returns {Record<string, string>} bundle entries of the workers
 */
export function workerEntries(root) {
  return entries(root, WORKERS)
}

/**
 * @param {string} root the checkout's folder
 * @returns {Record<string, string>} bundle entries of the desktop app's workers
 */
export function desktopWorkerEntries(root) {
  return entries(root, { ...WORKERS, ...DESKTOP_WORKERS })
}

/**
 * Packages whose modules call what is no function when they are bundled as ES modules: their CommonJS is taken.
 * @param {string} root the checkout's folder
 * @returns {Record<string, string>} aliases for the bundler
 */
export function commonJsAliases(root) {
  return entries(root, {
    'hunspell-asm': 'node_modules/hunspell-asm/dist/cjs/index.js',
    'emscripten-wasm-loader': 'node_modules/emscripten-wasm-loader/dist/cjs/index.js',
  })
}

/**
 * A plugin that puts the spelling dictionary which comes with Sheaf beside the bundle, with its licence.
 * @param {string} root the checkout's folder
 */
export function bundledDictionary(root) {
  const folder = path.join(root, 'node_modules', 'dictionary-en')
  const files = { 'en_US.aff': 'index.aff', 'en_US.dic': 'index.dic', 'en_US.licence.txt': 'license' }
  return {
    name: 'bundled-dictionary',
    /** @this {{ emitFile(file: { type: 'asset', fileName: string, source: Uint8Array }): unknown }} */
    generateBundle() {
      for (const [name, file] of Object.entries(files))
        this.emitFile({
          type: 'asset',
          fileName: `dictionaries/${name}`,
          source: fs.readFileSync(path.join(folder, file)),
        })
    },
  }
}

/** @param {string} root @param {Record<string, string>} files @returns {Record<string, string>} */
function entries(root, files) {
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, path.join(root, file)]))
}
