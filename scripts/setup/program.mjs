import { spawn, spawnSync } from 'node:child_process'
import process from 'node:process'

/**
 * How a program ended. `code` is null when a signal ended it or it could not be started (then `error` says why).
 * @typedef {{ code: number | null, signal: string | null, error: Error | null, stdout: string, stderr: string }} Ended
 */

/**
 * Runs a program to its end. It never throws: read `code`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean, limit?: number }} [options]
 *   quiet: collect what it writes instead of showing it; limit: milliseconds after which it is ended
 * @returns {Promise<Ended>}
 */
export function run(command, args, { quiet = false, limit, ...options } = {}) {
  return new Promise((resolve) => {
    let stdout = ''
    let stderr = ''
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limit)
    const end = (/** @type {Pick<Ended, 'code' | 'signal' | 'error'>} */ how) => {
      clearTimeout(timer)
      resolve({ ...how, stdout, stderr })
    }
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stderr += text))
    child.once('error', (error) => end({ code: null, signal: null, error }))
    child.once('close', (code, signal) => end({ code, signal, error: null }))
  })
}

/** @param {string} command @returns {boolean} whether PATH has this program (POSIX systems) */
export function hasProgram(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}

/** @returns {boolean} whether this process may do anything (root; never on Windows) */
export function isRoot() {
  return process.getuid?.() === 0
}
