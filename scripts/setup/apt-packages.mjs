import fs from 'node:fs'
import process from 'node:process'
import { Failure } from './failure.mjs'
import { hasProgram, isRoot, run } from './program.mjs'
import { step } from './progress.mjs'

/** @typedef {string | readonly string[]} PackageName a Debian package, or its names over the releases, newest first */

/** What Electron links to or loads, and what an empty system also lacks. */
export const ELECTRON_PACKAGES = /** @type {readonly PackageName[]} */ ([
  ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnss3',
  ['libasound2t64', 'libasound2'],
  'libgbm1',
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libxss1',
])
export const DISPLAY_PACKAGES = /** @type {readonly PackageName[]} */ (['xvfb'])
export const POPPLER_PACKAGES = /** @type {readonly PackageName[]} */ (['poppler-utils'])
export const ARCHIVER_PACKAGES = /** @type {readonly PackageName[]} */ (['7zip'])
export const COMPILER_PACKAGES = /** @type {readonly PackageName[]} */ (['g++', 'make', 'python3'])

/**
 * Installs Debian packages when this process may (root on a system with apt); else fails with the command to type.
 * @param {string} why what they are for: "Electron needs libraries this system lacks"
 * @param {readonly PackageName[]} packages
 * @returns {Promise<void>}
 */
export async function installPackages(why, packages) {
  if (!hasProgram('apt-get')) {
    throw new Failure(`${why}: install what your system calls ${packages.map(oldestName).join(', ')}, then try again.`)
  }
  if (!isRoot()) {
    throw new Failure(
      `${why}: run "sudo apt-get install -y --no-install-recommends ${packages.map(nameHere).join(' ')}", then try again.`,
    )
  }
  await step(`installing ${packages.map(nameHere).join(', ')} with apt-get, because ${why}`, '30 s', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    // Lists that can't be renewed may still do.
    await run('apt-get', ['update'], { env, quiet: true })
    const args = ['install', '-y', '--no-install-recommends', ...packages.map(nameHere)]
    const { code, stdout, stderr } = await run('apt-get', args, { env, quiet: true })
    if (code === 0) return
    console.error(stdout.slice(-2000) + stderr)
    throw new Failure(`"apt-get ${args.join(' ')}" failed: mend what it says above, then try again.`)
  })
}

/** @param {PackageName} name */
function oldestName(name) {
  return typeof name === 'string' ? name : (name.at(-1) ?? '')
}

/** The name this release of Debian or Ubuntu uses: Debian 13 and Ubuntu 24.04 renamed some. @param {PackageName} name */
function nameHere(name) {
  if (typeof name === 'string') return name
  return name.length > 0 && usesNewNames() ? (name[0] ?? '') : oldestName(name)
}

function usesNewNames() {
  const release = fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : ''
  return renamedPackages(release)
}

/**
 * @param {string} osRelease text of /etc/os-release
 * @returns {boolean} whether library packages carry the "t64" ending there
 */
export function renamedPackages(osRelease) {
  const field = (/** @type {string} */ key) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(osRelease)?.[1] ?? ''
  const version = Number.parseFloat(field('VERSION_ID'))
  if (field('ID') === 'ubuntu') return version >= 24.04
  // Debian's testing release states no number.
  return field('ID') === 'debian' && (Number.isNaN(version) || version >= 13)
}
