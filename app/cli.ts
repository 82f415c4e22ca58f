/** The command line `sheaf`: plain Node, no window, no state between commands. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sodiumSuite } from '../main/identity/sodium-suite.ts'
import { PathLock } from '../main/storage/path-lock.ts'
import type { Terminal } from './cli/command.ts'
import { printable } from './cli/describe-changes.ts'
import { runCommandLine } from './cli/run-command-line.ts'

const terminal: Terminal = {
  print: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(process.stdout.isTTY ? printable(text) : text, (cause) =>
        cause === null || cause === undefined ? resolve() : reject(cause),
      )
    }),
  remark: (line) => {
    process.stderr.write(`${printable(line)}\n`)
  },
  input: async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
    return Buffer.concat(chunks)
  },
}

/** The version in the package this runs from: the sources, or the bundle beside them. */
function version(): string {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json')
    if (!existsSync(file)) continue
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  }
  return 'unknown'
}

// Whoever reads our output may stop early (`sheaf show FILE | head`); that is no failure.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0)
  throw cause
})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  terminal,
  ports: { suite: sodiumSuite, clock: { now: () => Date.now() }, appVersion: version() },
  lock: new PathLock(),
  debug: process.env['SHEAF_DEBUG'] === '1',
})
