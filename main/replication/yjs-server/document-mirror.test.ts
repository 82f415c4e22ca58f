import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY, FACTS } from '../../../shared/document/document-shape.ts'
import type { MirrorRow } from '../../storage/mirror-table.ts'
import { DocumentMirror } from './document-mirror.ts'
import { textOf } from './yjs-servers.fixture.ts'

/** An update that says nothing. */
const NOTHING = Y.encodeStateAsUpdate(new Y.Doc())

function written(client: number, ...lines: string[]): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  for (const line of lines) {
    const block = new Y.XmlElement('block')
    block.insert(0, [new Y.XmlText(line)])
    doc.getXmlFragment(BODY).push([block])
  }
  return doc
}

function mirrorOf(ours: Y.Doc, rows: readonly MirrorRow[] = []): DocumentMirror {
  return new DocumentMirror({ state: Y.encodeStateAsUpdate(ours), rows, writer: 77, random: () => 0.5 })
}

describe('a mirror', () => {
  it('YJS-12: takes equal words for the same on a first meeting, and keeps what only one side has', () => {
    const ours = written(1, 'both', 'ours alone', 'last')
    const theirs = written(2, 'both', 'theirs alone', 'last')
    const mirror = mirrorOf(ours)
    mirror.receive(Y.encodeStateAsUpdate(theirs))
    const settled = mirror.settle()
    Y.applyUpdate(ours, settled.ours ?? new Uint8Array(0))
    for (const update of settled.theirs) Y.applyUpdate(theirs, update)
    expect(textOf(theirs)).toBe(textOf(ours))
    for (const line of ['both', 'ours alone', 'theirs alone', 'last'])
      expect(textOf(ours).split(`<block>${line}</block>`)).toHaveLength(2)
  })

  it('YJS-12: a node of a foreign name is not taken for several of ours', () => {
    const [ours, theirs] = [new Y.Doc(), new Y.Doc()]
    ours.getXmlFragment(BODY).push([new Y.XmlElement('a'), new Y.XmlElement('b')])
    theirs.getXmlFragment(BODY).push([new Y.XmlElement('a) t(YXmlElement b')])
    const mirror = mirrorOf(ours)
    mirror.receive(Y.encodeStateAsUpdate(theirs))
    Y.applyUpdate(ours, mirror.settle().ours ?? new Uint8Array(0))
    expect(ours.getXmlFragment(BODY).length).toBe(3)
  })

  it('YJS-11: puts words where Yjs merged them, whatever ids their writers have', () => {
    // Both sides write at one place at once; whose id is smaller decides, and on our side foreign words have other ids.
    for (const [low, high] of [
      [5, 9],
      [9, 5],
    ] as const) {
      const ours = written(1, 'x')
      const mirror = mirrorOf(ours)
      const theirs = new Y.Doc()
      mirror.receive(Y.encodeStateAsUpdate(theirs))
      for (const update of mirror.settle().theirs) Y.applyUpdate(theirs, update)
      const guest = new Y.Doc()
      guest.clientID = low
      Y.applyUpdate(guest, Y.encodeStateAsUpdate(theirs))
      const window = new Y.Doc()
      window.clientID = high
      Y.applyUpdate(window, Y.encodeStateAsUpdate(ours))
      for (const [doc, word] of [
        [guest, 'theirs'],
        [window, 'ours'],
      ] as const) {
        const run = (doc.getXmlFragment(BODY).get(0) as Y.XmlElement).get(0) as Y.XmlText
        run.insert(1, word)
      }
      mirror.hear(Y.encodeStateAsUpdate(window, Y.encodeStateVector(ours)))
      mirror.receive(Y.encodeStateAsUpdate(guest, Y.encodeStateVector(theirs)))
      const settled = mirror.settle()
      Y.applyUpdate(window, settled.ours ?? new Uint8Array(0))
      for (const update of settled.theirs) Y.applyUpdate(guest, update)
      expect(textOf(window)).toBe(textOf(guest))
      expect(textOf(guest)).toMatch(/x(theirsours|ourstheirs)/)
    }
  })
})

/** What one more client changes in a document, most of the time in its first line. */
function writing(doc: Y.Doc, client: number, edit: (run: Y.XmlText, doc: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = client
  edit((copy.getXmlFragment(BODY).get(0) as Y.XmlElement).get(0) as Y.XmlText, copy)
  return Y.encodeStateAsUpdate(copy, Y.encodeStateVector(doc))
}

describe('a document that is folded anew', () => {
  /** A mirror whose document says `x` and then `change`, by client 5; the server has all of it. */
  function mirrored(change: (run: Y.XmlText, doc: Y.Doc) => void) {
    const ours = written(1, 'x')
    ours.getMap(FACTS).set('title', 'Before')
    const mirror = mirrorOf(ours)
    const theirs = new Y.Doc()
    mirror.receive(Y.encodeStateAsUpdate(theirs))
    const rows: MirrorRow[] = []
    const settle = (by = mirror): Uint8Array => {
      const settled = by.settle()
      for (const update of settled.theirs) Y.applyUpdate(theirs, update)
      if (settled.row !== null) rows.push(settled.row)
      return settled.ours ?? NOTHING
    }
    settle()
    const without = Y.encodeStateAsUpdate(ours)
    const judged = writing(ours, 5, change)
    mirror.hear(judged)
    settle()
    return { ours, without, judged, mirror, theirs, rows, settle }
  }

  it('YJS-16: words that do not count leave the server, and what others write there meanwhile stays theirs', () => {
    const { ours, without, mirror, theirs, settle } = mirrored((run) => run.insert(1, 'zz'))
    // Neither side has heard of the other's word.
    const window = writing(ours, 6, (run) => run.insert(1, 'cap'))
    const guest = writing(theirs, 7, (run) => run.insert(3, 'cat'))
    mirror.receive(guest)
    Y.applyUpdate(theirs, guest)
    mirror.refold(Y.mergeUpdates([without, window]), 78)
    const brought = settle()
    for (const update of [window, brought]) Y.applyUpdate(ours, update)
    expect(textOf(ours)).toBe(textOf(theirs))
    expect(textOf(ours)).toMatch(/x(capcat|catcap)</)
  })

  it.each([true, false])(
    'YJS-16: words that count after all come back to both sides; after a restart: %s',
    (restarts) => {
      const { without, judged, mirror, theirs, rows, settle } = mirrored((run) => run.insert(1, 'zz'))
      mirror.refold(without, 78)
      settle()
      expect(textOf(theirs)).toContain('<block>x</block>')
      const ours = new Y.Doc()
      for (const update of [without, judged]) Y.applyUpdate(ours, update)
      if (!restarts) mirror.refold(Y.encodeStateAsUpdate(ours), 79)
      Y.applyUpdate(ours, settle(restarts ? mirrorOf(ours, rows) : mirror))
      for (const doc of [ours, theirs]) expect(textOf(doc)).toContain('<block>xzz</block>')
    },
  )

  it.each([true, false])(
    'YJS-16: a deletion that does not count is undone on the server; after a restart: %s',
    (restarts) => {
      const { without, mirror, theirs, rows, settle } = mirrored((run, doc) => {
        doc.getMap(FACTS).set('title', 'Spoilt')
        run.delete(0, 1)
      })
      expect(textOf(theirs)).toBe('Spoilt\n<block></block>')
      const ours = new Y.Doc()
      Y.applyUpdate(ours, without)
      if (!restarts) mirror.refold(without, 78)
      Y.applyUpdate(ours, settle(restarts ? mirrorOf(ours, rows) : mirror))
      for (const doc of [ours, theirs]) expect(textOf(doc)).toBe('Before\n<block>x</block>')
    },
  )

  it('YJS-16: what somebody deletes on the server meanwhile is deleted here', () => {
    const { ours, without, mirror, theirs, settle } = mirrored((run) => run.insert(1, 'zz'))
    const guest = writing(theirs, 7, (run) => run.delete(0, 1))
    mirror.receive(guest)
    Y.applyUpdate(theirs, guest)
    mirror.refold(without, 78)
    const brought = settle()
    Y.applyUpdate(ours, brought)
    expect(textOf(theirs)).toContain('<block></block>')
    const doc = new Y.Doc()
    for (const update of [without, brought]) Y.applyUpdate(doc, update)
    expect(textOf(doc)).toContain('<block></block>')
  })
})
