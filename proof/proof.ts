/** How long a run may take: minutes in every test run, hours at night, days before a release. */
export type Tier = 'suite' | 'nightly' | 'release'

/**
 * A claim held against many random or hostile cases: crashes, orders of merging, damaged files.
 *
 * The same seed and tier give the same cases. `run` throws only when the proof itself is broken; what the product does
 * wrong it returns.
 */
export interface Proof {
  /** One word, unique: what `--only` names. */
  readonly name: string
  run(context: ProofContext): Promise<ProofResult>
}

export interface ProofContext {
  readonly tier: Tier
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number
  /** Shows a line of progress. */
  report(line: string): void
}

export interface ProofResult {
  /** How many single comparisons were made. A proof that compared nothing has failed. */
  readonly checks: number
  /** One sentence for each breach, with what is needed to see it again. */
  readonly violations: readonly string[]
  /** Parts that could not be run here, one sentence each: they are neither held nor failed. */
  readonly skipped?: readonly string[]
  /** What was measured on the way, with units in the names: `{ kills: 100, 'acknowledged edits': 4333 }`. */
  readonly figures: Readonly<Record<string, number | string>>
}
