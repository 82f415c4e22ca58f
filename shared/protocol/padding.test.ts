import { expect, test } from 'vitest'
import { paddedLength } from './padding.ts'

test('SEAL-4: a padded length is at least the length, at most an eighth more above 1 KiB, and padding it again adds nothing', () => {
  for (let length = 1; length < 70_000; length += 7) {
    const padded = paddedLength(length)
    expect(padded).toBeGreaterThanOrEqual(length)
    expect(padded - length).toBeLessThan(length <= 1024 ? 64 : length / 8)
    expect(paddedLength(padded)).toBe(padded)
  }
})

test('SEAL-4: a megabyte of lengths has few distinct padded ones', () => {
  const lengths = new Set<number>()
  for (let length = 1; length <= 2 ** 20; length += 1) lengths.add(paddedLength(length))
  expect(lengths.size).toBeLessThan(300)
})
