/** A process that appends edits as fast as they are acknowledged is killed at a random moment, over and over. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProofContext, ProofResult, Tier } from '../proof.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { bundleSession } from './bundle-session.ts'
import { examineFolder } from './examine-folder.ts'
import { Ledger } from './ledger.ts'

const CYCLES: Record<Tier, number> = { suite: 100, nightly: 2000, release: 10_000 }
/** Stores worked on side by side, each by one session at a time. */
const LANES = 2
/** Cycles one store lives through before a fresh one begins. */
const STORE_LIFE = 20
const TOKENS_PER_CYCLE = 1_000_000

interface Tally {
  killed: number
  whileOpening: number
  acknowledged: number
  readonly violations: string[]
}

export async function killSessions({ tier, seed, report }: ProofContext, folder: string): Promise<ProofResult> {
  const tally: Tally = { killed: 0, whileOpening: 0, acknowledged: 0, violations: [] }
  const program = await bundleSession()
  const began = performance.now()
  const cycles = CYCLES[tier] / LANES
  const lane = async (number: number): Promise<void> => {
    const random = seededRandom(seed + number)
    let ledger = new Ledger()
    const store = path.join(folder, `store-${number}`)
    for (let turn = 0; turn < cycles; turn++) {
      const cycle = number * cycles + turn
      if (turn % STORE_LIFE === 0) {
        ledger = new Ledger()
        fs.rmSync(store, { recursive: true, force: true })
        fs.mkdirSync(store)
      }
      await runCycle({ cycle, program, store, folder, ledger, random, seed: seed + cycle }, tally)
      if (tally.killed % 500 === 0) report(`${tally.killed} kills, ${tally.violations.length} violations`)
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  return {
    checks: tally.killed,
    violations: tally.violations.map((violation) => `${violation} (seed ${seed})`),
    figures: {
      kills: tally.killed,
      'kills while opening': tally.whileOpening,
      'acknowledged edits': tally.acknowledged,
      'seconds of killing': Math.round((performance.now() - began) / 1000),
    },
  }
}

async function runCycle(cycle: Cycle, tally: Tally): Promise<void> {
  const before = cycle.ledger.acknowledged
  const end = await runAndKill(cycle)
  tally.acknowledged += cycle.ledger.acknowledged - before
  if (end.signal === 'SIGKILL') tally.killed += 1
  else tally.violations.push(`Cycle ${cycle.cycle}: the session ended by itself: ${end.errors}`)
  if (!end.opened) tally.whileOpening += 1
  // On a copy: the next session must recover the store itself, and is killed doing so now and then.
  const copy = `${cycle.store}-copy`
  fs.cpSync(cycle.store, copy, { recursive: true })
  const breaches = examineFolder(copy, cycle.ledger, seededSuite(cycle.seed + 2 ** 31))
  tally.violations.push(...breaches.map((breach) => `Cycle ${cycle.cycle}: ${breach}`))
  fs.rmSync(copy, { recursive: true })
}

interface Cycle {
  readonly cycle: number
  /** The session process's file. */
  readonly program: string
  readonly store: string
  readonly folder: string
  readonly ledger: Ledger
  readonly random: Random
  readonly seed: number
}

interface End {
  readonly signal: string | null
  readonly opened: boolean
  readonly errors: string
}

async function runAndKill({ cycle, program, store, folder, ledger, random, seed }: Cycle): Promise<End> {
  const known = ledger.documentId === null ? [] : ['--document', ledger.documentId]
  const args = [program, '--folder', store, '--seed', `${seed}`, '--first', `${cycle * TOKENS_PER_CYCLE + 1}`, ...known]
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  let notes = ''
  let errors = ''
  let heard = (): void => {}
  const lived = new Promise<void>((resolve) => (heard = resolve))
  // Founding and recovering come before a session is open; those moments are killed in too.
  const early = random.below(5) === 0
  const edits = early ? 0 : random.below(random.pick([5, 40, 160]))
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    notes += piece
    if (notes.includes(early ? 'begun\n' : 'open\n') && notes.split('saved ').length > edits) heard()
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece))
  const closed = once(child, 'close')
  await Promise.race([lived, closed])
  await pause(random.below(random.pick([3, 30])))
  child.kill('SIGKILL')
  await closed
  // The last line may be cut off in the middle; what was not noted whole was not noted.
  ledger.add(notes.slice(0, notes.lastIndexOf('\n') + 1))
  return { signal: child.signalCode, opened: notes.includes('open\n'), errors }
}
