import { expect, test } from 'vitest'
import { isTrustedSender } from './trusted-sender.ts'

test('SAFE-7: the top frame of our page is heard', () => {
  expect(isTrustedSender({ url: 'app://sheaf/', parent: null })).toBe(true)
})

test.each([
  ['a frame inside our page', { url: 'app://sheaf/', parent: {} }],
  ['a blank frame inside our page', { url: 'about:blank', parent: {} }],
  ['a top frame of another origin', { url: 'https://example.org/', parent: null }],
  ['a top frame of another app host', { url: 'app://other/', parent: null }],
  ['a local file', { url: 'file:///app/index.html', parent: null }],
  ['a frame that is gone', null],
])('SAFE-7: %s is not heard', (_what, frame) => {
  expect(isTrustedSender(frame)).toBe(false)
})
