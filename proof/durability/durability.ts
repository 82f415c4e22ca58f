/**
 * What was acknowledged outlives the death of the process and the loss of power. Two parts: processes that are killed
 * at random moments, and recorded sessions whose disk is put together as a power cut at each sync could leave it.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { cutPower } from '../power-loss/cut-power.ts'
import type { Proof, ProofContext, ProofResult } from '../proof.ts'
import { killSessions } from './kills.ts'

/** Where Linux keeps files in memory: hundreds of simulated disks need no real one. */
const MEMORY = '/dev/shm'

export const durability: Proof = {
  name: 'durability',
  async run(context) {
    const kills = await within(os.tmpdir(), context, killSessions)
    const cuts = await within(fs.existsSync(MEMORY) ? MEMORY : os.tmpdir(), context, cutPower)
    return {
      checks: kills.checks + cuts.checks,
      violations: [...kills.violations, ...cuts.violations],
      skipped: cuts.skipped ?? [],
      figures: { ...kills.figures, ...cuts.figures },
    }
  },
}

async function within(
  parent: string,
  context: ProofContext,
  part: (context: ProofContext, folder: string) => Promise<ProofResult>,
): Promise<ProofResult> {
  const folder = fs.mkdtempSync(path.join(parent, 'sheaf-proof-'))
  try {
    return await part(context, folder)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
