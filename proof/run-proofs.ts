import type { Proof, ProofContext, ProofResult } from './proof.ts'

/** How one proof ended, for the report. */
export interface ProofOutcome extends ProofResult {
  readonly name: string
  readonly ok: boolean
}

/**
 * Runs proofs one after the other and prints their figures. A proof fails on a violation, when it throws, and when it
 * compared nothing.
 */
export async function runProofs(proofs: readonly Proof[], context: ProofContext): Promise<ProofOutcome[]> {
  const outcomes: ProofOutcome[] = []
  for (const proof of proofs) {
    context.report(`── ${proof.name} (tier ${context.tier}, seed ${context.seed}) ──`)
    const result = await runProof(proof, context)
    outcomes.push({ ...result, name: proof.name, ok: result.violations.length === 0 })
    const figures = Object.entries(result.figures).map(([name, value]) => `${name} ${value}`)
    context.report(`${proof.name}: ${[`checks ${result.checks}`, ...figures].join(', ')}`)
    for (const part of result.skipped ?? []) context.report(`SKIPPED in ${proof.name}: ${part}`)
    for (const violation of result.violations) context.report(`VIOLATION in ${proof.name}: ${violation}`)
  }
  return outcomes
}

async function runProof(proof: Proof, context: ProofContext): Promise<ProofResult> {
  try {
    const result = await proof.run(context)
    if (result.checks > 0) return result
    return { ...result, violations: [...result.violations, 'The proof compared nothing.'] }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { checks: 0, violations: [`The proof itself broke: ${reason}`], figures: {} }
  }
}

/** The closing line: what was run, what held, and the seed that gives the same run again. */
export function summary(outcomes: readonly ProofOutcome[], seed: number): string {
  const held = outcomes.filter((outcome) => outcome.ok).length
  const checks = outcomes.reduce((total, outcome) => total + outcome.checks, 0)
  const violations = outcomes.reduce((total, outcome) => total + outcome.violations.length, 0)
  const parts = outcomes.reduce((total, outcome) => total + (outcome.skipped?.length ?? 0), 0)
  const skipped = parts === 0 ? '' : ` ${parts} ${parts === 1 ? 'part' : 'parts'} skipped,`
  return `${held} of ${outcomes.length} proofs held: ${checks} checks, ${violations} violations,${skipped} seed ${seed}`
}
