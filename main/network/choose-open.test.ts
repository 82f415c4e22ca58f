import { expect, test } from 'vitest'
import { chooseOpen, MAX_OPEN, TURN } from './choose-open.ts'

const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at}`)

test('NET-10: of shared documents as many are held open as fit, and all of them in turn', () => {
  expect(chooseOpen(ids(MAX_OPEN), 0)).toEqual(ids(MAX_OPEN))
  const all = ids(200)
  const seen = new Set<string>()
  for (let at = 0; at < 100; at++) {
    const open = chooseOpen(all, at * TURN)
    expect(new Set(open).size).toBe(MAX_OPEN)
    expect(open.slice(0, 50)).toEqual(all.slice(0, 50))
    for (const id of open) seen.add(id)
  }
  expect(seen.size).toBe(200)
  expect(new Set(chooseOpen(ids(MAX_OPEN + 1), 5 * TURN)).size).toBe(MAX_OPEN)
})
