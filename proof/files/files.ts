/** Published files: damaged ones are refused or read, never a crash; and whoever copies one at any moment has a whole one. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Proof, ProofContext, ProofResult } from '../proof.ts'
import { copyWhilePublishing } from './copied-files.ts'
import { readDamaged } from './damaged-files.ts'

export const files: Proof = {
  name: 'files',
  async run(context) {
    const damaged = await inFolder(context, readDamaged)
    const copied = await inFolder(context, copyWhilePublishing)
    return {
      checks: damaged.checks + copied.checks,
      violations: [...damaged.violations, ...copied.violations],
      figures: { ...damaged.figures, ...copied.figures },
    }
  },
}

async function inFolder(
  context: ProofContext,
  part: (context: ProofContext, folder: string) => Promise<ProofResult>,
): Promise<ProofResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-proof-'))
  try {
    return await part(context, folder)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
