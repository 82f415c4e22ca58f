import { describe, expect, it } from 'vitest'
import { writeShape } from '../../shared/document/write-shape.ts'
import { DetachedDocument } from '../documents/detached-document.ts'
import { examineDocument } from '../documents/examine-document.ts'
import { sodiumSuite } from '../identity/sodium-suite.ts'
import { listEntries } from './list-entries.ts'
import { inTimeOrder } from './time-order.ts'

const ports = { suite: sodiumSuite, clock: { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) }, appVersion: '1.0.0' }
const say = (document: DetachedDocument, text: string): void => {
  const content = text === '' ? [] : [{ node: 'block', attributes: {}, content: [{ text, marks: {} }] }]
  document.edit((doc) => writeShape(doc, { title: 'T', content }))
}

describe('the list of entries', () => {
  it('gives every entry of a closed run back, with what it did to the text', () => {
    const document = DetachedDocument.found(ports)
    for (const text of ['one', 'one two', 'two', '']) say(document, text)
    const before = listEntries(inTimeOrder(document.recordLog.chains()))
    const content = document.content()
    const after = listEntries(inTimeOrder(DetachedDocument.from(ports, content).recordLog.chains()))
    expect(content.records).toHaveLength(1)
    expect(before.map(({ charactersInserted, charactersDeleted }) => [charactersInserted, charactersDeleted])).toEqual([
      [3, 0],
      [4, 0],
      [0, 4],
      [0, 3],
    ])
    expect(after.slice(0, -1)).toEqual(before)
    expect(after.at(-1)).toMatchObject({ type: 'close', seq: 5, charactersInserted: 0, charactersDeleted: 0 })
    expect(before.every((entry) => entry.time === ports.clock.now() / 1000 && entry.type === 'update')).toBe(true)
    expect(examineDocument(sodiumSuite, content, '0.1.0')).toMatchObject({ entries: 5, writers: 1 })
  })

  it('counts a character that two people deleted once', () => {
    const alice = DetachedDocument.found(ports)
    say(alice, 'one two three')
    const bob = DetachedDocument.from(ports, alice.content())
    say(alice, 'one three')
    say(bob, 'one')
    alice.merge(bob.content())
    const deleted = listEntries(inTimeOrder(alice.recordLog.chains())).reduce(
      (sum, entry) => sum + entry.charactersDeleted,
      0,
    )
    expect(deleted).toBe(' two three'.length)
  })
})
