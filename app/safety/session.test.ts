import { expect, test } from 'vitest'
import { isAllowedRequest } from './session.ts'

test('SAFE-6: the page may ask for its own parts and for images it made', () => {
  for (const address of ['app://sheaf/', 'app://sheaf/assets/a.js', 'blob:app://sheaf/0b6a2f1e-77aa'])
    expect(isAllowedRequest(address, false)).toBe(true)
})

test.each([
  'https://example.org/pixel.gif',
  'http://127.0.0.1:8080/',
  'ws://127.0.0.1/',
  'file:///etc/passwd',
  'blob:https://example.org/x',
  'blob:null/x',
  'data:text/html,x',
  'chrome://gpu/',
  'devtools://devtools/bundled/x.html',
  'app://other/',
])('SAFE-6: %s is never requested', (address) => {
  expect(isAllowedRequest(address, false)).toBe(false)
})

test('developer tools load only where they are allowed', () => {
  expect(isAllowedRequest('devtools://devtools/bundled/x.html', true)).toBe(true)
})
