import { describe, expect, it } from 'vitest'
import type { DocumentShape, NodeShape } from './document-shape.ts'
import { countWords, displayTitle, firstWords, shapeToText, wordCount } from './plain-text.ts'

const block = (text: string, attributes: NodeShape['attributes'] = {}): NodeShape => ({
  node: 'block',
  attributes,
  content: text === '' ? [] : [{ text, marks: {} }],
})
const doc = (title: string, ...content: NodeShape[]): DocumentShape => ({ title, content })

describe('a document as plain text', () => {
  it('separates blocks by an empty line and keeps list items together', () => {
    const shape = doc(
      'Title',
      block('One'),
      block('a', { kind: 'ordered' }),
      block('b', { kind: 'ordered' }),
      block('c', { kind: 'bullet', depth: 1 }),
      block('d', { kind: 'ordered' }),
      { node: 'divider', attributes: {}, content: [] },
      block('e', { kind: 'task', checked: true }),
    )
    expect(shapeToText(shape)).toBe('Title\n\nOne\n\n1. a\n2. b\n  - c\n3. d\n\n* * *\n\n[x] e\n')
    expect(shapeToText(doc(''))).toBe('')
  })

  it('gives the words of nodes it does not know', () => {
    const cell = (text: string): NodeShape => ({ node: 'cell', attributes: {}, content: [block(text)] })
    expect(shapeToText(doc('', { node: 'table', attributes: {}, content: [cell('a'), cell('b')] }))).toBe('a\nb\n')
  })

  it('cuts the first words between words and never inside a character', () => {
    expect(firstWords(doc('T', block('one two'), block('three four')).content, 12)).toBe('one two')
    expect(firstWords(doc('T', block('👩👩👩👩')).content, 3)).toBe('👩')
    expect(firstWords(doc('T', block('  '), block('a\tb')).content)).toBe('a b')
  })

  it('calls an untitled document by its first line', () => {
    expect(displayTitle(doc('  My\n title ', block('x')))).toBe('My title')
    expect(displayTitle(doc('', block('First line.'), block('Second.')))).toBe('First line.')
    expect(displayTitle(doc(''))).toBe('')
  })
})

describe('the word count', () => {
  it.each([
    ['', 0],
    ['one', 1],
    ["don't stop — a well-known 42", 5],
    ['so—yes', 2],
    ['… * —', 0],
    ['naïve façade', 2],
    ['漢字を読む', 3],
    ['Привет, мир', 2],
    ['שלום עולם', 2],
  ])('of %j is %i', (text, words) => {
    expect(countWords(text)).toBe(words)
  })

  it('counts list items and headings, not dividers or the title', () => {
    const shape = doc(
      'Title',
      block('a b', { kind: 'h1' }),
      { node: 'divider', attributes: {}, content: [] },
      block('c'),
    )
    expect(wordCount(shape)).toBe(3)
  })
})
