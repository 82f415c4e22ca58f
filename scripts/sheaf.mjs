#!/usr/bin/env node
/**
 * The command `sheaf` of a checkout: runs out/cli/sheaf.js, building it first when it was never built. A Node too old
 * for SQLite's shipped binary hands over to the newer Node among the dependencies, or to Electron's.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { electronProgram, isFallback } from './setup/electron-package.mjs'
import { Failure, runScript } from './setup/failure.mjs'
import { bundledNode } from './setup/node-runtime.mjs'
import { inProject } from './setup/project.mjs'
import { localAddon } from './setup/sqlite-addon.mjs'

const COMMAND_LINE = inProject('out/cli/sheaf.js')
/** The Node-API version that better-sqlite3's shipped binary asks for. */
const NODE_API = 10

await runScript(async () => {
  if (!fs.existsSync(inProject('node_modules/better-sqlite3'))) {
    throw new Failure('the dependencies are not installed: run "npm run setup" in the checkout first.')
  }
  if (!fs.existsSync(COMMAND_LINE)) build()
  if (Number(process.versions['napi']) >= NODE_API || fs.existsSync(localAddon)) {
    // It reads process.argv and sets process.exitCode itself.
    process.argv[1] = COMMAND_LINE
    await import(pathToFileURL(COMMAND_LINE).href)
    return undefined
  }
  const { program, env } = newerNode()
  const { status, signal, error } = spawnSync(program, [COMMAND_LINE, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env,
  })
  if (error) throw new Failure(`${program} could not be started (${error.message}): run "npm run setup".`)
  return signal ? 1 : (status ?? 1)
})

/** Builds in a process of its own, whose progress goes to stderr: stdout belongs to the command. */
function build() {
  const { status } = spawnSync(process.execPath, [inProject('scripts/build.mjs'), 'cli'], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Failure('the command line could not be built: mend what the lines above name.')
}

/** A runtime that knows Node-API 10. */
function newerNode() {
  const bundled = bundledNode()
  if (bundled) return { program: bundled, env: process.env }
  if (fs.existsSync(inProject('node_modules/electron/path.txt')) && !isFallback()) {
    return { program: electronProgram(), env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }
  }
  throw new Failure(
    `Node ${process.versions.node} is too old for Sheaf's command line: install Node 24 from https://nodejs.org.`,
  )
}
