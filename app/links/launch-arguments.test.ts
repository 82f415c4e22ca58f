import path from 'node:path'
import { expect, test } from 'vitest'
import { documentPaths, inviteLink, inviteOf } from './launch-arguments.ts'

test('files on the command line are found beside switches, and made absolute', () => {
  const argv = ['--no-sandbox', '.', 'novel.sheaf', '--user-data-dir=/x/y.sheaf', '/abs/Two words.SHEAF', 'notes.md']
  expect(documentPaths(argv, '/home/alice')).toEqual([
    path.resolve('/home/alice/novel.sheaf'),
    path.resolve('/abs/Two words.SHEAF'),
  ])
})

test('SAFE-10: links and names without a name are no files', () => {
  expect(documentPaths(['sheaf://i#x.sheaf', 'https://example.org/x.sheaf', '.sheaf', 'dir/.sheaf'], '/')).toEqual([])
})

test('SAFE-10: an invitation is read from its one exact form', () => {
  expect(inviteLink('sheaf://i#AZaz09_-')).toBe('sheaf://i#AZaz09_-')
  expect(inviteLink('sheaf://i/#abc')).toBe('sheaf://i#abc')
  expect(inviteLink(`sheaf://i#${'a'.repeat(502)}`)).not.toBeNull()
})

test.each([
  'sheaf://i',
  'sheaf://i#',
  'sheaf://j#abc',
  'sheaf://i#abc def',
  'sheaf://i#abc\n',
  'sheaf://i?x#abc',
  'sheaf://i#abc/../x',
  'SHEAF://i#abc',
  'xsheaf://i#abc',
  `sheaf://i#${'a'.repeat(503)}`,
  42,
  null,
])('SAFE-10: %j is ignored', (link) => {
  expect(inviteLink(link)).toBeNull()
})

test('SHARE-21: an invite link is found among the words of a command line, and nothing else is taken for one', () => {
  expect(inviteOf(['--no-sandbox', '.', 'novel.sheaf', 'sheaf://i#abc', 'sheaf://i#def'])).toBe('sheaf://i#abc')
  expect(inviteOf(['--link=sheaf://i#abc', 'sheaf:abc', 'https://relay.example.org/i#abc'])).toBeNull()
})

test('LINK-25: what an export calls a mention opens nothing from outside', () => {
  expect(inviteLink(`sheaf:${'ab'.repeat(32)}`)).toBeNull()
  expect(documentPaths([`sheaf:${'ab'.repeat(32)}`, 'sheaf:x.sheaf'], '/')).toEqual([])
})
