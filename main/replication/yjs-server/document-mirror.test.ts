import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { DocumentMirror } from './document-mirror.ts'
import { IdPairs } from '../../carry/id-pairs.ts'
import { textOf } from './yjs-servers.fixture.ts'

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

function mirrorOf(ours: Y.Doc): DocumentMirror {
  return new DocumentMirror({ state: Y.encodeStateAsUpdate(ours), rows: [], writer: 77, random: () => 0.5 })
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

describe('pairs of ids', () => {
  it('YJS-13: are one to one, whatever is paired anew, and come back from their bytes', () => {
    const id = fc.record({ client: fc.nat({ max: 2 }), clock: fc.nat({ max: 30 }) })
    const range = fc.record({
      ours: id,
      theirs: id,
      length: fc.integer({ min: 1, max: 12 }),
      born: fc.constant('ours' as const),
    })
    fc.assert(
      fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
        const pairs = new IdPairs()
        const forth = new Map<string, string>()
        const name = (client: number, clock: number): string => `${client}:${clock}`
        for (const one of ranges) {
          pairs.add(one)
          for (let i = 0; i < one.length; i++) {
            const [a, b] = [name(one.ours.client, one.ours.clock + i), name(one.theirs.client, one.theirs.clock + i)]
            for (const [key, value] of forth) if (value === b) forth.delete(key)
            forth.set(a, b)
          }
        }
        const again = new IdPairs()
        again.load(pairs.encode())
        for (const each of [pairs, again]) {
          for (let client = 0; client < 3; client++) {
            for (let clock = 0; clock < 45; clock++) {
              const partner = each.partner('ours', { client, clock })
              expect(partner === null ? undefined : name(partner.client, partner.clock)).toBe(
                forth.get(name(client, clock)),
              )
              if (partner !== null) expect(each.partner('theirs', partner)).toEqual({ client, clock })
            }
          }
        }
      }),
    )
  })
})
