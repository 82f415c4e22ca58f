import { describe, expect, it } from 'vitest'
import { FACTS, type DocumentShape } from '../../shared/document/document-shape.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { sodiumSuite } from '../identity/sodium-suite.ts'
import { DetachedDocument } from './detached-document.ts'
import { examineDocument } from './examine-document.ts'

const ports = { suite: sodiumSuite, clock: { now: () => 1_700_000_000_000 }, appVersion: '1.0.0' }
const doc = (...texts: string[]): DocumentShape => ({
  title: 'T',
  content: texts.map((text) => ({ node: 'block', attributes: {}, content: [{ text, marks: {} }] })),
})

describe('a detached document', () => {
  it('LOG-20: is taken in again from its own content after any number of edits', () => {
    const alice = DetachedDocument.found(ports)
    for (const text of ['one', 'one two', 'two', 'two three']) alice.edit((body) => writeShape(body, doc(text)))
    const content = alice.content()
    expect(
      examineDocument(sodiumSuite, content, '0.1.0').findings.filter(({ severity }) => severity === 'problem'),
    ).toEqual([])
    const again = DetachedDocument.from(ports, content)
    expect(again.shape()).toEqual(doc('two three'))
    again.edit((body) => body.getMap(FACTS).set('title', 'U'))
    expect(alice.merge(again.content())).toMatchObject({ records: 1, writers: 1 })
    expect(alice.shape()).toEqual({ ...doc('two three'), title: 'U' })
  })

  it('writes nothing when an edit changes nothing', () => {
    const alice = DetachedDocument.found(ports)
    expect(alice.edit((body) => writeShape(body, doc('one')))).toBe(true)
    expect(alice.edit((body) => writeShape(body, doc('one')))).toBe(false)
    expect(alice.records()).toHaveLength(1)
  })

  it('merges copies of itself in any order, and nothing else', () => {
    const base = DetachedDocument.found(ports)
    base.edit((body) => writeShape(body, doc('one', 'two', 'three')))
    const copies = ['1', '2', '3'].map((mark, index) => {
      const copy = DetachedDocument.from(ports, base.content())
      const texts = ['one', 'two', 'three'].map((text, i) => (i === index ? `${text} ${mark}` : text))
      copy.edit((body) => writeShape(body, doc(...texts)))
      return copy.content()
    })
    const shapes = [copies, [...copies].reverse()].map((order) => {
      const into = DetachedDocument.from(ports, base.content())
      for (const copy of [...order, ...order]) into.merge(copy)
      return into.shape()
    })
    expect(shapes[0]).toEqual(doc('one 1', 'two 2', 'three 3'))
    expect(shapes[1]).toEqual(shapes[0])
    expect(() => base.merge(DetachedDocument.found(ports).content())).toThrow('two different documents')
  })
})
