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

const CASES: Record<Tier, number> = { suite: 150, nightly: 6000, release: 30_000 }
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
    const judgement = new Judgement()
    const one = await playCase(caseSeed, folder)
    try {
      if ((await holdLaws(one, judgement, folder)) > 0) forked += 1
    } finally {
      for (const replica of one.replicas) replica.close()
    }
    checks += judgement.checks
    edits += one.edits
    replicas += one.replicas.length
    violations.push(...judgement.breaches.map((breach) => `Seed ${caseSeed}: ${breach}`))
    if ((number + 1) % 1000 === 0) report(`${number + 1} cases`)
  }
  return { checks, violations, figures: { cases: CASES[tier], replicas, edits, 'cases with a forked writer': forked } }
}
