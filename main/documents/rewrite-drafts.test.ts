import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY, FACTS, readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { rewriteDrafts } from './rewrite-drafts.ts'

function block(text: string): Y.XmlElement {
  const element = new Y.XmlElement('block')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

/** A document that says what others say too, written in by one client. */
function copyOf(client: number, ...states: Uint8Array[]): Y.Doc {
  const doc = createSteadyDocument()
  for (const state of states) Y.applyUpdate(doc, state)
  doc.clientID = client
  return doc
}

/** What an edit adds to a state, as a window would have saved it. */
function draftOf(state: Uint8Array, client: number, edit: (doc: Y.Doc) => void): Uint8Array {
  const doc = copyOf(client, state)
  const vector = Y.encodeStateVector(doc)
  doc.transact(() => edit(doc))
  return Y.encodeStateAsUpdate(doc, vector)
}

/** The rewritten drafts; empty when nothing had to be written. */
function rewritten(state: Uint8Array, ...drafts: Uint8Array[]): Uint8Array {
  const body = { copy: (client: number) => copyOf(client, state) }
  const update = rewriteDrafts(
    body,
    99,
    drafts.map((draft) => ({ update: draft })),
  )
  return update ?? Y.encodeStateAsUpdate(new Y.Doc())
}

const linesOf = (doc: Y.Doc): string[] => doc.getXmlFragment(BODY).toArray().map(String)

const START = draftOf(Y.encodeStateAsUpdate(new Y.Doc()), 1, (doc) => {
  doc.getXmlFragment(BODY).insert(0, [block('an old line'), block('a second line')])
})

describe('rewritten drafts', () => {
  it('KEEP-14: a block written in place of a deleted one outlives another deletion of that', () => {
    const draft = draftOf(START, 2, (doc) => {
      doc.getXmlFragment(BODY).delete(0, 1)
      doc.getXmlFragment(BODY).insert(0, [block('new words')])
    })
    const others = draftOf(START, 3, (doc) => doc.getXmlFragment(BODY).delete(0, 1))
    const merged = copyOf(4, START, rewritten(START, draft), others)
    expect(linesOf(merged)).toEqual(['<block>new words</block>', '<block>a second line</block>'])
  })

  it('KEEP-14: what the document has of a draft is not written again, and the rest follows on it', () => {
    const doc = copyOf(2, START)
    const drafts: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => drafts.push(update))
    const run = (doc.getXmlFragment(BODY).get(0) as Y.XmlElement).get(0) as Y.XmlText
    for (const word of ['one ', 'two ', 'three ']) run.insert(0, word)
    doc.getMap(FACTS).set('title', 'Lines')
    const known = Y.encodeStateAsUpdate(copyOf(4, START, drafts[0] as Uint8Array, drafts[1] as Uint8Array))
    expect(readShape(copyOf(4, known, rewritten(known, ...drafts)))).toEqual(readShape(doc))
    const all = Y.encodeStateAsUpdate(doc)
    expect(rewritten(all, ...drafts)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()))
  })

  it('KEEP-14: a value is kept however large it is', () => {
    const draft = draftOf(START, 2, (doc) => {
      const drawing = new Y.XmlElement('drawing')
      drawing.setAttribute('source', 'x'.repeat(150_000))
      doc.getXmlFragment(BODY).insert(0, [drawing])
    })
    const drawing = copyOf(4, START, rewritten(START, draft)).getXmlFragment(BODY).get(0) as Y.XmlElement
    expect(drawing.getAttribute('source')).toHaveLength(150_000)
  })

  it('KEEP-14: say what the drafts say, and no word is gone that would not be with the drafts themselves', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.array(change, { maxLength: 12 }), (windows, others) => {
        const doc = copyOf(2, START)
        const drafts: Uint8Array[] = []
        doc.on('update', (update: Uint8Array) => drafts.push(update))
        for (const one of windows) doc.transact(() => edit(doc, one))
        const update = rewritten(START, ...drafts)
        expect(readShape(copyOf(4, START, update))).toEqual(readShape(doc))
        const meanwhile = draftOf(START, 3, (other) => {
          for (const one of others) edit(other, one)
        })
        const letters = (...updates: Uint8Array[]): string =>
          linesOf(copyOf(4, START, ...updates))
            .map((line) => [...line].sort().join(''))
            .sort()
            .join('\n')
        expect(letters(update, meanwhile)).toBe(letters(...drafts, meanwhile))
      }),
    )
  })
})

/** `words` is null for something taken away; `inside` -1 for a whole block. */
interface Change {
  readonly at: number
  readonly inside: number
  readonly words: string | null
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 20 }),
  inside: fc.integer({ min: -1, max: 20 }),
  words: fc.option(fc.constantFrom('a', 'bc', 'def ', '👩‍👩‍👧'), { freq: 2 }),
})

function edit(doc: Y.Doc, { at, inside, words }: Change): void {
  const body = doc.getXmlFragment(BODY)
  if (inside < 0 || body.length === 0) {
    if (words !== null) body.insert(at % (body.length + 1), [block(words)])
    else if (body.length > 0) body.delete(at % body.length, 1)
    return
  }
  const run = (body.get(at % body.length) as Y.XmlElement).get(0) as Y.XmlText
  const place = inside % (run.length + 1)
  if (words !== null) run.insert(place, words)
  else if (place < run.length) run.delete(place, Math.min(3, run.length - place))
}
