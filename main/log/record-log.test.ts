import { describe, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { RECORD_TYPE, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import { Replica } from './replica.fixture.ts'

const documentId = suite.hash(Uint8Array.of(3))

function text(replica: Replica): string {
  return readShape(replica.doc)
    .content.flatMap((block) => block.content.map((part) => ('text' in part ? part.text : '')))
    .join('|')
}

describe('record log', () => {
  it('LOG-5: refuses a record that another key signed, and keeps nothing of it', () => {
    const alice = new Replica(documentId, 'alice')
    alice.type('true words')
    const [record] = alice.seal()
    if (record === undefined) throw new Error('no record')
    const mallory = suite.keyPair(suite.random(32))
    const forged = { ...signRecord(suite, documentId, mallory, record), writer: record.writer }
    const bob = new Replica(documentId, 'bob')
    expect(bob.merge([forged]).refused.map(({ reason }) => reason)).toEqual(['bad-signature'])
    expect(bob.merge([{ ...record, sig: new Uint8Array(64) }]).refused).toHaveLength(1)
    expect(bob.log.records()).toEqual([])
    expect(bob.merge([record]).refused).toEqual([])
    expect(text(bob)).toBe('true words')
  })

  it('LOG-6: refuses a record that writes under a client id that is not its writer’s', () => {
    const alice = new Replica(documentId, 'alice')
    alice.type('mine')
    alice.seal()
    const [body] = alice.log.closable(alice.writer.key.publicKey)
    const original = alice.log.records()[0]
    if (body === undefined || original === undefined) throw new Error('no record')
    const mallory = suite.keyPair(suite.random(32))
    const impostor = signRecord(suite, documentId, mallory, {
      type: RECORD_TYPE.update,
      stream: 0,
      seq: 1,
      prev: ZERO_ID,
      payload: original.payload,
    })
    const bob = new Replica(documentId, 'bob')
    expect(bob.merge([impostor]).refused.map(({ reason }) => reason)).toEqual(['foreign-ids'])
  })

  it('refuses records after a gap and takes them with what was missing', () => {
    const alice = new Replica(documentId, 'alice')
    for (const word of ['one', ' two', ' three']) {
      alice.type(word)
      alice.seal()
    }
    const [one, two, three] = alice.log.records()
    if (one === undefined || two === undefined || three === undefined) throw new Error('no records')
    const bob = new Replica(documentId, 'bob')
    expect(bob.merge([one, three]).refused.map(({ reason }) => reason)).toEqual(['gap'])
    // All or none: the good record that came with it was not taken either.
    expect(bob.log.records()).toEqual([])
    expect(bob.merge([three, one, two]).refused).toEqual([])
    expect(text(bob)).toBe('one two three')
  })

  it('LOG-7: folds one branch of a forked writer, the same one everywhere, and keeps the other', () => {
    const secrets = { seed: suite.random(32), salt: suite.random(32) }
    const before = new Replica(documentId, 'alice', secrets)
    const clone = new Replica(documentId, 'alice', secrets)
    before.type('here')
    clone.type('there')
    before.seal()
    clone.seal()
    before.type(' and on')
    before.seal()
    const bob = new Replica(documentId, 'bob')
    const carol = new Replica(documentId, 'carol')
    const first = bob.merge(before.log.records())
    const second = bob.merge(clone.log.records())
    carol.merge(clone.log.records())
    carol.merge(before.log.records())
    expect(bob.log.records()).toEqual(carol.log.records())
    expect(bob.log.records()).toHaveLength(3)
    expect(bob.log.forks()).toBeGreaterThan(0)
    const refolded = new Replica(documentId, 'dave')
    refolded.merge(bob.log.records())
    const again = new Replica(documentId, 'erin')
    again.merge([...carol.log.records()].reverse())
    expect(text(refolded)).toBe(text(again))
    // Whichever branch is folded: of a log with a fork in it Yjs has to remember what it otherwise lets go.
    expect([first.refold, second.refold]).toEqual([false, true])
  })

  it('LOG-16: names in a new session only the sessions that none after them has named', () => {
    let before = new Replica(documentId, 'session 1')
    before.type('one')
    before.seal()
    for (const name of ['session 2', 'session 3', 'session 4']) {
      const next = new Replica(documentId, name)
      next.merge(before.log.records())
      next.type(name)
      next.seal()
      const [own] = next.log.chains().get(next.writer.name) ?? []
      expect(own?.body.d.map(([writer, seq]) => [toHex(writer), seq])).toEqual(
        [...before.log.heads()].filter(([name]) => name === before.writer.name),
      )
      before = next
      // A closed run tells what it depends on as the records in it did.
      next.type('!')
      next.seal()
      next.close()
      next.type('.')
    }
  })
})
