import { expect, test } from 'vitest'
import type { Proof, ProofContext, ProofResult } from './proof.ts'
import { runProofs, summary } from './run-proofs.ts'

const holds: Proof = { name: 'holds', run: async () => ({ checks: 12, violations: [], figures: { kills: 3 } }) }

function contextThatCollects(): { context: ProofContext; lines: string[] } {
  const lines: string[] = []
  return { lines, context: { tier: 'suite', seed: 7, report: (line) => lines.push(line) } }
}

test('a proof that holds is reported with its seed and figures', async () => {
  const { context, lines } = contextThatCollects()
  const outcomes = await runProofs([holds], context)
  expect(outcomes).toMatchObject([{ name: 'holds', ok: true }])
  expect(lines).toEqual(['── holds (tier suite, seed 7) ──', 'holds: checks 12, kills 3'])
  expect(summary(outcomes, 7)).toBe('1 of 1 proofs held: 12 checks, 0 violations, seed 7')
})

const failing: [string, () => Promise<ProofResult>][] = [
  ['finds a violation', async () => ({ checks: 5, violations: ['Edit 3 is lost.'], figures: {} })],
  ['throws', () => Promise.reject(new Error('no disk'))],
  ['compares nothing', async () => ({ checks: 0, violations: [], figures: {} })],
]

test.each(failing)('HOUSE-4: a proof that %s has failed, and the next one still runs', async (_, run) => {
  const { context, lines } = contextThatCollects()
  const outcomes = await runProofs([{ name: 'fails', run }, holds], context)
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, true])
  expect(lines.some((line) => line.startsWith('VIOLATION in fails: '))).toBe(true)
})

test('a part that could not run is named as skipped, not counted as held', async () => {
  const { context, lines } = contextThatCollects()
  const run = async (): Promise<ProofResult> => ({ ...(await holds.run(context)), skipped: ['There is no compiler.'] })
  const outcomes = await runProofs([{ name: 'partly', run }], context)
  expect(lines).toContain('SKIPPED in partly: There is no compiler.')
  expect(summary(outcomes, 7)).toBe('1 of 1 proofs held: 12 checks, 0 violations, 1 part skipped, seed 7')
})
