/**
 * Power cuts in recorded sessions: the disk as it may be found after a cut at each sync, and at moments in between, is
 * opened and compared with what the session had heard was saved by then.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Durability } from '../../main/storage/open-database.ts'
import { examineFolder } from '../durability/examine-folder.ts'
import { Ledger } from '../durability/ledger.ts'
import { SCRIPTS } from '../durability/session-scripts.ts'
import type { ProofContext, ProofResult, Tier } from '../proof.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { DiskImage, FATES, type Fate } from './disk-image.ts'
import type { DiskEntry } from './disk-journal.ts'
import { buildRecorder, recordSession } from './record-session.ts'

interface Effort {
  /** How often every script is run. */
  readonly rounds: number
  /** Of how many like syncs in a row one is cut at, of how many moments between syncs; and how often each is torn. */
  readonly alike: number
  readonly between: number
  readonly torn: number
}

const EFFORT: Record<Tier, Effort> = {
  suite: { rounds: 1, alike: 3, between: 30, torn: 1 },
  nightly: { rounds: 4, alike: 1, between: 2, torn: 3 },
  release: { rounds: 20, alike: 1, between: 1, torn: 5 },
}

/** How a loss reads in a breach. */
const LOST = 'acknowledged edits are lost'

interface Cuts {
  readonly states: number
  readonly syncs: number
  readonly acknowledged: number
  readonly breaches: readonly string[]
}

export async function cutPower({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const built = buildRecorder(folder)
  if ('missing' in built) return { checks: 0, violations: [], figures: {}, skipped: [`Power loss: ${built.missing}.`] }
  const violations: string[] = []
  const began = performance.now()
  const totals = { states: 0, syncs: 0, acknowledged: 0, sessions: 0, blind: 0 }
  for (let round = 0; round < EFFORT[tier].rounds; round++) {
    for (const script of Object.keys(SCRIPTS)) {
      const session = { script, seed: seed + round }
      const run = (durability: Durability, enough: (breach: string) => boolean): Cuts => {
        const { entries, doubts } = recordSession(built.library, folder, { ...session, durability })
        violations.push(...doubts.map((doubt) => `The recorder is broken in "${script}": ${doubt}`))
        return cutEverywhere(entries, path.join(folder, 'found'), EFFORT[tier], seededRandom(session.seed), enough)
      }
      const full = run('full', () => false)
      violations.push(...full.breaches.map((breach) => `"${script}" of seed ${session.seed}, ${breach}`))
      totals.sessions += 1
      totals.states += full.states
      totals.syncs += full.syncs
      totals.acknowledged += full.acknowledged
      // The same session again with commits that are not synced: a proof that sees nothing missing then is blind.
      const control = run('normal', (breach) => breach.includes(LOST))
      if (!control.breaches.some((breach) => breach.includes(LOST))) {
        violations.push(`"${script}" of seed ${session.seed} lost nothing without full durability: the proof is blind.`)
      }
    }
    report(`power loss: ${totals.sessions} sessions, ${totals.states} states of the disk`)
  }
  return {
    checks: totals.states,
    violations,
    figures: {
      'recorded sessions': totals.sessions,
      'acknowledged edits in them': totals.acknowledged,
      syncs: totals.syncs,
      'power cuts': totals.states,
      'seconds of power cuts': Math.round((performance.now() - began) / 1000),
    },
  }
}

/** Cuts until the session's end, or until a breach is enough. */
function cutEverywhere(
  entries: readonly DiskEntry[],
  found: string,
  { alike, between, torn }: Effort,
  random: Random,
  enough: (breach: string) => boolean,
): Cuts {
  const image = new DiskImage()
  const ledger = new Ledger()
  const breaches: string[] = []
  let [states, syncs] = [0, 0]
  const cut = (index: number, fate: Fate): void => {
    fs.rmSync(found, { recursive: true, force: true })
    fs.mkdirSync(found)
    image.writeTo(found, fate, random)
    states += 1
    const at = `cut before entry ${index} with what was not synced ${fate}: `
    breaches.push(...examineFolder(found, ledger, seededSuite(random.below(2 ** 32))).map((breach) => at + breach))
  }
  let last = ''
  for (const [index, entry] of entries.entries()) {
    const isSync = entry.kind === 'sync' || entry.kind === 'sync-folder'
    const what = entry.kind === 'sync' ? `${entry.inode}` : entry.kind
    const chosen = isSync && (what !== last || random.below(alike) === 0)
    if (isSync) last = what
    // Just before a sync the most is at stake; just after it, nothing of what it covers may be missing any more.
    if (chosen && image.hasPending()) for (let i = 0; i < torn; i++) cut(index, 'some')
    image.apply(entry)
    if (entry.kind === 'note') ledger.add(entry.text)
    if (isSync) syncs += 1
    if (chosen) cut(index + 1, 'lost')
    else if (!isSync && random.below(between) === 0) cut(index + 1, random.pick(FATES))
    if (breaches.some(enough)) return { states, syncs, acknowledged: ledger.acknowledged, breaches }
  }
  cut(entries.length, 'lost')
  if (!ledger.ended) throw new Error('A recorded session did not come to its end.')
  return { states, syncs, acknowledged: ledger.acknowledged, breaches }
}
