/** Programs of two versions in one document. This is the earlier one of them; the later one is this one that says more. */
import { encode } from 'cborg'
import { afterEach, describe, expect, it } from 'vitest'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { encodeBody, ORDINARY, RECORD_TYPE, type SignedRecord, signRecord, ZERO_ID } from '../../shared/log/record.ts'
import { decodeFrame, encodeFrame, VERSIONS } from '../../shared/protocol/frames.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import type { MemoryNetwork } from '../replication/memory-transport.ts'
import { World } from '../replication/places.fixture.ts'
import type { Link } from '../replication/transport.ts'
import { Circle } from './gatherings.fixture.ts'

const LATER = VERSIONS.max + 1
let clear: (() => void)[] = []

afterEach(() => {
  for (const one of clear) one()
  clear = []
})

function world(): World {
  const one = new World()
  clear.push(() => one.clear())
  return one
}

/** From now on this one's hello is that of a later version, which speaks ours too and says more. */
function makeLater(network: MemoryNetwork, name: string): void {
  const transmit = network.transmit.bind(network)
  network.transmit = (from, frame) => {
    const hello = decodeFrame(frame)
    const isHello = from.name === name && typeof hello !== 'string' && hello.op === 'hello'
    transmit(from, isHello ? concat(encodeFrame({ ...hello, max: LATER }), Uint8Array.of(7, 7, 7)) : frame)
  }
}

/** A record whose body has a field that this version does not know. */
function recordWithMore(documentId: string): SignedRecord {
  const body = { ...ORDINARY, s: suite.random(16), t: 0, d: [], m: 0, n: [], y: Uint8Array.of(0, 0) }
  encodeBody(body)
  const payload = encode({ ...body, v: 1, zz: { later: 'words of a later version' } })
  const key = suite.keyPair(suite.random(32))
  const place = { type: RECORD_TYPE.update, stream: 0, seq: 1, prev: ZERO_ID }
  return signRecord(suite, fromHex(documentId), key, { ...place, payload })
}

describe('a later version that speaks ours too', () => {
  it.each(['alice', 'bob'])('SYNC-36: writes with this one, live and kept, when it is %s', async (later) => {
    const one = world()
    makeLater(one.network, later)
    const [alice, bob] = [one.place('alice'), one.place('bob')]
    one.pass(500)
    await alice.write('from alice ')
    await bob.write('from bob ')
    one.pass(5000)
    alice.say(Uint8Array.of(1))
    bob.say(Uint8Array.of(2))
    one.pass(500)
    expect(alice.text).toBe(bob.text)
    expect(alice.text).toContain('from bob')
    expect(alice.text).toContain('from alice')
    for (const place of [alice, bob]) {
      expect(place.heard('heard')).toHaveLength(1)
      expect(place.heard('in-step').length).toBeGreaterThan(0)
      expect(place.heard('parted')).toEqual([])
    }
  })

  it('SYNC-37: what it adds to a record goes through this one unchanged, over a restart, to who knows it', async () => {
    const one = world()
    for (const later of ['alice', 'carol']) makeLater(one.network, later)
    const [alice, bob, carol] = [one.place('alice'), one.place('bob'), one.place('carol')]
    one.network.connect('alice', 'carol', false)
    one.network.connect('bob', 'carol', false)
    const record = recordWithMore(one.documentId)
    expect(alice.document.merge([record]).refused).toEqual([])
    one.pass(5000)
    one.network.connect('alice', 'bob', false)
    bob.restart()
    one.network.connect('bob', 'carol', true)
    one.pass(5000)
    const found = carol.document.records().find(({ recId }) => toHex(recId) === toHex(record.recId))
    expect(found?.payload).toEqual(record.payload)
  })
})

describe('a version that speaks ours no more', () => {
  it('SYNC-38: is parted from, told why, given nothing, and the way says that it is the version', async () => {
    const circle = new Circle(1)
    clear.push(() => circle.clear())
    const [device] = circle.devices
    if (device === undefined) throw new Error('There is one.')
    await device.write('not for everybody')
    const heard: string[] = []
    const hello = { op: 'hello', min: LATER, max: LATER + 1, documentId: fromHex(circle.documentId) } as const
    circle.network.transport('zoe').start((link: Link) => {
      link.listen({
        receive: (bytes) => {
          const frame = decodeFrame(bytes)
          heard.push(typeof frame === 'string' ? frame : frame.op === 'bye' ? `bye ${frame.reason}` : frame.op)
        },
        closed: () => undefined,
      })
      link.send(encodeFrame({ ...hello, session: '00'.repeat(8) }))
    })
    circle.network.pass(220)
    expect([...new Set(heard)].sort()).toEqual(['bye version', 'hello'])
    expect(device.gathering.sync().ways).toEqual([{ way: 'lan', state: 'problem', problem: 'version', peers: 0 }])
  })

  it('SYNC-38: and once somebody is met whom this one understands, the way says that', async () => {
    const circle = new Circle(2)
    clear.push(() => circle.clear())
    const [device] = circle.devices
    const hello = { op: 'hello', min: LATER, max: LATER, documentId: fromHex(circle.documentId) } as const
    circle.network.transport('zoe').start((link: Link) => link.send(encodeFrame({ ...hello, session: '00'.repeat(8) })))
    circle.network.pass(220)
    circle.network.transport('zoe').stop()
    circle.pass(1000)
    expect(device?.gathering.sync().ways).toEqual([{ way: 'lan', state: 'connected', problem: null, peers: 1 }])
  })
})
