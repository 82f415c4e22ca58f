import { expect, test } from 'vitest'
import { Unfinished } from './unfinished.ts'

const MALLORY = 'one connection'

test('SYNC-39: beyond the bound whoever has most is sent away, until it holds, and the others stay', () => {
  const sums: number[] = []
  const unfinished = new Unfinished(100, (bytes) => sums.push(bytes))
  const ended: string[] = []
  const [alice, bob, carol] = [{}, {}, {}]
  unfinished.set(alice, 40, () => ended.push('alice'))
  unfinished.set(bob, 10, () => ended.push('bob'))
  unfinished.set(carol, 50, () => ended.push('carol'))
  expect(ended).toEqual([])
  unfinished.set(bob, 11, () => ended.push('bob'))
  expect(ended).toEqual(['carol'])
  expect(sums.at(-1)).toBe(51)
  unfinished.leave(alice)
  unfinished.leave(alice)
  expect(sums.at(-1)).toBe(11)
})

test('SYNC-39: who has a little on each of many documents counts as one', () => {
  const unfinished = new Unfinished(100)
  const ended: string[] = []
  unfinished.set({}, 40, () => ended.push('alice'))
  for (let at = 0; at < 9; at++) unfinished.set({}, 10, () => ended.push(`mallory ${at}`), MALLORY)
  expect(ended).toHaveLength(3)
  expect(ended).not.toContain('alice')
})
