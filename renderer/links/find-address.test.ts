import { describe, expect, test } from 'vitest'
import { addressAtEnd, hrefOf } from './find-address.ts'

describe('addresses among words', () => {
  test.each([
    ['see https://example.org/a?b=c#d', 'https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['www.example.org', 'www.example.org', 'https://www.example.org/'],
    ['(https://example.org)', 'https://example.org', 'https://example.org/'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)', 'https://example.org/a_(b)'],
    ['(see https://example.org/a_(b)).', 'https://example.org/a_(b)', 'https://example.org/a_(b)'],
    ['“https://example.org/x”,', 'https://example.org/x', 'https://example.org/x'],
    ['https://example.org/what?!', 'https://example.org/what', 'https://example.org/what'],
    ['alice@example.org.', 'alice@example.org', 'mailto:alice@example.org'],
    ['https://münchen.de', 'https://münchen.de', 'https://xn--mnchen-3ya.de/'],
    ['HTTPS://EXAMPLE.ORG', 'HTTPS://EXAMPLE.ORG', 'https://example.org/'],
  ])('LINK-1: in “%s” it is %s', (text, address, href) => {
    const found = addressAtEnd(text)
    expect(found).toMatchObject({ text: address, href })
    expect(text.slice(found?.start, (found?.start ?? 0) + address.length)).toBe(address)
  })

  test.each([
    'readme.md',
    'e.g.',
    'https://',
    'http:',
    'www.',
    'www..org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'alice@',
    '@alice',
    'alice@localhost',
    'data:text/html,x',
    'sheaf:aa',
    'a word',
  ])('LINK-1: “%s” is none', (text) => expect(addressAtEnd(text)).toBeNull())

  test('a bare address alone, or nothing', () => {
    expect(hrefOf('www.example.org/a')).toBe('https://www.example.org/a')
    expect(hrefOf('see https://example.org')).toBeNull()
  })
})
