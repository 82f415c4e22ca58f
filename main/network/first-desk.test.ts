import { expect, test } from 'vitest'
import { WHY_NOT, type WhyNot } from '../../shared/sharing/why-not.ts'
import { firstDesk } from './first-desk.ts'

const after = <T>(milliseconds: number, answer: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(answer), milliseconds))
const chain = { chain: [] }

test('NET-7: all desks are asked at once, and the first that has the invite is taken', async () => {
  const asked: string[] = []
  const ask = (desk: string): Promise<typeof chain | WhyNot> => {
    asked.push(desk)
    return desk === 'slow' ? after(50, chain) : desk === 'quick' ? after(5, chain) : after(1, 'nobody-near' as const)
  }
  expect(await firstDesk(['slow', 'empty', 'quick'], ask)).toEqual({ desk: 'quick', found: chain })
  expect(asked).toEqual(['slow', 'empty', 'quick'])
})

test('NET-7: when none has it, the most telling reason is given, and no later than the patience', async () => {
  expect(await firstDesk<WhyNot, object>(['nobody-near', 'used-up', 'relay-unreachable'], async (why) => why)).toBe(
    'used-up',
  )
  expect(await firstDesk<WhyNot, object>([], async (why) => why)).toBe('nobody-near')
  expect(await firstDesk<number, object>([1], () => after(60_000, chain), 20)).toBe('nobody-near')
  for (const why of WHY_NOT) expect(await firstDesk<WhyNot, object>([why, 'nobody-near'], async (one) => one)).toBe(why)
})

test('NET-7: a desk that breaks is heard of', async () => {
  await expect(firstDesk([1], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
