import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { decodeBody, type SignedRecord } from '../../shared/log/record.ts'
import { foldInto } from './fold.ts'
import { Replica } from './replica.fixture.ts'

const documentId = suite.hash(Uint8Array.of(1))

describe('fold', () => {
  it('LOG-1: gives every replica the same document, whatever order the records of others came in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 30 }),
        (steps) => {
          const replicas = ['alice', 'bob', 'carol'].map((name) => new Replica(documentId, name))
          for (const [who, action, text] of steps) {
            const replica = replicas[who]
            if (replica === undefined) continue
            if (action < 2) replica.type(text)
            else if (action === 2) replica.deleteSome()
            else {
              replica.seal()
              const other = replicas[(who + 1) % 3]
              if (other !== undefined) replica.merge(other.log.records())
            }
          }
          for (const replica of replicas) replica.seal()
          const all = replicas.flatMap((replica) => replica.log.records())
          const shapes = [all, [...all].reverse()].flatMap((order) =>
            replicas.map((replica) => {
              replica.merge(order)
              return JSON.stringify(readShape(replica.doc))
            }),
          )
          expect(new Set(shapes).size).toBe(1)
          for (const replica of replicas) expect(replica.doc.store.pendingStructs).toBeNull()
          // A fold from nothing is the same document again.
          const fresh = new Replica(documentId, 'dave')
          fresh.merge(all)
          expect(JSON.stringify(readShape(fresh.doc))).toBe(shapes[0])
          expect(Y.encodeStateVector(fresh.doc)).toEqual(Y.encodeStateVector(replicas[0]?.doc ?? new Y.Doc()))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('LOG-2: merging is commutative, associative and idempotent, with runs open or closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.string({ maxLength: 4 }), fc.boolean()), { maxLength: 20 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        (edits, closes) => {
          const [a, b, c] = ['alice', 'bob', 'carol'].map((name) => new Replica(documentId, name)) as [
            Replica,
            Replica,
            Replica,
          ]
          const open = edits.map(([who, text, sealNow]) => {
            const replica = [a, b, c][who] ?? a
            replica.type(text)
            if (sealNow) replica.seal()
            return 0
          })
          for (const replica of [a, b, c]) replica.seal()
          const early = [a, b, c].map((replica) => replica.log.records())
          for (const [index, replica] of [a, b, c].entries()) if (closes[index] === true) replica.close()
          const late = [a, b, c].map((replica) => replica.log.records())
          const union = (...lists: (typeof early)[number][]): string => {
            const replica = new Replica(documentId, 'dave')
            for (const list of lists) replica.merge(list)
            return JSON.stringify(
              replica.log.records().map((record) => [record.seq, Buffer.from(record.recId).toString('hex')]),
            )
          }
          const [x = [], y = [], z = []] = late
          const [p = [], q = [], r = []] = early
          const whole = union(x, y, z)
          expect(open.length).toBe(edits.length)
          expect(union(z, x, y)).toBe(whole)
          expect(union(x, y, z, y, x)).toBe(whole)
          expect(union([...x, ...y], z)).toBe(whole)
          // An older copy, whose records a closed run has replaced since, adds nothing.
          expect(union(x, y, z, p, q, r)).toBe(whole)
          expect(union(p, q, r, x, y, z)).toBe(whole)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('LOG-40: shows words as soon as all they build on is here, however late and in whatever order that comes', () => {
    const [alice, bob] = [new Replica(documentId, 'alice'), new Replica(documentId, 'bob')]
    const records = new Map<string, SignedRecord[]>()
    for (let turn = 0; turn < 4; turn++) {
      for (const [name, replica] of Object.entries({ alice, bob })) {
        replica.type(`${name} ${turn}, `)
        records.set(`${name} ${turn}`, replica.seal())
        for (const other of [alice, bob]) if (other !== replica) other.merge(replica.log.records())
      }
    }
    fc.assert(
      fc.property(fc.shuffledSubarray([...records.keys()], { minLength: records.size }), (order) => {
        const bodies = order.map((name) =>
          (records.get(name) ?? []).map((record) => ({ ...record, body: decodeBody(record.payload) })),
        )
        for (const pieces of [bodies, [bodies.flat()]]) {
          const late = new Y.Doc()
          for (const piece of pieces) foldInto(late, piece, 0)
          expect(late.store.pendingStructs).toBeNull()
          expect(readShape(late)).toEqual(readShape(alice.doc))
        }
      }),
      { numRuns: 200 },
    )
  })
})
