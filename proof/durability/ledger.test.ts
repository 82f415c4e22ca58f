import { expect, test } from 'vitest'
import { Ledger } from './ledger.ts'

/** A session that saved 1 and 2, took 1 out again, and was killed before it heard of 3. */
function ledgerOfThree(): Ledger {
  const ledger = new Ledger()
  ledger.add('begun\ndocument abc\nopen\ntype 1\nsaved 1\ntype 2\nsaved 2\nerase 1\nerased 1\ntype 3\n')
  return ledger
}

test.each(['⟦2⟧', '⟦2⟧⟦3⟧'])('the text %s is what was acknowledged, with or without what was not', (text) => {
  expect(ledgerOfThree().judgeText(text)).toEqual([])
})

const wrong: [string, string, string][] = [
  ['misses an acknowledged edit', '⟦3⟧', '1 acknowledged edits are lost: 2'],
  ['has what was taken out', '⟦1⟧⟦2⟧', '1 erased tokens are back: 1'],
  ['has an edit twice', '⟦2⟧⟦3⟧⟦2⟧', '1 tokens stand there twice: 2'],
  ['has what nobody wrote', '⟦2⟧⟦9⟧', '1 tokens were never written: 9'],
]

test.each(wrong)('a text that %s is told apart', (_, text, sentence) => {
  expect(ledgerOfThree().judgeText(text)).toEqual([sentence])
})

test('the published file may lag behind, but not behind the last one that was acknowledged', () => {
  const ledger = ledgerOfThree()
  ledger.add('publishing\ntype 4\nsaved 4\n')
  expect(ledger.judgePublished('')).toEqual([])
  ledger.add('published\n')
  expect(ledger.judgePublished('⟦2⟧')).toEqual([])
  expect(ledger.judgePublished('⟦4⟧')).toEqual(['1 acknowledged edits are lost: 2'])
})
