// A minimal stand-in for Electron's own default_app.asar: it makes `electron <path> [args]` work on a
// runtime that was taken from another product's bundle. Written from the documented behaviour.
import { app, dialog } from 'electron'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
let file = null
let noHelp = false
const preload = []
const argv = process.argv
for (let i = 1; i < argv.length; i++) {
  const a = argv[i]
  if (a === '--version' || a === '-v') {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  } else if (a === '--abi' || a === '-a') {
    console.log(process.versions.modules)
    process.exit(0)
  } else if (a === '--no-help') noHelp = true
  else if (a === '-r' || a === '--require' || a === '--import') preload.push([a, argv[++i]])
  else if (a.startsWith('--app=')) {
    file = a.slice(6)
    break
  } else if (a.startsWith('-')) continue
  else {
    file = a
    break
  }
}
if (!file) {
  if (!noHelp)
    console.error(
      'usage: electron [options] <path to app>   (fallback runtime, Electron ' + process.versions.electron + ')',
    )
  app.quit()
} else {
  try {
    for (const [how, m] of preload) how === '--import' ? await import(m) : require(path.resolve(m))
    // As the real one: process.argv keeps its shape (electron, path, ...rest) and defaultApp is set.
    process.defaultApp = true
    let target = path.resolve(file)
    const st = fs.statSync(target)
    let main = target
    if (st.isDirectory()) {
      const pkg = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'))
      if (pkg.version) app.setVersion(pkg.version)
      if (pkg.productName) app.setName(pkg.productName)
      else if (pkg.name) app.setName(pkg.name)
      if (pkg.desktopName) app.setDesktopName?.(pkg.desktopName)
      app.setPath('userData', path.join(app.getPath('appData'), app.getName()))
      // --user-data-dir must win over the default, as with the real runtime
      const udd = app.commandLine.getSwitchValue('user-data-dir')
      if (udd) app.setPath('userData', path.resolve(udd))
      app.setAppPath(target)
      main = require.resolve(target)
    } else app.setAppPath(path.dirname(target))
    await import(pathToFileURL(main).href)
  } catch (e) {
    console.error('App threw an error during load')
    console.error(e?.stack ?? e)
    if (!process.env.CI && process.stdin.isTTY) dialog.showErrorBox('Could not start', String(e?.stack ?? e))
    process.exit(1)
  }
}
