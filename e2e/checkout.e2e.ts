/** What a checkout gives to someone who types its two commands: `npm start` and `npx sheaf`. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '..')
const picture = path.join(root, 'out', 'sheaf-window.png')
const hasXvfb = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .some((folder) => fs.existsSync(path.join(folder, 'Xvfb')))

/** Runs one of the checkout's scripts to its end. */
function runScript(
  script: string,
  args: string[],
  env: Record<string, string | undefined>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(process.execPath, [path.join(root, 'scripts', script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

test('HOUSE-9: npm start without a screen opens the window on a virtual one, leaves its picture and ends', async () => {
  test.skip(process.platform !== 'linux' || !hasXvfb, 'only Linux has virtual displays')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-start-'))
  try {
    const env = { CI: '1', DISPLAY: undefined, WAYLAND_DISPLAY: undefined, SHEAF_LIBRARY: path.join(folder, 'library') }
    const { code, output } = await runScript('start.mjs', [`--user-data-dir=${path.join(folder, 'data')}`], env)
    expect(output).toContain(`a picture of the window is in ${picture}`)
    expect(code, output).toBe(0)
    // The eight bytes every PNG file begins with, and more than an empty page takes.
    expect([...fs.readFileSync(picture).subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10])
    expect(fs.statSync(picture).size).toBeGreaterThan(5_000)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('HOUSE-10: the checkout’s sheaf command runs and hands its exit code on', async () => {
  const help = await runScript('sheaf.mjs', ['--help'], {})
  expect(help.output).toContain('usage: sheaf')
  expect(help.code).toBe(0)
  expect((await runScript('sheaf.mjs', ['no-such-command'], {})).code).toBe(2)
})
