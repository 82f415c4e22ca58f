import { describe, expect, it } from 'vitest'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { changedBlocks, count, describeChanges, printable } from './describe-changes.ts'

const doc = (title: string, ...texts: string[]): DocumentShape => ({
  title,
  content: texts.map((text) => ({ node: 'block', attributes: {}, content: [{ text, marks: {} }] })),
})

describe('changes in words', () => {
  it('are counted and listed', () => {
    const before = doc('T', 'First words here.', 'Second words here.', 'Third and last.')
    const after = doc('U', 'First words there.', 'Third and last.', 'Fourth.')
    expect(describeChanges(before, after)).toBe(
      'new title, 1 paragraph edited, 1 paragraph added, 1 paragraph removed, 8 characters in, 18 characters out',
    )
    expect(changedBlocks(before, after)).toEqual([
      '~ title: U',
      '~ First words there.',
      '- Second words here.',
      '+ Fourth.',
    ])
    expect(describeChanges(before, before)).toBe('no change to the text')
    expect(changedBlocks(before, before)).toEqual([])
  })

  it('CLI-15: never bring a document’s escape sequences to a terminal', () => {
    expect(printable('a\x1b[31mb\x07\tc\n')).toBe('a�[31mb�\tc\n')
    expect(changedBlocks(doc(''), doc('', '\x1b]0;title\x07'))).toEqual(['+ �]0;title�'])
  })

  it('read as sentences do', () => {
    expect([0, 1, 2000].map((number) => count(number, 'word'))).toEqual(['no words', '1 word', '2,000 words'])
  })
})
