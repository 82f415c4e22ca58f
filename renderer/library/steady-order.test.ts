import { expect, it } from 'vitest'
import { steadyOrder } from './steady-order.ts'

const order = (before: string, rows: string) => steadyOrder([...before], [...rows], (row) => row).join('')

it('LIB-36: rows keep their places, new ones come first, and those that went away leave no gap', () => {
  expect(order('abc', 'cab')).toBe('abc')
  expect(order('abc', 'xcyab')).toBe('xyabc')
  expect(order('abcd', 'db')).toBe('bd')
  expect(order('', 'cab')).toBe('cab')
})
