import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { ProofContext } from './proof.ts'
import { apart } from './run-apart.ts'
import { runProofs } from './run-proofs.ts'

const ENDLESS = fileURLToPath(new URL('./endless.fixture.ts', import.meta.url))
const lines: string[] = []
const context: ProofContext = { tier: 'suite', seed: 7, report: (line) => lines.push(line) }

test('HOUSE-4: a proof that does not end in its time has failed, says how far it got, and the next one still runs', async () => {
  const outcomes = await runProofs(
    [
      apart({ name: 'endless' }, ENDLESS, 3000),
      { name: 'next', run: async () => ({ checks: 1, violations: [], figures: {} }) },
    ],
    context,
  )
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true])
  expect(outcomes[0]?.violations[0]).toContain('not ended after 0.05 minutes; the last it said was: half way')
})

test('HOUSE-4: a proof whose program ends without a result has failed', async () => {
  const [outcome] = await runProofs([apart({ name: 'no such proof' })], context)
  expect(outcome?.ok).toBe(false)
  expect(outcome?.violations[0]).toContain('its program ended with code 1')
})
