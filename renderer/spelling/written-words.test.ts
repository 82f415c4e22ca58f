import { expect, test } from 'vitest'
import { schema } from '../../shared/document/schema.ts'
import { writtenWords } from './written-words.ts'

const text = (words: string, mark?: string) =>
  schema.text(
    words,
    mark === undefined ? [] : [schema.mark(mark, mark === 'link' ? { href: 'https://example.org' } : null)],
  )
const block = (kind: string | null, ...content: ReturnType<typeof text>[]) => schema.node('block', { kind }, content)
const words = (node: ReturnType<typeof block>) => writtenWords(node).map(({ word }) => word)

test('SPELL-12: words of prose are found in every script, with their apostrophes, and at their places', () => {
  const node = block(null, text('Don’t stop: '), text('Grüße', 'bold'), text(' from Ελλάδα'))
  expect(words(node)).toEqual(['Don’t', 'stop', 'Grüße', 'from', 'Ελλάδα'])
  for (const { from, to, text: written } of writtenWords(node)) expect(node.textBetween(from - 1, to - 1)).toBe(written)
})

test('SPELL-12: half a word that is formatted is one word with the other half', () => {
  expect(words(block('h2', text('un', 'italic'), text('done')))).toEqual(['undone'])
})

test('SPELL-12: code, code among words and formulas are no prose', () => {
  expect(words(block('code', text('let wrongg = 1')))).toEqual([])
  expect(words(block('math', text('wrongg')))).toEqual([])
  expect(words(block(null, text('say '), text('wrongg', 'code'), text(' twice')))).toEqual(['say', 'twice'])
})

test('SPELL-12: addresses, file names, numbers and capitals alone are left alone; the words of a link are not', () => {
  const left = 'see https://exampel.org/wrongg, me@exampel.org, notess.sheaf, b2b, 3rd, NASAA, A and C:\\wrongg'
  expect(words(block(null, text(left)))).toEqual(['see', 'and'])
  expect(words(block(null, text('wrongg', 'link'), text(' and '), text('exampel.org', 'link')))).toEqual([
    'wrongg',
    'and',
  ])
})

test('SPELL-12: a word is asked about without the marks of where it may be broken', () => {
  expect(words(block(null, text('Fluss\u00ADbru\u0308cke')))).toEqual(['Flussbrücke'])
})

test('SPELL-12: words in cells and captions are found as well', () => {
  const cell = (words: string) => schema.node('table_cell', null, [text(words)])
  const table = schema.node('table', null, [schema.node('table_row', null, [cell('one'), cell('wrongg')])])
  const found = writtenWords(table)
  expect(found.map(({ word }) => word)).toEqual(['one', 'wrongg'])
  for (const { from, to, word } of found) expect(table.textBetween(from - 1, to - 1)).toBe(word)
})
