import { encode } from 'cborg'
import { describe, expect, it } from 'vitest'
import { encodeBody, ORDINARY, RECORD_TYPE, type SignedRecord, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import { splitUpdate } from '../../shared/log/split-update.ts'
import { MAX_RECORD_PARTS, partsOf } from '../../shared/log/update-bounds.ts'
import { encodeUpdate, parseUpdate, type YjsUpdate } from '../../shared/log/yjs-update.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { closeRun, type LogRecord } from './closed-run.ts'
import { compress } from './compression.ts'
import { claiming, deletion, nested } from './hostile-updates.fixture.ts'
import { RecordLog } from './record-log.ts'
import { Replica } from './replica.fixture.ts'
import { MAX_RUN_PARTS, MAX_RUN_RECORDS } from './run-room.ts'
import { COLUMNS } from './update-columns.ts'

const documentId = suite.hash(Uint8Array.of(4))

/** Signed by Mallory, whatever it is. */
class Mallory {
  private readonly replica = new Replica(documentId, 'mallory')
  readonly salt = suite.random(32)
  readonly client = this.replica.writer.clientId(0)

  update(y: Uint8Array): SignedRecord {
    return this.sign(RECORD_TYPE.update, 1, ZERO_ID, y, [0])
  }

  /** A closed run of one record with this update. */
  run(parsed: YjsUpdate): readonly SignedRecord[] {
    const y = encodeUpdate(parsed)
    const { recId } = this.update(y)
    const body = { ...ORDINARY, s: new Uint8Array(16), t: 0, d: [], m: 0, n: [0], y }
    const record: LogRecord = {
      type: RECORD_TYPE.update,
      stream: 0,
      writer: this.replica.writer.key.publicKey,
      seq: 1,
      prev: ZERO_ID,
      recId,
      body,
      parsed,
    }
    return [this.sign(RECORD_TYPE.close, 2, recId, closeRun(suite, this.salt, [record]))]
  }

  /** A closed run with this content, packed as runs are. */
  packed(
    packed: unknown,
    count: number,
    columns: Partial<Record<(typeof COLUMNS)[number], Uint8Array>> = {},
  ): SignedRecord {
    const z = [encode(packed), ...COLUMNS.map((name) => columns[name] ?? new Uint8Array(0))].map(compress)
    const content = encode({ v: 1, first: 1, count, prev: ZERO_ID, salt: this.salt, z })
    return this.sign(RECORD_TYPE.close, count + 1, suite.random(32), content)
  }

  private sign(type: number, seq: number, prev: Uint8Array, y: Uint8Array, n: readonly number[] = []): SignedRecord {
    const payload = encodeBody({ ...ORDINARY, s: new Uint8Array(16), t: 0, d: [], m: 0, n, y })
    return signRecord(suite, documentId, this.replica.writer.key, { type, stream: 0, seq, prev, payload })
  }
}

function refusals(records: readonly SignedRecord[]): readonly string[] {
  return new RecordLog(suite, documentId).add(records).refused.map(({ reason }) => reason)
}

const BASE = { w: 1, mr: 1, mw: 1, m: 0, n: [0], stream: 0 }

describe('bounds of a record', () => {
  it('SAFE-24: as many structs and deleted ranges as a writer ever puts in one record are taken in, and one more is not', () => {
    const mallory = new Mallory()
    expect(refusals([mallory.update(nested(mallory.client, MAX_RECORD_PARTS))])).toEqual([])
    expect(refusals([mallory.update(nested(mallory.client, MAX_RECORD_PARTS + 1))])).toEqual(['too-large'])
    const ranges = Array.from({ length: MAX_RECORD_PARTS + 1 }, (_, at) => ({ clock: at * 2, length: 1 }))
    const deleting = encodeUpdate({ structs: new Map(), deletes: new Map([[mallory.client, ranges]]) })
    expect(refusals([mallory.update(deleting)])).toEqual(['too-large'])
  })

  it('SAFE-24: a clock beyond what anybody could have written is refused', () => {
    const mallory = new Mallory()
    expect(refusals([mallory.update(claiming(mallory.client, 2 ** 30))])).toEqual([])
    expect(refusals([mallory.update(claiming(mallory.client, 2 ** 30 + 1))])).toEqual(['too-large'])
  })

  it('SAFE-24: an update of a million structs is refused before they are read', () => {
    const count = 1_000_000
    const head = [1, ...varint(count), 7, 0]
    // So many structs of one clock value each.
    const bytes = Uint8Array.from([...head, ...new Uint8Array(count * 2).fill(1), 0])
    const before = process.memoryUsage().heapUsed
    expect(refusals([new Mallory().update(bytes)])).toEqual(['too-large'])
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50 * 2 ** 20)
  })

  it('SAFE-24: whatever an honest writer deletes at one stroke, each of its records is within the bounds', () => {
    const ranges = Array.from({ length: MAX_RECORD_PARTS * 2 }, (_, at) => ({ clock: at * 2, length: 1 }))
    const whole = encodeUpdate({
      structs: new Map(),
      deletes: new Map([
        [7, ranges],
        [9, ranges.slice(0, 9)],
      ]),
    })
    const parts = splitUpdate(whole)
    expect(parts.every((part) => partsOf(parseUpdate(part)) <= MAX_RECORD_PARTS && part.length <= 192 * 1024)).toBe(
      true,
    )
    const deletes = parts.map((part) => parseUpdate(part).deletes)
    expect(deletes.flatMap((one) => one.get(7) ?? [])).toEqual(ranges)
    expect(deletes.flatMap((one) => one.get(9) ?? [])).toEqual(ranges.slice(0, 9))
  })

  it('SAFE-24: a run that claims millions of records or structs in a few bytes is refused', () => {
    const mallory = new Mallory()
    const many = MAX_RUN_RECORDS + 1
    const times = Array.from({ length: many }, () => 0)
    expect(refusals([mallory.packed({ times, base: BASE, differences: [] }, many)])).toEqual(['bad-run'])
    // One record of more structs than a run may have: each takes one byte, and all of them next to nothing.
    const groups = Uint8Array.from([0, 1, 0, ...varint(MAX_RUN_PARTS + 1), 0])
    const structs = {
      clients: Uint8Array.of(7),
      groups,
      infos: new Uint8Array(MAX_RUN_PARTS + 1),
      lengths: new Uint8Array(MAX_RUN_PARTS + 1).fill(1),
    }
    const record = mallory.packed({ times: [0], base: BASE, differences: [] }, 1, structs)
    expect(record.payload.length).toBeLessThan(20_000)
    expect(refusals([record])).toEqual(['bad-run'])
  })

  it('SAFE-24: a writer closes no run that others would refuse', () => {
    const replica = new Replica(documentId, 'alice')
    const { writer, log } = replica
    const parts = 30
    const client = writer.clientId(0)
    const deleting = (at: number): YjsUpdate['deletes'] => {
      const size = MAX_RUN_PARTS / parts + 1
      return new Map([[client, Array.from({ length: size }, (_, n) => ({ clock: (at * size + n) * 2, length: 1 }))]])
    }
    for (let at = 0; at < parts; at++) {
      const update = encodeUpdate({ structs: new Map(), deletes: deleting(at) })
      log.extendOwn(writer.seal([{ instance: 0, stream: 0, update, at }], log.heads()))
    }
    replica.close()
    expect(refusals(log.records())).toEqual([])
    replica.type('and on')
    replica.seal()
    replica.close()
    expect(refusals(log.records())).toEqual([])
  }, 60_000)

  it('LOG-17: what is in a closed run is looked at as strictly as what is in a record of its own', () => {
    const mallory = new Mallory()
    const empty = { origin: null, rightOrigin: null, parentKey: null, text: null, clock: 0, length: 1 }
    const parent = { root: 'x' }
    const of = (struct: object): YjsUpdate => ({
      structs: new Map([[mallory.client, [{ ...empty, parent, info: 5, content: new Uint8Array(0), ...struct }]]]),
      deletes: new Map(),
    })
    const json = (text: string): Uint8Array => Uint8Array.from([text.length, ...Buffer.from(text)])
    expect(refusals(mallory.run(of({ content: json('{}') })))).toEqual([])
    expect(refusals(mallory.run(of({ content: json('{"') })))).toEqual(['bad-body'])
    const leaning = { parent: null, origin: { client: mallory.client, clock: 0 }, info: 0x85, content: json('{}') }
    expect(refusals(mallory.run(of(leaning)))).toEqual(['bad-body'])
  })

  it('LOG-4: what a run says of no record it covers is refused, whatever it is', () => {
    const mallory = new Mallory()
    for (const differences of [
      5,
      [5],
      [[0]],
      [[7, { d: 5 }]],
      [[0, { link: 'x' }]],
      [[0, null]],
      [[0, { stream: 'x' }]],
    ])
      expect(refusals([mallory.packed({ times: [0], base: BASE, differences }, 1)])).toEqual(['bad-run'])
    expect(refusals([mallory.packed({ times: [0], base: null, differences: [] }, 1)])).toEqual(['bad-run'])
    expect(refusals([mallory.update(deletion(7))])).toEqual([])
  })
})

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return [...bytes, rest]
}
