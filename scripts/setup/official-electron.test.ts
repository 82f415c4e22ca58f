import { expect, test } from 'vitest'
import { firstReason } from './official-electron.mjs'

test('takes the line that names the error out of an installer’s stack trace', () => {
  expect(firstReason('    at node:internal\nTypeError: fetch failed\n  cause: ENOTFOUND github.com\n')).toBe(
    'TypeError: fetch failed',
  )
})

test('finds no reason in output without an error', () => {
  expect(firstReason('Downloading electron\n')).toBeUndefined()
})
