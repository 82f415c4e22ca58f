import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The checkout's folder. */
export const root = path.resolve(import.meta.dirname, '../..')

/** Resolves modules as the checkout's own code would. Only of use once dependencies are installed. */
export const requireFromProject = createRequire(path.join(root, 'package.json'))

/** @param {...string} parts @returns {string} a path inside the checkout */
export function inProject(...parts) {
  return path.join(root, ...parts)
}

/** @param {string} file @returns {any} its JSON, or null when it isn't there or isn't JSON */
export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * The script behind a dependency's command, to be run by a Node of our choice. (The shims in node_modules/.bin differ
 * between systems and take whichever Node comes first.)
 * @param {string} packageName
 * @param {string} [command] the command's name, when it isn't the package's
 * @returns {string}
 */
export function commandScript(packageName, command) {
  const folder = inProject('node_modules', packageName)
  const { bin } = readJson(path.join(folder, 'package.json')) ?? {}
  const script = typeof bin === 'string' ? bin : bin?.[command ?? packageName.split('/').at(-1) ?? '']
  if (!script) throw new Error(`${packageName} has no command ${command ?? ''}`)
  return path.join(folder, script)
}
