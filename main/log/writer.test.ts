import { encode } from 'cborg'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toHex } from '../../shared/ids.ts'
import { foundDocument, founderKeys, readGenesis } from '../../shared/log/genesis.ts'
import {
  certifyWriter,
  clientId,
  decodeBody,
  encodeBody,
  verifyCertificate,
  verifyRecord,
  ZERO_ID,
} from '../../shared/log/record.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { Writer } from './writer.ts'

const documentId = suite.hash(Uint8Array.of(4))

function typist(text: string): { writer: Writer; update: Uint8Array } {
  const writer = new Writer(
    suite,
    documentId,
    { seed: suite.random(32), salt: suite.random(32) },
    { seq: 0, prev: ZERO_ID, named: new Map() },
    null,
  )
  const doc = new Y.Doc()
  doc.clientID = writer.clientId(0)
  doc.getText('text').insert(0, text)
  return { writer, update: Y.encodeStateAsUpdate(doc) }
}

describe('writer', () => {
  it('LOG-12: signs records that verify, chained one to the next', () => {
    const { writer, update } = typist('one')
    const draft = { instance: 0, stream: 0, update, at: 5_000 }
    const [first] = writer.seal([draft], new Map())
    const [second] = writer.seal([{ ...draft, stream: 1 }], new Map())
    if (first === undefined || second === undefined) throw new Error('no records')
    expect([first.seq, second.seq]).toEqual([1, 2])
    expect(toHex(second.prev)).toBe(toHex(first.recId))
    expect(verifyRecord(suite, documentId, first) && verifyRecord(suite, documentId, second)).toBe(true)
    expect(verifyRecord(suite, suite.hash(Uint8Array.of(9)), first)).toBe(false)
    expect(decodeBody(first.payload).t).toBe(5)
  })

  it('LOG-12: a record with any field changed does not verify', () => {
    const { writer, update } = typist('words')
    const [record] = writer.seal([{ instance: 0, stream: 0, update, at: 1 }], new Map())
    if (record === undefined) throw new Error('no record')
    const other = suite.random(32)
    for (const changed of [
      { ...record, seq: 2 },
      { ...record, stream: 1 },
      { ...record, type: 2 },
      { ...record, prev: other },
      { ...record, writer: other },
      { ...record, recId: other },
      { ...record, payload: Uint8Array.of(...record.payload, 0) },
    ]) {
      expect(verifyRecord(suite, documentId, changed)).toBe(false)
    }
  })

  it('names what it knew: heads that advanced since its last record, once', () => {
    const { writer, update } = typist('x')
    const bob = toHex(suite.random(32))
    const draft = { instance: 0, stream: 0, update, at: 1 }
    const bodies = [new Map([[bob, 3]]), new Map([[bob, 3]]), new Map([[bob, 7]])].flatMap((heads) =>
      writer.seal([draft], heads).map((record) => decodeBody(record.payload).d.map(([, seq]) => seq)),
    )
    expect(bodies).toEqual([[3], [], [7]])
  })

  it('splits an edit that is too large for one record and says which part each is', () => {
    const { writer, update } = typist('long '.repeat(100_000))
    const records = writer.seal([{ instance: 0, stream: 0, update, at: 1 }], new Map())
    expect(records.length).toBeGreaterThan(2)
    expect(records.map((record) => decodeBody(record.payload).p)).toEqual(
      records.map((_, i) => [i + 1, records.length]),
    )
    for (const record of records) expect(record.payload.length).toBeLessThan(256 * 1024)
  })

  it('LOG-6: gives each document instance a client id of its own that fits a number', () => {
    const { writer } = typist('x')
    const ids = Array.from({ length: 1000 }, (_, n) => clientId(suite, writer.key.publicKey, n))
    expect(new Set(ids).size).toBe(1000)
    expect(ids.every((id) => Number.isSafeInteger(id) && id >= 0)).toBe(true)
    expect(Math.max(...ids)).toBeGreaterThan(2 ** 50)
  })
})

describe('record body', () => {
  it('is refused with a sentence when it is not of the known form', () => {
    const { writer, update } = typist('x')
    const [record] = writer.seal([{ instance: 0, stream: 0, update, at: 1 }], new Map())
    if (record === undefined) throw new Error('no record')
    const body = decodeBody(record.payload)
    expect(toHex(encodeBody(body))).toBe(toHex(record.payload))
    for (const bad of [
      { ...body, v: 2 },
      { ...body, t: -1 },
      { ...body, s: Uint8Array.of(1) },
      { ...body, d: [['a', 1]] },
      { ...body, n: [1.5] },
      [],
      null,
      7,
    ]) {
      expect(() => decodeBody(encode(bad))).toThrow(RangeError)
    }
    expect(() => decodeBody(Uint8Array.of(0xff))).toThrow(RangeError)
  })
})

describe('genesis', () => {
  const userRoot = suite.random(32)
  const device = suite.random(32)
  const salt = suite.random(16)
  const keys = founderKeys(suite, userRoot, device, salt)

  it('LOG-13: names the document by its own hash, so another founder can’t be put in its place', () => {
    const stored = foundDocument(suite, 1, salt, keys)
    expect(readGenesis(suite, stored)?.root).toEqual(keys.root.publicKey)
    const other = foundDocument(suite, 1, salt, founderKeys(suite, suite.random(32), device, salt))
    expect(toHex(other.hash)).not.toBe(toHex(stored.hash))
    expect(readGenesis(suite, { ...stored, op: other.op })).toBeNull()
    expect(readGenesis(suite, { ...stored, sig: other.sig })).toBeNull()
    expect(readGenesis(suite, foundDocument(suite, 1, salt, null))?.root).toBeNull()
  })

  it('LOG-8: a writer’s certificate holds for that writer, that document and that name only', () => {
    const { writer } = typist('x')
    const certificate = certifyWriter(suite, documentId, writer.key.publicKey, keys.member, 'Alice')
    expect(verifyCertificate(suite, documentId, writer.key.publicKey, certificate)).toBe(true)
    expect(verifyCertificate(suite, documentId, suite.random(32), certificate)).toBe(false)
    expect(verifyCertificate(suite, suite.random(32), writer.key.publicKey, certificate)).toBe(false)
    expect(verifyCertificate(suite, documentId, writer.key.publicKey, { ...certificate, name: 'Bob' })).toBe(false)
  })
})
