import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DocumentShape, isText } from '../../shared/document/document-shape.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { toHex } from '../../shared/ids.ts'
import { foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import { beginMembership } from '../../shared/membership/membership.ts'
import { DetachedDocument } from '../documents/detached-document.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { Replica } from '../log/replica.fixture.ts'
import { History } from './history.ts'

const MINUTE = 60_000
let now = 1_700_000_000_000
const ports = { suite, clock: { now: () => now }, appVersion: '0.1.0' }

function historyOf(document: DetachedDocument): History {
  const { membership, recordLog } = document
  return new History({ suite, membership, logs: recordLog.logs(), chains: document.counted() })
}

function say(document: DetachedDocument, ...lines: string[]): DocumentShape {
  now += MINUTE
  document.edit((doc) =>
    writeShape(doc, {
      title: 'T',
      content: lines.map((text) => ({
        node: 'block',
        attributes: {},
        content: text === '' ? [] : [{ text, marks: {} }],
      })),
    }),
  )
  return document.shape()
}

test('PAST-2: a document is shown as it was at each moment, from its file too', () => {
  const document = DetachedDocument.found(ports)
  const states = [say(document, 'one'), say(document, 'one two', 'three'), say(document, 'three'), say(document)]
  for (const history of [historyOf(document), historyOf(DetachedDocument.from(ports, document.content()))]) {
    expect(history.now).toBe(4)
    expect(history.shapeAt(0).content).toEqual([])
    for (const [index, state] of states.entries()) expect(history.shapeAt(index + 1)).toEqual(state)
    expect(() => history.shapeAt(5)).toThrow(RangeError)
    expect(() => history.shapeAt(-1)).toThrow(RangeError)
  }
})

test('PAST-2: a time names the last moment at or before it', () => {
  const document = DetachedDocument.found(ports)
  const times = ['one', 'two'].map((text) => {
    say(document, text)
    return now / 1000
  })
  const history = historyOf(document)
  expect([times[0], times[1]].map((time) => history.momentAt(time ?? 0))).toEqual([1, 2])
  expect(history.momentAt((times[0] ?? 0) - 1)).toBe(0)
  expect(history.momentAt((times[1] ?? 0) + 1e6)).toBe(2)
})

test('PAST-3: sittings are parted by author and by pauses, and every edit is in one of them', () => {
  const alice = DetachedDocument.found(ports)
  say(alice, 'one')
  say(alice, 'one two')
  const bob = DetachedDocument.from(ports, alice.content())
  say(bob, 'one two', 'from bob')
  now += 16 * MINUTE
  say(alice, 'one two three')
  alice.merge(bob.content())
  const sittings = historyOf(alice).sittings()
  expect(sittings.map(({ edits, moment, charactersInserted }) => [edits, moment, charactersInserted])).toEqual([
    [2, 2, 7],
    [1, 3, 8],
    [1, 4, 6],
  ])
  expect(new Set(sittings.map(({ author }) => author.key)).size).toBe(2)
  expect(sittings.map(({ author }) => author.name)).toEqual([null, null, null])
})

test('PAST-4: each character is its author’s, whoever wrote between its neighbours, merged in any order', () => {
  const salt = suite.random(16)
  const genesis = foundDocument(suite, 0, salt, founderKeys(suite, suite.random(32), suite.random(32), salt))
  const membership = beginMembership(suite, genesis)
  if (membership === null) throw new Error('A good genesis was refused.')
  const act = fc.record({
    who: fc.nat({ max: 2 }),
    at: fc.nat({ max: 30 }),
    what: fc.constantFrom('type', 'delete', 'merge'),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const letters = ['a', 'b', 'c']
      const people = letters.map((letter) => new Replica(genesis.hash, letter))
      for (const { who, at, what } of acts) {
        const person = people[who] as Replica
        if (what === 'type') person.type(letters[who] ?? '', at)
        else if (what === 'delete') person.deleteSome()
        else for (const other of people) person.merge(other.seal())
        if (at % 5 === 0) person.seal()
      }
      const all = people.flatMap((person) => {
        person.seal()
        return person.log.records()
      })
      const last = people[0] as Replica
      last.merge(all)
      const { log } = last
      const history = new History({ suite, membership, logs: log.logs(), chains: log.chains() })
      const writers = new Map(people.map(({ writer }, who) => [toHex(writer.key.publicKey), letters[who] ?? '']))
      const runs = history.wordsAt(history.now).flat()
      for (const { author, text } of runs) expect(new Set(text)).toEqual(new Set([writers.get(author.key)]))
      const shown = history
        .shapeAt(history.now)
        .content.flatMap(({ content }) => content.map((part) => (isText(part) ? part.text : '')))
      expect(runs.map(({ text }) => text).join('')).toBe(shown.join(''))
    }),
    { numRuns: 60 },
  )
})
