import fs from 'node:fs'
import path from 'node:path'
import { inProject, readJson, requireFromProject } from './project.mjs'

/**
 * Where the `electron` npm package keeps its program. `require('electron')` answers `dist/` + what path.txt says, so
 * whatever stands in `dist` is what electron-vite, Playwright and electron-builder run.
 */
export const packageFolder = inProject('node_modules', 'electron')
export const distFolder = path.join(packageFolder, 'dist')
export const pathFile = path.join(packageFolder, 'path.txt')

/** @returns {string} the version package.json pins */
export function pinnedVersion() {
  return readJson(path.join(packageFolder, 'package.json')).version
}

/** @returns {string} path of the program in `dist`, or in ELECTRON_OVERRIDE_DIST_PATH */
export function electronProgram() {
  return requireFromProject('electron')
}

/** @returns {string} the version in `dist`, '' when there is none */
export function installedVersion() {
  return readText(path.join(distFolder, 'version')).replace(/^v/, '')
}

/** @returns {boolean} whether `dist` is the stand-in made by fallback-electron.mjs */
export function isFallback() {
  return fs.existsSync(path.join(distFolder, '.sheaf-fallback'))
}

/** @returns {string | null} what `dist` points to when it is a symbolic link */
export function linkTarget() {
  return fs.lstatSync(distFolder, { throwIfNoEntry: false })?.isSymbolicLink() ? fs.readlinkSync(distFolder) : null
}

/** @param {string} file */
function readText(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : ''
}
