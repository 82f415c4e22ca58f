/**
 * Devices and a relay that talk over links that lose, double, delay and reorder, on disks that fill up, in programs that end
 * without a word, while people come, go and change roles, come to hold the same; no record that was acknowledged is lost,
 * nobody is told a word that is not so, and who was removed reads nothing that came after.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Judgement } from '../merge/hold-laws.ts'
import type { Proof, ProofContext, ProofResult, Tier } from '../proof.ts'
import { holdConditions } from './hold-conditions.ts'
import { throwFrames } from './hostile-frames.ts'
import { sendLies } from './hostile-members.ts'
import { lieTo } from './lying-relay.ts'
import { mutateUpdates } from './mutated-updates.ts'
import { revoke } from './revocation.ts'
import { takeInvites } from './take-invites.ts'
import { World } from './world.ts'

interface Amounts {
  readonly worlds: number
  readonly frames: number
  readonly liars: number
  readonly removals: number
  readonly lies: number
  readonly updates: number
  readonly invites: number
}

const AMOUNTS: Record<Tier, Amounts> = {
  suite: { worlds: 2000, frames: 20_000, liars: 60, removals: 150, lies: 500, updates: 20_000, invites: 400 },
  nightly: {
    worlds: 20_000,
    frames: 1_000_000,
    liars: 5000,
    removals: 5000,
    lies: 10_000,
    updates: 1_000_000,
    invites: 2000,
  },
  release: {
    worlds: 200_000,
    frames: 10_000_000,
    liars: 50_000,
    removals: 50_000,
    lies: 10_000,
    updates: 1_000_000,
    invites: 2000,
  },
}
/** Seeds under which a world once broke a rule, before the cause was mended: they are lived through first, every time. */
const FIXED: readonly number[] = [
  5127, 20_562, 1_001_238, 1_001_253, 500_000_368, 1_707_639_293, 2_273_063_329, 2_273_064_642, 3_000_000_650,
  3_000_000_962,
]
/** Frames thrown at one replica, and updates changed from one, before the next. */
const VOLLEY = 2000
const MEMORY = '/dev/shm'

export const replication: Proof = {
  name: 'replication',
  async run(context) {
    const parent = fs.existsSync(MEMORY) ? MEMORY : os.tmpdir()
    const folder = fs.mkdtempSync(path.join(parent, 'sheaf-proof-'))
    try {
      return await runAll(context, folder)
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function runAll({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const { worlds, frames, liars, removals, lies, updates, invites } = AMOUNTS[tier]
  const violations: string[] = []
  const figures = new Map<string, number>()
  let checks = 0
  const count = (what: string, more: number): void => void figures.set(what, (figures.get(what) ?? 0) + more)
  // Each case has a seed of its own: `--seed` with that seed begins with it.
  const each = async (
    what: string,
    times: number,
    run: (caseSeed: number, judgement: Judgement) => unknown,
    first: readonly number[] = [],
  ) => {
    for (let number = -first.length; number < times; number++) {
      const caseSeed = first[number + first.length] ?? (seed + number) >>> 0
      const judgement = new Judgement()
      try {
        await run(caseSeed, judgement)
      } catch (error) {
        judgement.breaches.push(
          `it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        )
      }
      checks += judgement.checks
      violations.push(...judgement.breaches.map((breach) => `Seed ${caseSeed}, ${what}: ${breach}`))
      if (judgement.breaches.length > 0) report(`seed ${caseSeed}, ${what}: ${judgement.breaches[0]}`)
      if (number >= 0 && (number + 1) % 500 === 0)
        report(`${what}: ${number + 1} of ${times}, ${violations.length} violations`)
    }
    figures.set(what, times)
  }
  let longest = 0
  await each(
    'worlds',
    worlds,
    async (caseSeed, judgement) => {
      const { took, world } = await runWorld(caseSeed, path.join(folder, String(caseSeed)), judgement)
      longest = Math.max(longest, took)
      count('replicas', world.places.length)
      for (const [what, more] of Object.entries(world.counts)) count(what, more)
    },
    FIXED,
  )
  figures.set('longest way to one text in ms', longest)
  await each('volleys of frames', frames / VOLLEY, (caseSeed, judgement) => {
    count('links closed', throwFrames(caseSeed, VOLLEY, judgement))
  })
  await each('liars', liars, (caseSeed, judgement) => {
    const { bits, odd } = sendLies(caseSeed, judgement)
    count('bits changed', bits)
    count('odd words taken in', odd)
  })
  await each('removals', removals, (caseSeed, judgement) => revoke(caseSeed, judgement))
  await each('lies of a relay', lies, (caseSeed, judgement) => lieTo(caseSeed, judgement))
  await each('volleys of updates', updates / VOLLEY, (caseSeed, judgement) => {
    count('changed updates taken in', mutateUpdates(caseSeed, VOLLEY, judgement))
  })
  await each('invites', invites, async (caseSeed, judgement) => {
    const own = path.join(folder, String(caseSeed))
    fs.mkdirSync(own)
    count('let in', await takeInvites(caseSeed, own, judgement))
    fs.rmSync(own, { recursive: true })
  })
  return { checks, violations, figures: Object.fromEntries(figures) }
}

async function runWorld(seed: number, folder: string, judgement: Judgement): Promise<{ took: number; world: World }> {
  fs.mkdirSync(folder)
  const world = new World(seed, folder, judgement)
  try {
    await world.play()
    return { took: await holdConditions(world, judgement), world }
  } finally {
    world.close()
    fs.rmSync(folder, { recursive: true })
  }
}
