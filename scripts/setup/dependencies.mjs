import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { outdatedPackages } from './dependency-state.mjs'
import { Failure } from './failure.mjs'
import { run } from './program.mjs'
import { step } from './progress.mjs'
import { inProject, readJson, root } from './project.mjs'

/**
 * Brings node_modules to what package-lock.json says; does nothing when it is there already.
 * @returns {Promise<void>}
 */
export async function ensureDependencies() {
  const lockfile = readJson(inProject('package-lock.json'))
  if (!lockfile)
    throw new Failure('package-lock.json is missing or damaged: restore it with "git checkout package-lock.json".')
  const installed = readJson(inProject('node_modules/.package-lock.json'))
  const outdated = outdatedPackages(lockfile, installed)
  if (installed && outdated.length === 0) return
  const what = installed ? `bringing dependencies up to date (${outdated.length} changed)` : 'installing dependencies'
  await step(what, '20 s to 2 minutes', async () => {
    const ended = await runNpm([installCommand(), '--no-audit', '--no-fund', '--loglevel=error'])
    if (ended.code !== 0) {
      throw new Failure(
        'dependencies could not be installed: check the network and the npm lines above, then run the same command again.',
      )
    }
  })
}

/**
 * `npm ci` empties node_modules first. Windows refuses to delete a running program, and that may be this very Node
 * (`npm start` puts node_modules/.bin first): there npm changes what differs instead.
 */
function installCommand() {
  const insideModules = process.execPath.startsWith(inProject('node_modules') + path.sep)
  return process.platform === 'win32' && insideModules ? 'install' : 'ci'
}

/** @param {string[]} args */
function runNpm(args) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  // The Node that npm itself runs on stands outside node_modules, so it outlives `npm ci`.
  if (npm && node && fs.existsSync(npm) && fs.existsSync(node)) return run(node, [npm, ...args], { cwd: root })
  return run('npm', args, { cwd: root, shell: process.platform === 'win32' })
}
