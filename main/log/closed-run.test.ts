import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { encodeBody, recordId, RECORD_TYPE, type SignedRecord } from '../../shared/log/record.ts'
import { coveredRange, expandRun } from './closed-run.ts'
import { Replica } from './replica.fixture.ts'
import { Writer } from './writer.ts'

const documentId = suite.hash(Uint8Array.of(2))

/** A replica that typed the given texts, one record each, at the given places. */
function typed(texts: readonly (readonly [text: string, at: number])[]): Replica {
  const alice = new Replica(documentId, 'alice')
  for (const [text, at] of texts) {
    alice.type(text, at)
    alice.seal()
  }
  return alice
}

function closeOf(replica: Replica): SignedRecord {
  replica.close()
  const record = replica.log.records().at(-1)
  if (record === undefined || record.type !== RECORD_TYPE.close) throw new Error('no closed run')
  return record
}

describe('closed run', () => {
  it('LOG-3: gives back every record it covers, with the same payload and the same id', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('é', '👩‍👩‍👧', '漢字', '\u202eרטל', ' '))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.nat(40)), { minLength: 1, maxLength: 25 }),
        fc.nat(3),
        (texts, deletions) => {
          const alice = typed(texts)
          for (let i = 0; i < deletions; i++) {
            alice.deleteSome()
            alice.seal()
          }
          const originals = alice.log.records()
          fc.pre(originals.length > 0)
          const expanded = expandRun(suite, documentId, closeOf(alice))
          expect(expanded.map((record) => toHex(record.recId))).toEqual(originals.map((record) => toHex(record.recId)))
          expect(expanded.map((record) => toHex(encodeBody(record.body)))).toEqual(
            originals.map((record) => toHex(record.payload)),
          )
        },
      ),
    )
  })

  it('LOG-3: takes small runs before it in, leaves large ones alone, and never loses a record', () => {
    const alice = typed([
      ['one', 0],
      [' two', 3],
    ])
    alice.close()
    for (const word of [' three', ' four']) {
      alice.type(word)
      alice.seal()
    }
    expect(coveredRange(closeOf(alice))).toMatchObject({ first: 1, last: 5 })
    for (let i = 0; i < 40; i++) {
      alice.type('.')
      alice.seal()
    }
    alice.close()
    alice.type('!')
    alice.seal()
    expect(coveredRange(closeOf(alice))).toMatchObject({ first: 48, last: 48 })
    expect(alice.log.records().map((record) => record.seq)).toEqual([47, 49])
    const seqs = [...alice.log.chains().values()].flat().map((record) => record.seq)
    expect(seqs).toEqual(Array.from({ length: 49 }, (_, index) => index + 1))
    const bob = new Replica(documentId, 'bob')
    expect(bob.merge(alice.log.records()).refused).toEqual([])
    expect(bob.doc.getXmlFragment('body').toString()).toBe(alice.doc.getXmlFragment('body').toString())
  })

  it('LOG-3: is refused when any byte of it was changed', () => {
    const close = closeOf(
      typed([
        ['a novel', 0],
        [' in one', 7],
        [' sentence', 14],
      ]),
    )
    for (let at = 0; at < close.payload.length; at++) {
      const payload = close.payload.slice()
      payload[at] = (payload[at] ?? 0) ^ 0x10
      const bob = new Replica(documentId, 'bob')
      const report = bob.merge([{ ...close, payload }])
      expect(report.refused.map(({ reason }) => reason)).toEqual(['bad-signature'])
      expect(bob.log.records()).toEqual([])
    }
  })

  it('LOG-9: a run with a body that is none is refused, though its writer signed it', () => {
    const secrets = { seed: suite.random(32), salt: suite.random(32) }
    const mallory = new Replica(documentId, 'mallory', secrets)
    mallory.type('words')
    mallory.seal()
    const [record] = mallory.log.closable(mallory.writer.key.publicKey)
    if (record === undefined) throw new Error('no record')
    for (const wrong of [{}, { d: 7 }, { d: [[1, 2]] }, { n: [1.5] }, { m: -1 }, { s: new Uint8Array(3) }]) {
      const body = { ...record.body, ...wrong } as typeof record.body
      const recId = recordId(suite, documentId, { ...record, payload: encodeBody(body) })
      const writer = new Writer(suite, documentId, secrets, { seq: 1, prev: recId, named: new Map() }, null)
      const run = writer.close([{ ...record, body, recId }], 9)
      const refused = new Replica(documentId, 'bob').merge([run]).refused.map(({ reason }) => reason)
      expect(refused).toEqual(Object.keys(wrong).length === 0 ? [] : ['bad-run'])
    }
  })

  it('LOG-4: a run that claims other records than its writer signed is refused', () => {
    const honest = typed([
      ['kept words', 0],
      [' and more', 10],
    ])
    const forger = new Replica(documentId, 'forger')
    forger.type('kept words')
    forger.seal()
    const stolen = honest.log.records()[0]
    if (stolen === undefined) throw new Error('no record')
    // The forger signs a run over somebody else's records, correctly, as itself.
    const [open] = honest.log.closable(honest.writer.key.publicKey)
    if (open === undefined) throw new Error('no record')
    const forged = forger.writer.close([{ ...open, seq: 1 }], 9)
    const bob = new Replica(documentId, 'bob')
    expect(bob.merge([forged]).refused.map(({ reason }) => reason)).toEqual(['bad-run'])
  })
})
