#!/usr/bin/env node
/**
 * Stands in for fpm where only Debian's own tools can be had: makes the .deb that electron-builder asks for with
 * dpkg-deb. Use: `CUSTOM_FPM_PATH=$PWD/scripts/packaging/fpm-dpkg.mjs npm run package -- deb`
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { readFpmArguments } from './fpm-arguments.mjs'

const wanted = readFpmArguments(process.argv.slice(2))
const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-deb-'))
try {
  for (const { from, to } of wanted.files) stageFile(from, path.join(stage, to))
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', stage])
  const kilobytes = execFileSync('du', ['-sk', stage], { encoding: 'utf8' }).split('\t')[0] ?? '0'
  writeControl({ ...wanted.control, 'Installed-Size': kilobytes })
  const args = ['--root-owner-group', `-Z${wanted.compression}`, '--build', stage, wanted.output]
  execFileSync('dpkg-deb', args, { stdio: ['ignore', 'ignore', 'inherit'] })
} finally {
  fs.rmSync(stage, { recursive: true, force: true })
}

/** @param {string} from @param {string} to */
function stageFile(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true })
  if (from.endsWith('/')) execFileSync('cp', ['-a', '--', `${from}.`, to])
  else fs.copyFileSync(from, to)
}

/** @param {Record<string, string>} fields */
function writeControl(fields) {
  const folder = path.join(stage, 'DEBIAN')
  fs.mkdirSync(folder, { mode: 0o755 })
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`)
  fs.writeFileSync(path.join(folder, 'control'), lines.join(''))
  for (const [name, file] of Object.entries(wanted.scripts)) {
    if (!file) continue
    fs.copyFileSync(file, path.join(folder, name))
    fs.chmodSync(path.join(folder, name), 0o755)
  }
}
