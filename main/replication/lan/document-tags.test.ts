import { expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { someone } from '../shared-document.fixture.ts'
import { commonEpoch, paddedTags, tagOf, tagsOf } from './document-tags.ts'
import { Access, anyDocument, epochs } from './lan.fixture.ts'

it('LAN-10: a document has another tag on each side, on each connection, in each epoch and for each document', () => {
  const [one, other] = epochs(2)
  if (one === undefined || other === undefined) throw new Error('There are two.')
  const [document, hash] = [suite.random(32), suite.random(64)]
  const tags = [
    tagOf(suite, document, one, hash, 0),
    tagOf(suite, document, one, hash, 1),
    tagOf(suite, document, one, suite.random(64), 0),
    tagOf(suite, document, other, hash, 0),
    tagOf(suite, document, { ...one, epoch: 2 }, hash, 0),
    tagOf(suite, suite.random(32), one, hash, 0),
  ]
  expect(new Set(tags).size).toBe(tags.length)
  expect(tagOf(suite, document, one, hash, 0)).toBe(tags[0])
})

it('LAN-10: a list says neither how many documents there are, nor which of its tags are any', () => {
  for (const [count, padded] of [
    [0, 16],
    [1, 16],
    [16, 16],
    [17, 32],
    [40, 48],
  ] as const) {
    const tags = Array.from({ length: count }, (_, at) => at.toString(16).padStart(32, '0'))
    const said = paddedTags(suite, tags)
    expect(said).toHaveLength(padded)
    expect(said).toEqual([...said].sort())
    expect(tags.every((tag) => said.includes(tag))).toBe(true)
    expect(said.every((tag) => /^[0-9a-f]{32}$/.test(tag))).toBe(true)
  }
})

it('LAN-3: the newest epoch both have is the common one', () => {
  const { device, rows } = { device: someone().member, rows: anyDocument().chain() }
  const hash = suite.random(64)
  const keys = epochs(5)
  const [older, newer] = [new Access(device, rows, keys.slice(0, 3)), new Access(device, rows, keys)]
  const said = new Set(paddedTags(suite, [...tagsOf(suite, older, hash, 1).values()]))
  expect(commonEpoch(tagsOf(suite, newer, hash, 1), said)).toBe(3)
  expect(commonEpoch(tagsOf(suite, newer, hash, 0), said)).toBeNull()
})
