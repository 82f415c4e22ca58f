#!/usr/bin/env node
// Speaks as much of fpm's command line as electron-builder uses for `-s dir -t deb`, on top of Debian's dpkg-deb.
// Use: CUSTOM_FPM_PATH=$PWD/scripts/fpm-dpkg.mjs electron-builder --linux deb
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
const o = { depends: [], recommends: [], files: [] }
const a = process.argv.slice(2)
const flags = new Set(['--force', '--debug'])
const map = {
  '-s': 'src',
  '-t': 'type',
  '-d': 'depends[]',
  '--deb-recommends': 'recommends[]',
  '--architecture': 'arch',
  '--after-install': 'postinst',
  '--after-remove': 'postrm',
  '--description': 'description',
  '--version': 'version',
  '--package': 'out',
  '--name': 'name',
  '--maintainer': 'maintainer',
  '--vendor': 'vendor',
  '--url': 'url',
  '--category': 'section',
  '--deb-priority': 'priority',
  '--license': 'license',
  '--deb-compression': 'compression',
  '--iteration': 'iteration',
  '--log': 'log',
}
while (a.length) {
  const k = a.shift()
  if (flags.has(k)) continue
  const m = map[k.split('=')[0]]
  if (m) {
    const v = k.startsWith('--') && k.includes('=') ? k.slice(k.indexOf('=') + 1) : a.shift()
    if (m.endsWith('[]')) o[m.slice(0, -2)].push(v)
    else o[m] = v
  } else if (k.startsWith('-')) throw new Error(`fpm-dpkg: unknown option ${k}`)
  else {
    const i = k.lastIndexOf('=')
    o.files.push([k.slice(0, i), k.slice(i + 1)])
  }
}
if (o.src !== 'dir' || o.type !== 'deb') throw new Error(`fpm-dpkg: only -s dir -t deb, not ${o.src} -> ${o.type}`)
const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'fpm-dpkg-'))
try {
  for (const [from, to] of o.files) {
    const dest = path.join(stage, to)
    fs.mkdirSync(path.dirname(dest), { recursive: true })
    if (from.endsWith('/')) execFileSync('cp', ['-a', '--', from + '.', dest + (fs.existsSync(dest) ? '' : '')])
    else fs.copyFileSync(from, dest)
  }
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', stage])
  const kb = execFileSync('du', ['-sk', stage], { encoding: 'utf8' }).split('\t')[0]
  const D = path.join(stage, 'DEBIAN')
  fs.mkdirSync(D, { mode: 0o755 })
  const desc = o.description
    .split('\n')
    .map((l) => l.trim())
    .filter(Boolean)
  const control = {
    Package: o.name,
    Version: o.iteration ? `${o.version}-${o.iteration}` : o.version,
    License: o.license,
    Vendor: o.vendor,
    Architecture: o.arch,
    Maintainer: o.maintainer,
    'Installed-Size': kb,
    Depends: o.depends.join(', '),
    Recommends: o.recommends.join(', '),
    Section: o.section ?? 'default',
    Priority: o.priority ?? 'optional',
    Homepage: o.url,
    Description: desc.join('\n ') || o.name,
  }
  fs.writeFileSync(
    path.join(D, 'control'),
    Object.entries(control)
      .filter(([, v]) => v)
      .map(([k, v]) => `${k}: ${v}\n`)
      .join(''),
  )
  for (const s of ['postinst', 'postrm'])
    if (o[s]) {
      fs.copyFileSync(o[s], path.join(D, s))
      fs.chmodSync(path.join(D, s), 0o755)
    }
  execFileSync(
    'dpkg-deb',
    [
      '--root-owner-group',
      `-Z${{ gz: 'gzip', bzip2: 'xz', none: 'none', xz: 'xz', zst: 'zstd' }[o.compression ?? 'gz'] ?? 'gzip'}`,
      '--build',
      stage,
      o.out,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
} finally {
  fs.rmSync(stage, { recursive: true, force: true })
}
