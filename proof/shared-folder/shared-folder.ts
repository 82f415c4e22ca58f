/**
 * Two or three installations of Sheaf on folders that a sync program keeps in step, with conflict copies, delays, torn
 * downloads, other clocks, restarts and restored backups: all come to the same words, none is lost or doubled, every
 * conflict copy is absorbed, and then nobody writes any more.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Proof, ProofContext, ProofResult, Tier } from '../proof.ts'
import { SharedWorld } from './shared-world.ts'

const WORLDS: Record<Tier, number> = { suite: 4, nightly: 150, release: 2000 }

export const sharedFolder: Proof = {
  name: 'shared-folder',
  async run(context) {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-proof-')))
    try {
      return await runWorlds(context, folder)
    } finally {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}

async function runWorlds({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const violations: string[] = []
  const figures: Record<string, number> = { worlds: 0, edits: 0, 'conflict copies': 0, 'backups restored': 0 }
  let checks = 0
  for (let number = 0; number < WORLDS[tier]; number++) {
    const worldSeed = (seed + number) >>> 0
    const place = path.join(folder, `${number}`)
    fs.mkdirSync(place)
    const world = new SharedWorld(place, worldSeed, { people: number % 2 === 0 ? 2 : 3, restores: number % 4 >= 2 })
    try {
      const breaches = await world.live()
      violations.push(...breaches.map((breach) => `World of seed ${worldSeed}: ${breach}`))
    } finally {
      await world.end()
      fs.rmSync(place, { recursive: true, force: true, maxRetries: 5 })
    }
    checks += world.checks
    for (const [what, count] of Object.entries(world.figures)) figures[what] = (figures[what] ?? 0) + count
    figures['worlds'] = number + 1
    report(`shared folder ${number + 1} of ${WORLDS[tier]}, seed ${worldSeed}`)
  }
  return { checks, violations, figures }
}
