import { describe, expect, it } from 'vitest'
import { alignParts } from './align-parts.ts'
import type { NodeShape } from './document-shape.ts'

const p = (text: string): NodeShape => ({
  node: 'block',
  attributes: {},
  content: text === '' ? [] : [{ text, marks: {} }],
})
const divider: NodeShape = { node: 'divider', attributes: {}, content: [] }
const align = (from: readonly NodeShape[], to: readonly NodeShape[]): string =>
  alignParts(from, to)
    .map((pair) => `${pair.from}-${pair.to}`)
    .join(' ')

describe('what became what', () => {
  it.each<[string, NodeShape[], NodeShape[], string]>([
    ['an insertion', [p('one'), p('two')], [p('one'), p('new'), p('two')], '0-0 1-2'],
    ['a deletion', [p('one'), p('two'), p('three')], [p('one'), p('three')], '0-0 2-1'],
    ['an edit', [p('one'), p('two words'), p('three')], [p('one'), p('two more words'), p('three')], '0-0 1-1 2-2'],
    ['a complete change of words', [p('abc')], [p('xyz')], '0-0'],
    ['an edited paragraph after a new one', [p('the old words here')], [p('unlike'), p('the old words there')], '0-1'],
    [
      'a split',
      [p('a short start and a much longer rest of it')],
      [p('a short start'), p('and a much longer rest of it')],
      '0-1',
    ],
    ['another kind of node', [divider, p('a')], [p('a'), divider], '1-0'],
    [
      'empty paragraphs around an edit',
      [p(''), p('some words'), p('')],
      [p(''), p(''), p('some word'), p('')],
      '0-0 1-2 2-3',
    ],
  ])('in %s', (_, from, to, pairs) => {
    expect(align(from, to)).toBe(pairs)
  })

  it('is found in a long document within a moment, also when everything is new', () => {
    const old = Array.from({ length: 3000 }, (_, i) => p(`Paragraph ${i} with its own words ${i * 7919}.`))
    const edited = old.flatMap((node, i) => (i % 500 === 0 ? [p(`New one ${i}`), node] : [node]))
    const pairs = alignParts(old, edited)
    expect(pairs).toHaveLength(3000)
    expect(pairs.every((pair) => old[pair.from] === edited[pair.to])).toBe(true)
    expect(
      alignParts(
        old,
        Array.from({ length: 3000 }, (_, i) => p(`Other ${i * 31}`)),
      ),
    ).toHaveLength(3000)
  })
})
