import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { BODY, readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { foldSparing } from './fold-sparing.ts'
import { deletion, nested } from './hostile-updates.fixture.ts'

const DEEP = 6000
const make = (): Y.Doc => createSteadyDocument()

/** What one editor writes: each step as one update. */
function written(client: number, ...words: readonly string[]): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of words) {
    const block = new Y.XmlElement('block')
    block.insert(0, [new Y.XmlText(word)])
    doc.getXmlFragment(BODY).push([block])
  }
  return updates
}

function words(doc: Y.Doc): string {
  return JSON.stringify(readShape(doc).content)
}

it('SAFE-23: Yjs throws at a deletion of what is nested without end, and so does what folds all at once', () => {
  const doc = make()
  Y.applyUpdate(doc, nested(7, DEEP))
  expect(() => Y.applyUpdate(doc, deletion(7))).toThrow(RangeError)
})

it('SAFE-23: what Yjs throws at is left out, and what comes after it is not', () => {
  const [one, two] = written(1, 'before', 'after')
  if (one === undefined || two === undefined) throw new Error('There are two updates.')
  const doc = foldSparing([one, nested(7, DEEP), deletion(7), two], make)
  expect(words(doc)).toContain('before')
  expect(words(doc)).toContain('after')
  expect(Y.getState(doc.store, 7)).toBe(DEEP)
})

it('SAFE-23: words are never left out for what somebody hung on them beforehand', () => {
  const [one, two] = written(1, 'before', 'after')
  if (one === undefined || two === undefined) throw new Error('There are two updates.')
  // It leans on a block that is not written yet, and its deletion waits with it: both go off when that block comes.
  const next = { client: 1, clock: Y.decodeUpdate(two).structs[0]?.id.clock ?? 0 }
  for (const order of [
    [nested(7, DEEP, next), deletion(7), one, two],
    [deletion(7), nested(7, DEEP, next), two, one],
  ]) {
    const doc = foldSparing(order, make)
    expect(words(doc)).toContain('before')
    expect(words(doc)).toContain('after')
  }
})

it('LOG-40: what leans on what nobody has waits, and is shown when that comes', () => {
  const [one, two] = written(1, 'before', 'after')
  if (one === undefined || two === undefined) throw new Error('There are two updates.')
  const doc = foldSparing([two, nested(7, DEEP), deletion(7)], make)
  expect(words(doc)).not.toContain('after')
  Y.applyUpdate(doc, one)
  expect(words(doc)).toContain('after')
})
