import process from 'node:process'
import { isRoot, run } from './program.mjs'
import { say } from './progress.mjs'

/**
 * Chromium's command line switches for this machine: none, or `--no-sandbox` where its sandbox can't work (as root, or
 * where the system forbids user namespaces and Electron isn't installed setuid).
 * @returns {Promise<string[]>}
 */
export async function sandboxSwitches() {
  if (process.platform !== 'linux') return []
  if (isRoot()) {
    say("running as root: Chromium's process sandbox is off (--no-sandbox)")
    return ['--no-sandbox']
  }
  const namespaces = await run('unshare', ['--user', '--map-root-user', 'true'], { quiet: true })
  if (namespaces.code === 0) return []
  say("this system forbids user namespaces: Chromium's process sandbox is off (--no-sandbox)")
  return ['--no-sandbox']
}
