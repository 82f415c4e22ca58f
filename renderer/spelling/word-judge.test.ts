import { expect, test } from 'vitest'
import { WordJudge } from './word-judge.ts'

test('SPELL-16: each word is asked about once, many at a time, also while an answer is on its way', async () => {
  const asked: (readonly string[])[] = []
  const judge = new WordJudge(async (words) => {
    asked.push(words)
    return words.filter((word) => word === 'teh')
  })
  await Promise.all([judge.ask(['the', 'teh', 'the']), judge.ask(['teh', 'river'])])
  await judge.ask(['the', 'river'])
  expect(asked).toEqual([['the', 'teh'], ['river']])
  expect(['teh', 'the', 'sea'].map((word) => judge.isWrong(word))).toEqual([true, false, null])
})

test('SPELL-16: words whose asking failed are asked about again', async () => {
  let fails = true
  const judge = new WordJudge(async () => {
    if (fails) throw new Error('no dictionary')
    return ['teh']
  })
  await expect(judge.ask(['teh'])).rejects.toThrow('no dictionary')
  expect(judge.isWrong('teh')).toBeNull()
  fails = false
  await judge.ask(['teh'])
  expect(judge.isWrong('teh')).toBe(true)
})
