/** A program that runs one proof and tells its parent how it goes: `node proof-process.ts NAME TIER SEED`. */
import process from 'node:process'
import type { Tier } from './proof.ts'
import { PROOFS } from './registry.ts'
import type { ProofNews } from './run-apart.ts'

const [name, tier, seed] = process.argv.slice(2)
const proof = PROOFS.find((one) => one.name === name)
if (proof === undefined || process.send === undefined) throw new Error('This program is started by proof/run.ts.')
// Whoever waits for it is gone.
process.once('disconnect', () => process.exit(1))
const tell = (news: ProofNews): void => void process.send?.(news)
try {
  tell({ result: await proof.run({ tier: tier as Tier, seed: Number(seed), report: (line) => tell({ line }) }) })
} catch (error) {
  tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
