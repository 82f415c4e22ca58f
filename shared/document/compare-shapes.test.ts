import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryShape } from './arbitrary-shape.ts'
import { type ComparedBlock, type ComparedRun, compareShapes } from './compare-shapes.ts'
import { type DocumentShape, isText, type NodeShape, type TextShape } from './document-shape.ts'
import { normalContent, normalShape } from './normal-shape.ts'
import { nodeText } from './plain-text.ts'

const block = (text: string, attributes: NodeShape['attributes'] = {}, marks: TextShape['marks'] = {}): NodeShape => ({
  node: 'block',
  attributes,
  content: text === '' ? [] : [{ text, marks }],
})
const page = (...content: NodeShape[]): DocumentShape => normalShape({ title: '', content })

/** `kept [-gone-]{+come+}`, and `*looks otherwise*`. */
function read(runs: readonly ComparedRun[]): string {
  return runs
    .map(({ change, part }) => {
      const text = isText(part) ? part.text : nodeText(part)
      return { same: text, inserted: `{+${text}+}`, deleted: `[-${text}-]`, formatted: `*${text}*` }[change]
    })
    .join('')
}

const lines = (blocks: readonly ComparedBlock[]): string[] =>
  blocks.map(({ change, block: one, runs }) => `${change}: ${change === 'edited' ? read(runs) : nodeText(one)}`)

test('PAST-5: whole words go and come, and other marks are told from other words', () => {
  const before = page(block('The night began with rain.'), block('Stays'))
  const after = page(block('The evening began with rain.'), block('Stays', {}, { bold: {} }))
  expect(lines(compareShapes(before, after).blocks)).toEqual([
    'edited: The [-night-]{+evening+} began with rain.',
    'edited: *Stays*',
  ])
})

test('PAST-5: a change of kind is named, with the words as they are', () => {
  const [changed] = compareShapes(page(block('Night')), page(block('Night', { kind: 'h1' }))).blocks
  expect(changed).toMatchObject({ change: 'edited', attributes: ['kind'], runs: [{ change: 'same' }] })
})

test('PAST-5: a paragraph in the place of another that said something else is no edit of it', () => {
  expect(lines(compareShapes(page(block('Rain fell.')), page(block('Nobody came'))).blocks)).toEqual([
    'deleted: Rain fell.',
    'inserted: Nobody came',
  ])
})

test('PAST-6: a paragraph that stands elsewhere has moved, and says so at both places', () => {
  const [a, b, c] = [block('First of all a long one'), block('Second, as long as that'), block('Third of them')]
  expect(lines(compareShapes(page(a, b, c), page(b, c, a)).blocks)).toEqual([
    'moved-away: First of all a long one',
    'same: Second, as long as that',
    'same: Third of them',
    'moved-here: First of all a long one',
  ])
})

test('PAST-5: without what went it reads as after, without what came as before', () => {
  fc.assert(
    fc.property(arbitraryShape.chain(withAfter), ([before, after]) => {
      const { blocks, title } = compareShapes(before, after)
      const there = blocks.filter(({ change }) => change !== 'deleted' && change !== 'moved-away')
      expect(there.map((compared) => compared.block)).toEqual(after.content)
      const was = blocks.filter(({ change }) => change !== 'inserted' && change !== 'moved-here')
      expect(was.map(wordsBefore)).toEqual(before.content.map(nodeText))
      for (const { block: now, runs, change } of there) {
        if (change !== 'edited') continue
        const parts = runs.filter((run) => run.change !== 'deleted').map(({ part }) => part)
        if (now.node === 'block') expect(normalContent(parts)).toEqual(now.content)
      }
      expect(read(title.filter(({ change }) => change !== 'deleted')).replaceAll(/\{\+|\+\}/g, '')).toBe(
        after.title.replaceAll(/\{\+|\+\}/g, ''),
      )
    }),
    { numRuns: 300 },
  )
})

/** A document, and what somebody made of it: some of its blocks in another order, and some of another's. */
function withAfter(one: DocumentShape): fc.Arbitrary<readonly [DocumentShape, DocumentShape]> {
  const before = normalShape(one)
  return fc
    .record({ other: arbitraryShape, kept: fc.shuffledSubarray([...before.content]) })
    .map(({ other, kept }) => [before, normalShape({ ...other, content: [...kept, ...other.content.slice(0, 3)] })])
}

function wordsBefore({ change, block: one, runs }: ComparedBlock): string {
  if (change !== 'edited') return nodeText(one)
  if (one.node !== 'block')
    return runs
      .filter((run) => run.change !== 'inserted')
      .map(({ part }) => (isText(part) ? part.text : ''))
      .join('')
  return nodeText({ ...one, content: runs.filter((run) => run.change !== 'inserted').map(({ part }) => part) })
}
