import { expect, test } from 'vitest'
import { runsTypeScript } from './node-runtime.mjs'

test.each([
  ['20.20.2', false],
  ['22.12.0', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node %s runs TypeScript without a flag: %s', (version, answer) => {
  expect(runsTypeScript(version)).toBe(answer)
})
