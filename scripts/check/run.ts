/**
 * `npm run check`: everything that reads the sources without running them. Types, lint, format, unused code, rules
 * against tests, and whether the boundaries between folders still hold. `--json FILE` leaves the results there.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { runScript } from '../setup/failure.mjs'
import { run } from '../setup/program.mjs'
import { duration, say } from '../setup/progress.mjs'
import { inProject, root } from '../setup/project.mjs'
import { TOOLS } from './tools.ts'

interface Check {
  readonly name: string
  readonly args: readonly string[]
}

interface Result {
  readonly name: string
  readonly ok: boolean
}

/** The longest first. */
const CHECKS: readonly Check[] = [
  { name: 'boundaries', args: [inProject('scripts/check/boundaries.ts')] },
  ...TOOLS,
  { name: 'rules and tests', args: [inProject('scripts/check/spec.ts')] },
]

await runScript(async () => {
  const { values } = parseArgs({ options: { json: { type: 'string' } } })
  const waiting = [...CHECKS]
  const results: Result[] = []
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runCheck(check))
  }
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker))
  if (values.json) {
    fs.mkdirSync(path.dirname(values.json), { recursive: true })
    fs.writeFileSync(values.json, `${JSON.stringify({ results }, null, 2)}\n`)
  }
  const failed = results.filter((result) => !result.ok).map((result) => result.name)
  say(failed.length === 0 ? `check: all ${results.length} agree` : `check: ${failed.join(', ')} failed`)
  return failed.length === 0 ? 0 : 1
})

/** Runs one check; shows what it printed only when it complains. */
async function runCheck({ name, args }: Check): Promise<Result> {
  const start = Date.now()
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: root, quiet: true })
  const ok = code === 0
  if (!ok) process.stdout.write(`${stdout}${stderr}\n`)
  say(`${ok ? '✓' : '✗'} ${name} (${duration(Date.now() - start)})`)
  return { name, ok }
}
