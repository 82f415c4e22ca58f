import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileStem, isNamedAfter, stemOf } from './file-name.ts'

test.each([
  ['Hay', 'Hay'],
  ['', 'Untitled'],
  ['   ', 'Untitled'],
  ['...', 'Untitled'],
  ['a/b\\c:d|e', 'a-b-c-d-e'],
  ['What? "Yes" <no>*', 'What Yes no'],
  ['.hidden', 'hidden'],
  ['ends with a dot.', 'ends with a dot'],
  ['two\n  lines\tand  tabs', 'two lines and tabs'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['Lpt1', '_Lpt1'],
  ['Console', 'Console'],
  ['txt\u202efdp', 'txtfdp'],
  ['e\u0301te\u0301', 'été'],
  ['half a pair \ud83d', 'half a pair'],
  ['../../etc/passwd', '-..-etc-passwd'],
])('LIB-16: the title %j becomes the file name %j', (title, stem) => {
  expect(fileStem(title)).toBe(stem)
})

test('LIB-16: a long title is cut between characters people see', () => {
  const family = '👨‍👩‍👧'
  const stem = fileStem(family.repeat(60))
  expect(stem.length % family.length).toBe(0)
  expect(new TextEncoder().encode(stem).length).toBeLessThanOrEqual(180)
  expect(fileStem('x'.repeat(500))).toBe('x'.repeat(120))
})

test('LIB-16: whatever the title, its file name is safe on every system and made from it again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
      const stem = fileStem(title)
      expect(stem).not.toBe('')
      expect(stem).toBe(stem.normalize('NFC'))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(stem).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f]|^[.\s]|[.\s]$/u)
      expect(stem).not.toMatch(/\p{Cs}/u)
      expect(new TextEncoder().encode(`${stem}.sheaf`).length).toBeLessThan(255)
      expect(isNamedAfter(stem, title)).toBe(true)
    }),
  )
})

test('a numbered name is named after its title, another one is not', () => {
  expect(isNamedAfter('Hay 2', 'Hay')).toBe(true)
  expect(isNamedAfter('Hay 12', 'Hay')).toBe(true)
  expect(isNamedAfter('Untitled', '')).toBe(true)
  expect(isNamedAfter('Hay 1', 'Hay')).toBe(false)
  expect(isNamedAfter('Hay final', 'Hay')).toBe(false)
  expect(isNamedAfter('Straw', 'Hay')).toBe(false)
})

test('the ending goes whatever its case, and only at the end', () => {
  expect(stemOf('/a/b/Hay.sheaf')).toBe('Hay')
  expect(stemOf('C:\\a\\Hay.SHEAF')).toBe('Hay')
  expect(stemOf('/a/Hay.sheaf.old')).toBe('Hay.sheaf.old')
})
