/**
 * Published files: damaged ones are refused or read, never a crash; whoever copies one at any moment has a whole one; and
 * whatever another program does to one, no word is lost.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Proof, ProofContext, ProofResult } from '../proof.ts'
import { copyWhilePublishing } from './copied-files.ts'
import { readDamaged } from './damaged-files.ts'
import { meddleWhilePublishing } from './meddled-files.ts'

export const files: Proof = {
  name: 'files',
  async run(context) {
    const damaged = await inFolder(context, readDamaged)
    const copied = await inFolder(context, copyWhilePublishing)
    const meddled = await inFolder(context, meddleWhilePublishing)
    return {
      checks: damaged.checks + copied.checks + meddled.checks,
      violations: [...damaged.violations, ...copied.violations, ...meddled.violations],
      figures: { ...damaged.figures, ...copied.figures, ...meddled.figures },
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
