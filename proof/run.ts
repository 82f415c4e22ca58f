/**
 * `npm run proof -- [--tier suite|nightly|release] [--only NAME] [--seed N]`: runs the proofs, ends with 1 on any
 * violation and when none ran. `--json FILE` leaves the results there.
 */
import { randomInt } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Tier } from './proof.ts'
import { PROOFS } from './registry.ts'
import { apart } from './run-apart.ts'
import { runProofs, summary } from './run-proofs.ts'

const SEEDS = 2 ** 32

const { values } = parseArgs({
  options: {
    tier: { type: 'string', default: 'suite' },
    only: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'string' },
  },
})

try {
  const tier = readTier(values.tier)
  const seed = values.seed === undefined ? randomInt(SEEDS) : readSeed(values.seed)
  const proofs = PROOFS.filter((proof) => values.only === undefined || proof.name === values.only)
  if (proofs.length === 0) throw new RangeError(nothingToRun(values.only))
  const outcomes = await runProofs(
    proofs.map((proof) => apart(proof)),
    { tier, seed, report: (line) => console.log(line) },
  )
  if (values.json !== undefined) {
    fs.mkdirSync(path.dirname(values.json), { recursive: true })
    fs.writeFileSync(values.json, `${JSON.stringify({ tier, seed, results: outcomes }, null, 2)}\n`)
  }
  console.log(summary(outcomes, seed))
  process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1
} catch (error) {
  if (!(error instanceof RangeError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function readTier(text: string): Tier {
  if (text === 'suite' || text === 'nightly' || text === 'release') return text
  throw new RangeError(`There is no tier "${text}": choose suite, nightly or release.`)
}

function readSeed(text: string): number {
  const seed = Number(text)
  if (Number.isInteger(seed) && seed >= 0 && seed < SEEDS) return seed
  throw new RangeError(`"${text}" is no seed: give an integer from 0 to ${SEEDS - 1}.`)
}

function nothingToRun(only: string | undefined): string {
  if (only === undefined) return 'No proof ran: proof/registry.ts lists none.'
  return `There is no proof "${only}": choose among ${PROOFS.map((proof) => proof.name).join(', ') || 'none yet'}.`
}
