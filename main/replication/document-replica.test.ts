import { describe, expect, it } from 'vitest'
import { toHex } from '../../shared/ids.ts'
import { foundDocument } from '../../shared/log/genesis.ts'
import { RECORD_TYPE, type SignedRecord, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import { tipsOf } from '../../shared/protocol/tips.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { Replica as Author } from '../log/replica.fixture.ts'
import { DocumentReplica } from './document-replica.ts'
import { LogDocument } from './log-document.fixture.ts'

const genesis = foundDocument(suite, 0, suite.random(16), null)
const documentId = genesis.hash
const current = { epoch: 1, key: suite.random(32) }
const keys = { current, all: new Map([[1, current]]) }

/** A replica on a log, and the log. */
function replica(records: readonly SignedRecord[] = []) {
  const document = new LogDocument(suite, [genesis], records)
  return { log: document.log, it: new DocumentReplica(suite, documentId, document, () => keys) }
}

function author(texts: readonly string[], secrets?: ConstructorParameters<typeof Author>[2]) {
  const one = new Author(documentId, 'author', secrets)
  for (const text of texts) {
    one.type(text)
    one.seal()
  }
  return one
}

/** Each tells the other what it holds and takes what it is sent, until nothing is sent. Answers how often. */
function exchange(a: ReturnType<typeof replica>, b: ReturnType<typeof replica>): number {
  for (let round = 0; round < 10; round++) {
    let moved = 0
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const envelopes = from.it.find(to.it.tips(), 500)
      const before = JSON.stringify([...to.it.tips()])
      to.it.take(envelopes)
      if (JSON.stringify([...to.it.tips()]) !== before) moved += 1
    }
    if (moved === 0) return round
  }
  throw new Error('They go on and on.')
}

const ids = ({ log }: ReturnType<typeof replica>): string[] => log.records().map(({ recId }) => toHex(recId))

describe('a document as sessions see it', () => {
  it('SYNC-26: sends what follows what the other holds, and nothing to one who holds it all or more', () => {
    const records = author(['a', 'b', 'c', 'd']).log.records()
    const [all, some] = [replica(records), replica(records.slice(0, 2))]
    expect(all.it.find(some.it.tips(), 1e6)).toHaveLength(2)
    expect(all.it.find(all.it.tips(), 1e6)).toEqual([])
    expect(some.it.find(all.it.tips(), 1e6)).toEqual([])
    expect(all.it.find(new Map(), 1)).toHaveLength(1)
    expect(all.it.find(new Map(), 700)).toHaveLength(2)
  })

  it('SYNC-26: sends a closed run to one who holds some of the records it covers', () => {
    const one = author(['a', 'b', 'c'])
    const some = replica(one.log.records().slice(0, 2))
    one.close()
    one.type('d')
    one.seal()
    const all = replica(one.log.records())
    const envelopes = all.it.find(some.it.tips(), 1e6)
    expect(envelopes).toHaveLength(2)
    expect(some.it.take(envelopes)).toMatchObject({ kind: 'kept', waiting: [] })
    expect(some.it.tips()).toEqual(all.it.tips())
  })

  it('NET-1: tips are what the records say, however they came, and the same value until more does', () => {
    const histories = [
      author(['a', 'b', 'c']).log.records(),
      author(['x'], { seed: suite.random(32), salt: suite.random(32) }).log.records(),
    ]
    const one = replica()
    for (const records of histories) {
      for (const record of records) {
        one.log.add([record])
        const last = one.it.tips()
        expect(one.it.tips()).toBe(last)
        expect(last).toEqual(replica(one.log.records()).it.tips())
      }
    }
    one.log.load(histories[0] ?? [])
    expect(one.it.tips()).toEqual(replica(histories[0]).it.tips())
  })

  it('SYNC-27: of histories that forked, whatever their lengths and however they are closed, both come to both', () => {
    for (const [ours, theirs] of [
      [['x'], ['y']],
      [['x', 'xx', 'xxx'], ['y']],
      [['x'], ['y', 'yy', 'yyy', 'yyyy']],
    ] as const) {
      for (const closing of [0, 1, 2, 3]) {
        const secrets = { seed: suite.random(32), salt: suite.random(32) }
        const [one, two] = [author(['same', 'too', ...ours], secrets), author(['same', 'too', ...theirs], secrets)]
        if ((closing & 1) > 0) one.close()
        if ((closing & 2) > 0) two.close()
        const [a, b] = [replica(one.log.records()), replica(two.log.records())]
        exchange(a, b)
        expect(ids(a)).toEqual(ids(b))
        expect(a.log.forks()).toBeGreaterThan(0)
        expect([...a.it.tips().values()][0]).toHaveLength(2)
        expect(a.log.heads()).toEqual(b.log.heads())
      }
    }
  })

  it('SYNC-28: lets records wait that follow others it does not hold, and takes in the rest', () => {
    const [one, two] = [author(['a', 'b', 'c']).log.records(), author(['z']).log.records()]
    const { it: empty, log } = replica()
    const sealed = [...one.slice(1), ...two].map((record) => sealRecord(suite, documentId, current, record))
    expect(empty.take(sealed)).toMatchObject({ kind: 'kept', waiting: sealed.slice(0, 2) })
    expect(log.records()).toHaveLength(1)
    expect(
      empty.take([
        ...sealed.slice(0, 2),
        ...one.slice(0, 1).map((record) => sealRecord(suite, documentId, current, record)),
      ]),
    ).toMatchObject({ waiting: [] })
    expect(log.records()).toHaveLength(4)
  })

  it('SYNC-28: lets envelopes wait whose epoch it does not know yet', () => {
    const [record] = author(['a']).log.records()
    if (record === undefined) throw new Error('There is one.')
    const later = sealRecord(suite, documentId, { epoch: 2, key: suite.random(32) }, record)
    const { it: empty, log } = replica()
    expect(empty.take([later])).toMatchObject({ kind: 'kept', waiting: [later] })
    expect(log.records()).toEqual([])
  })

  it('SYNC-13: keeps nothing of what comes with one that is not what its writer signed', () => {
    const records = author(['a', 'b']).log.records()
    const { it: empty, log } = replica()
    const sealed = records.map((record, index) =>
      sealRecord(suite, documentId, current, index === 1 ? { ...record, payload: suite.random(50) } : record),
    )
    expect(empty.take(sealed)).toEqual({ kind: 'refused', reason: 'bad-signature' })
    const changed = sealed.map((bytes) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1))
    expect(empty.take(changed)).toEqual({ kind: 'refused', reason: 'forged' })
    expect(log.records()).toEqual([])
  })

  it('SYNC-35: of a carrier takes in what is good, names what can’t be opened, and lets wait what follows it', () => {
    const records = author(['a', 'b', 'c']).log.records()
    const other = author(['z']).log.records()
    const [, second] = records
    if (second === undefined) throw new Error('There are three.')
    const seal = (record: SignedRecord): Uint8Array => sealRecord(suite, documentId, current, record)
    const sealed = [...records, ...other].map(seal)
    const spoilt = new Map([[toHex(second.writer), [{ seq: 2, recId: toHex(second.recId) }]]])
    for (const bad of [
      (sealed[1] ?? second.recId).with(-1, 255 - (sealed[1]?.at(-1) ?? 0)),
      seal({ ...second, payload: suite.random(50) }),
    ]) {
      const { it: empty, log } = replica()
      const taken = empty.take(
        sealed.map((one, index) => (index === 1 ? bad : one)),
        true,
      )
      expect(taken).toMatchObject({ kind: 'kept', waiting: [sealed[2]], spoilt })
      expect(log.records()).toHaveLength(2)
      // One that is held already is looked at all the same.
      const { it: full } = replica(records)
      expect(full.take([bad], true)).toMatchObject({ kind: 'kept', spoilt })
      expect(full.take(sealed, true)).not.toHaveProperty('spoilt')
    }
  })

  it('SYNC-35: of a carrier no record that breaks the rules of the log is taken in', () => {
    const bad = signRecord(suite, documentId, suite.keyPair(suite.random(32)), {
      type: RECORD_TYPE.update,
      stream: 0,
      seq: 1,
      prev: ZERO_ID,
      payload: suite.random(50),
    })
    const { it: empty, log } = replica()
    const good = author(['a']).log.records()
    const envelopes = [bad, ...good].map((record) => sealRecord(suite, documentId, current, record))
    expect(empty.take(envelopes, true)).toMatchObject({ kind: 'kept', spoilt: tipsOf([bad]) })
    expect(log.records()).toHaveLength(1)
  })
})
