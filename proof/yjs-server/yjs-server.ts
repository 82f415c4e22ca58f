/**
 * A document that is connected to a plain Yjs server and what other people's programs show there come to say the same,
 * whatever either side writes meanwhile, however updates come, and however often Sheaf ends in between; every word once.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Proof, Tier } from '../proof.ts'
import { BridgeWorld } from './bridge-world.ts'

const CASES: Record<Tier, number> = { suite: 400, nightly: 10_000, release: 100_000 }
/** Seeds under which words once were lost, before the cause was mended: they are played first, every time. */
const FIXED: readonly number[] = [510_467_418, 510_467_592, 510_467_662]
const MEMORY = '/dev/shm'

export const yjsServer: Proof = {
  name: 'yjs-server',
  async run({ tier, seed, report }) {
    const parent = fs.existsSync(MEMORY) ? MEMORY : os.tmpdir()
    const folder = fs.mkdtempSync(path.join(parent, 'sheaf-proof-'))
    const violations: string[] = []
    let [checks, edits, restarts] = [0, 0, 0]
    try {
      for (let number = -FIXED.length; number < CASES[tier]; number++) {
        // Each case has a seed of its own: `--seed` with that seed begins with it.
        const caseSeed = FIXED[number + FIXED.length] ?? (seed + number) >>> 0
        const one = await playBridge(caseSeed, path.join(folder, String(number)))
        checks += one.checks
        edits += one.edits
        restarts += one.restarts
        violations.push(...one.breaches.map((breach) => `Seed ${caseSeed}: ${breach}`))
        if (number >= 0 && (number + 1) % 1000 === 0) report(`${number + 1} cases`)
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
    return { checks, violations, figures: { cases: FIXED.length + CASES[tier], edits, restarts } }
  },
}

interface Played {
  readonly checks: number
  readonly edits: number
  readonly restarts: number
  readonly breaches: readonly string[]
}

/** One case, in a folder that is made for it and removed. */
export async function playBridge(seed: number, folder: string): Promise<Played> {
  const breaches: string[] = []
  let checks = 0
  const world = new BridgeWorld(seed, folder)
  try {
    for (let left = 40 + world.random.below(160); left > 0; left--) await world.step()
    await world.lastWords()
    await world.quiet()
    const { document: shown = '', ...others } = world.texts()
    for (const [name, text] of Object.entries(others)) {
      checks += 1
      if (text !== shown) breaches.push(`${name} shows ${text}, the document ${shown}`)
    }
    for (const word of world.once) {
      checks += 1
      const times = shown.split(word).length - 1
      if (times > 1) breaches.push(`${word} came ${times} times`)
    }
    for (const word of world.last) {
      checks += 1
      if (!shown.includes(word)) breaches.push(`${word} was lost`)
    }
  } catch (error) {
    breaches.push(`it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    world.close()
    fs.rmSync(folder, { recursive: true })
  }
  return { checks, edits: world.edits, restarts: world.restarts, breaches }
}
