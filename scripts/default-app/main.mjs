/**
 * Makes `electron PATH [arguments]` work on a runtime that came without Electron's own default_app.asar. Written from
 * the documented behaviour: the app's name, version and data folder come from its package.json; arguments stay as given.
 */
import { app, dialog } from 'electron'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const USAGE = `usage: electron [options] PATH   (stand-in runtime, Electron ${process.versions.electron})`

/** Reads options up to the first plain argument, which is the app's path; the rest is the app's own. */
function readArguments(args) {
  const preloads = []
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]
    if (argument === '--version' || argument === '-v') return { answer: `v${process.versions.electron}` }
    if (argument === '--abi' || argument === '-a') return { answer: process.versions.modules }
    if (argument === '-r' || argument === '--require') {
      const file = path.resolve(args[++i])
      preloads.push(() => require(file))
    } else if (argument === '--import') {
      const specifier = args[++i]
      preloads.push(() => import(specifier))
    } else if (argument.startsWith('--app=')) return { target: argument.slice('--app='.length), preloads }
    else if (!argument.startsWith('-')) return { target: argument, preloads }
  }
  return { answer: USAGE }
}

/** Takes the app's identity from its package.json, as the real runtime does, and answers its main module. */
function adopt(target) {
  if (!fs.statSync(target).isDirectory()) {
    app.setAppPath(path.dirname(target))
    return target
  }
  const about = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'))
  if (about.version) app.setVersion(about.version)
  const name = about.productName ?? about.name
  if (name) app.setName(name)
  // Naming the app moved its data folder; a folder given on the command line wins over that.
  const given = app.commandLine.getSwitchValue('user-data-dir')
  app.setPath('userData', given ? path.resolve(given) : path.join(app.getPath('appData'), app.getName()))
  app.setAppPath(target)
  return require.resolve(target)
}

async function load({ target, preloads }) {
  try {
    for (const preload of preloads) await preload()
    process.defaultApp = true
    await import(pathToFileURL(adopt(path.resolve(target))).href)
  } catch (error) {
    console.error('App threw an error during load')
    console.error(error?.stack ?? error)
    if (!process.env.CI && process.stdin.isTTY) dialog.showErrorBox('Could not start', String(error?.stack ?? error))
    process.exit(1)
  }
}

const read = readArguments(process.argv.slice(1))
if (read.answer) {
  console.log(read.answer)
  process.exit(0)
}
await load(read)
