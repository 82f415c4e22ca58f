import { expect, test } from 'vitest'
import { externalLink } from './external-link.ts'

test('SAFE-9: web and mail addresses are opened, and the person sees the host', () => {
  expect(externalLink('https://example.org/a?b#c')).toEqual({
    href: 'https://example.org/a?b#c',
    target: 'example.org',
  })
  expect(externalLink('http://example.org:8080/').target).toBe('example.org:8080')
  expect(externalLink('mailto:alice@example.org?subject=x').target).toBe('alice@example.org')
})

test('SAFE-9: a host that looks like another one is shown as what it is', () => {
  expect(externalLink('https://еxample.org/').target).toBe('xn--xample-2of.org')
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'file:///etc/passwd',
  'smb://host/share',
  'data:text/html,<script>alert(1)</script>',
  'app://sheaf/',
  'sheaf://i#x',
  'ms-msdt:/id',
  'vbscript:x',
  '\\\\host\\share',
  '//example.org',
  'example.org',
  'https://bank.example@evil.example/',
  '',
])('SAFE-9: %j is not opened', (address) => {
  expect(() => externalLink(address)).toThrow(expect.objectContaining({ kind: 'invalid-argument' }))
})
