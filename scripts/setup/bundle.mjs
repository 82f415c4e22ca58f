import path from 'node:path'

/** What both bundles that run on Node share: the desktop app's main process and the command line. */

/** The older of the Nodes they meet. */
export const NODE_TARGET = 'node20.18'

/** Packages that stay outside because they load native code. */
export const nodeExternals = ['better-sqlite3', 'sodium-native']

/** Modules that run in a worker thread: each becomes a file of its own beside the entry, under its own name. */
const WORKERS = { 'inspect-worker': 'main/storage/inspect-worker.ts' }

/**
 * @param {string} root the checkout's folder
 * @returns {Record<string, string>} bundle entries of the workers
 */
export function workerEntries(root) {
  return Object.fromEntries(Object.entries(WORKERS).map(([name, file]) => [name, path.join(root, file)]))
}
