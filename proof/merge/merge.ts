/**
 * Merging is set union: in whatever order and however often copies are merged, everybody ends with the same records
 * and the same text, and it is the text they would have had by hearing of every edit at once.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Proof, ProofContext, ProofResult, Tier } from '../proof.ts'
import { holdLaws, Judgement } from './hold-laws.ts'
import { playCase } from './merge-case.ts'

const CASES: Record<Tier, number> = { suite: 120, nightly: 6000, release: 30_000 }
const MEMORY = '/dev/shm'

export const merge: Proof = {
  name: 'merge',
  async run(context) {
    const parent = fs.existsSync(MEMORY) ? MEMORY : os.tmpdir()
    const folder = fs.mkdtempSync(path.join(parent, 'sheaf-proof-'))
    try {
      return await runCases(context, folder)
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function runCases({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const violations: string[] = []
  let [checks, edits, replicas, forked] = [0, 0, 0, 0]
  for (let number = 0; number < CASES[tier]; number++) {
    // Each case has a seed of its own: `--seed` with that seed begins with it.
    const caseSeed = (seed + number) >>> 0
    try {
      const one = await runCase(caseSeed, path.join(folder, `${number}`))
      checks += one.checks
      edits += one.edits
      replicas += one.replicas
      forked += one.forked ? 1 : 0
      violations.push(...one.breaches.map((breach) => `Seed ${caseSeed}: ${breach}`))
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      violations.push(`Seed ${caseSeed}: it broke off: ${reason}`)
    }
    if ((number + 1) % 1000 === 0) report(`${number + 1} cases`)
  }
  return { checks, violations, figures: { cases: CASES[tier], replicas, edits, 'cases with a forked writer': forked } }
}

async function runCase(seed: number, folder: string) {
  fs.mkdirSync(folder)
  const judgement = new Judgement()
  const one = await playCase(seed, folder)
  try {
    const forked = (await holdLaws(one, judgement, folder)) > 0
    const { checks, breaches } = judgement
    return { checks, breaches, forked, edits: one.edits, replicas: one.replicas.length }
  } finally {
    for (const replica of one.replicas) replica.close()
    fs.rmSync(folder, { recursive: true })
  }
}
