import { expect, test } from 'vitest'
import { shownAddress } from './shown-address.ts'

test('LINK-5: an address is shown in the letters it is asked for with', () => {
  // The first letter is Cyrillic.
  expect(shownAddress('https://аpple.com/login', 'Apple')).toEqual({
    host: 'xn--pple-43d.com',
    full: 'https://xn--pple-43d.com/login',
    misgivings: ['foreign-letters'],
  })
  expect(shownAddress('https://example.org/a\u202Egnp.exe', 'x')?.full).toBe('https://example.org/a%E2%80%AEgnp.exe')
  expect(shownAddress('https://EXAMPLE.org:8080/x', 'x')?.host).toBe('example.org:8080')
})

test('LINK-5: a name before the host, and words that are another address, are said', () => {
  expect(shownAddress('https://bank.example@evil.example/', 'x')).toMatchObject({
    host: 'evil.example',
    misgivings: ['hidden-name'],
  })
  expect(shownAddress('https://evil.example/', 'https://bank.example')?.misgivings).toEqual(['other-host'])
  expect(shownAddress('https://evil.example/', 'bank.com')?.misgivings).toEqual(['other-host'])
  expect(shownAddress('mailto:eve@evil.example', 'alice@bank.example')?.misgivings).toEqual(['other-host'])
  expect(shownAddress('https://www.bank.com/a', 'bank.com')?.misgivings).toEqual([])
  expect(shownAddress('https://nodejs.org/', 'Node.js')?.misgivings).toEqual([])
})

test('LINK-5: a mail address is shown whole, and what can’t be followed has no host', () => {
  expect(shownAddress('mailto:alice@example.org?subject=x', 'Alice')).toMatchObject({
    host: 'alice@example.org',
    full: 'mailto:alice@example.org?subject=x',
  })
  for (const href of ['javascript:alert(1)', 'chapter2.html', '', null, 7]) expect(shownAddress(href, 'x')).toBeNull()
})
