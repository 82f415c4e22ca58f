/**
 * `npm test`: every check and test there is, from a fresh clone on. `npm test -- --only unit` runs one part (check,
 * unit, proof, e2e, package; several with commas). What failed is named once more at the end, where it is looked for; the last
 * line counts all: `N passed, N failed`.
 */
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { buildApp, buildCommandLine } from './setup/build.mjs'
import { openDisplay } from './setup/display.mjs'
import { ensurePoppler } from './setup/poppler.mjs'
import { Failure, runScript } from './setup/failure.mjs'
import { prepare } from './setup/prepare.mjs'
import { run } from './setup/program.mjs'
import { duration, say } from './setup/progress.mjs'
import { inProject, readJson, root } from './setup/project.mjs'
import { PARTS } from './testing/parts.mjs'
import { closingLine, judge, notRun } from './testing/verdict.mjs'

/** Milliseconds a part may take before it is taken for hung. */
const PART_LIMIT = 45 * 60_000

await runScript(async () => {
  const chosen = chooseParts()
  const { node } = await prepare()
  if (chosen.some((part) => part.name === 'e2e')) await ensurePoppler()
  const display = await openDisplay()
  const builds = new Map()
  const verdicts = []
  /** @type {string[]} */
  const failures = []
  try {
    for (const part of chosen) {
      say(`── ${part.name} ──`)
      const start = Date.now()
      const verdict = await runPart(part, node, display.env, builds)
      verdicts.push(verdict)
      const skipped = verdict.skipped > 0 ? `, ${verdict.skipped} skipped` : ''
      say(`${part.name}: ${closingLine([verdict])}${skipped} in ${duration(Date.now() - start)}`)
      failures.push(...verdict.failures.map((failure) => `${part.name}: ${failure}`))
    }
  } finally {
    display.close()
  }
  for (const failure of failures) say(`failed: ${failure}`)
  console.log(closingLine(verdicts))
  return failures.length > 0 ? 1 : 0
})

/** The parts named with --only, or all of them, in their order. */
function chooseParts() {
  const names = PARTS.map((part) => part.name)
  const { only } = readOptions()
  const wanted = only?.split(',') ?? names
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Failure(`there is no part "${unknown}": choose among ${names.join(', ')}.`)
  return PARTS.filter((part) => wanted.includes(part.name))
}

function readOptions() {
  try {
    return parseArgs({ options: { only: { type: 'string' } } }).values
  } catch (error) {
    throw new Failure(`${String(error)}: only "--only PART[,PART]" is understood.`)
  }
}

/**
 * @param {import('./testing/parts.mjs').Part} part
 * @param {string} node
 * @param {Record<string, string>} displayEnv
 * @param {Map<string, Promise<string>>} builds what was built already, and how it went
 */
async function runPart(part, node, displayEnv, builds) {
  const missing = part.needs.find((file) => !fs.existsSync(inProject(file)))
  if (missing) return notRun(`${missing} is missing`)
  const broken = await built(part.product, node, builds)
  if (broken) return notRun(broken)
  fs.mkdirSync(path.dirname(part.report), { recursive: true })
  fs.rmSync(part.report, { force: true })
  const env = { ...process.env, ...displayEnv, ...part.env, PATH: withTools() }
  const { code } = await run(node, part.args(), { cwd: root, env, limit: PART_LIMIT })
  const report = readJson(part.report)
  return judge(report && part.count(report), code)
}

/** PATH with the project's own commands, and so its Node, first. */
function withTools() {
  return inProject('node_modules', '.bin') + path.delimiter + (process.env['PATH'] ?? '')
}

/**
 * Builds what a part drives, once.
 * @param {import('./testing/parts.mjs').Part['product']} product
 * @param {string} node
 * @param {Map<string, Promise<string>>} builds
 * @returns {Promise<string>} '' or why it could not be built
 */
function built(product, node, builds) {
  if (product === null) return Promise.resolve('')
  const known = builds.get(product) ?? build(product, node, builds)
  builds.set(product, known)
  return known
}

/**
 * @param {'app' | 'package'} product
 * @param {string} node
 * @param {Map<string, Promise<string>>} builds
 * @returns {Promise<string>}
 */
async function build(product, node, builds) {
  if (product === 'package') {
    const broken = await built('app', node, builds)
    if (broken) return broken
    const { code } = await run(node, ['scripts/package.mjs', '--dir', '--built'], { cwd: root })
    return code === 0 ? '' : 'the package could not be made'
  }
  try {
    await buildApp()
    await buildCommandLine()
    return ''
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}
