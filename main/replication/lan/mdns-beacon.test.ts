import dgram from 'node:dgram'
import { afterEach, expect, it, vi } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { turns, until } from './lan.fixture.ts'
import { LanDiscovery } from './lan-discovery.ts'
import { MdnsBeacon } from './mdns-beacon.ts'
import { type Announcement, decodeSayings, encodeAnnouncement } from './mdns-packet.ts'
import type { NearInterface } from './network-watch.ts'

const HERE: NearInterface = { name: 'lo', family: 4, address: '127.0.0.1', prefix: 8 }
const NOWHERE: readonly NearInterface[] = [
  { name: 'none0', family: 4, address: '203.0.113.7', prefix: 24 },
  { name: 'none0', family: 6, address: 'fe80::7%none0', prefix: 64 },
]
const NOBODY = { heard: () => undefined, gone: () => undefined }

const ends: (() => unknown)[] = []

afterEach(async () => {
  vi.useRealTimers()
  for (const end of ends.splice(0)) await end()
})

/** Somebody else on this network: hears what is announced, and says what they like. */
async function neighbour(port = 5353) {
  const heard: Announcement[] = []
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (bytes) => {
    for (const one of decodeSayings(bytes)) if (one.kind === 'announcement') heard.push(one.announcement)
  })
  await new Promise<void>((resolve) => socket.bind(port, '0.0.0.0', resolve))
  socket.addMembership('224.0.0.251', '127.0.0.1')
  socket.setMulticastInterface('127.0.0.1')
  ends.push(() => void socket.close())
  return { heard, say: (bytes: Uint8Array) => socket.send(bytes, 5353, '224.0.0.251') }
}

it('LAN-13: a beacon says a name of the hour, and takes it back when the hour is over and when it stops', async () => {
  const { heard } = await neighbour()
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
  const beacon = new MdnsBeacon({ suite, near: HERE, port: () => 4567, events: NOBODY })
  const hear = async (isSo: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 20_000 && !isSo(); turn++) {
      vi.advanceTimersByTime(1)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(isSo()).toBe(true)
  }
  await hear(() => heard.length > 0)
  const first = heard[0]?.name
  expect(heard[0]).toMatchObject({ port: 4567, lifetime: 120 })
  vi.advanceTimersByTime(3_600_000)
  await hear(() => heard.some(({ name }) => name !== first))
  const second = heard.find(({ name }) => name !== first)?.name
  expect(heard.some(({ name, lifetime }) => name === first && lifetime === 0)).toBe(true)
  await beacon.stop()
  await hear(() => heard.some(({ name, lifetime }) => name === second && lifetime === 0))
})

it('LAN-14: only who speaks from this network and as mDNS does is believed, by the address it speaks from', async () => {
  const [{ say }, stranger] = [await neighbour(), await neighbour(0)]
  const known: string[] = []
  const gone: string[] = []
  const far: string[] = []
  const events = { heard: (address: string) => known.push(address), gone: (address: string) => gone.push(address) }
  const beacon = new MdnsBeacon({ suite, near: HERE, port: () => 4567, events })
  const elsewhere = new MdnsBeacon({
    suite,
    near: { ...HERE, prefix: 32, address: '127.0.0.9' },
    port: () => null,
    events: { heard: (one) => far.push(one), gone: (one) => far.push(one) },
  })
  ends.push(
    () => beacon.stop(),
    () => elsewhere.stop(),
  )
  const name = '0011223344556677'
  await turns(30)
  stranger.say(encodeAnnouncement({ name, port: 1, lifetime: 120 }, '127.0.0.1'))
  await until(() => {
    say(encodeAnnouncement({ name, port: 9999, lifetime: 120 }, '10.1.2.3'))
    return known.length > 0
  }, 'the neighbour is heard')
  await until(() => {
    say(encodeAnnouncement({ name, port: 9999, lifetime: 0 }, '10.1.2.3'))
    return gone.length > 0
  }, 'it is heard that the neighbour leaves')
  await turns(10)
  expect(far).toEqual([])
  expect([new Set(known), new Set(gone)]).toEqual([new Set(['127.0.0.1:9999']), new Set(['127.0.0.1:9999'])])
})

it('LAN-27: a network that is gone when it is used ends its beacon and nothing else', async () => {
  for (const near of NOWHERE) {
    const beacon = new MdnsBeacon({ suite, near, port: () => 4567, events: NOBODY })
    beacon.tell()
    // Some systems take another network instead, until the next look at what there is.
    if (near.family === 4) await until(() => beacon.isDead, 'the beacon is dead')
    beacon.tell()
    await beacon.stop()
    await beacon.stop()
  }
  const early = new MdnsBeacon({ suite, near: HERE, port: () => 4567, events: NOBODY })
  // Before it is open.
  await early.stop()
  expect(early.isDead).toBe(true)
})

it('LAN-27: networks that come and go, and a computer that wakes up, have their beacons made anew', async () => {
  let near: readonly NearInterface[] = [HERE, ...NOWHERE]
  const { heard } = await neighbour()
  const discovery = new LanDiscovery({ suite, port: () => 4567, near: () => near, events: NOBODY })
  ends.push(() => discovery.stop())
  discovery.start()
  await until(() => heard.length > 0, 'it is there')
  const [first] = heard
  await discovery.renew()
  await until(() => heard.some(({ name }) => name !== first?.name), 'it is there under another name')
  near = []
  await discovery.renew()
  await until(() => heard.at(-1)?.lifetime === 0, 'it is gone')
  expect(new Set(heard.map(({ name }) => name)).size).toBe(2)
})

it('LAN-27: a beacon whose network goes while it says goodbye has stopped all the same', async () => {
  const spied = vi.spyOn(dgram, 'createSocket')
  const beacon = new MdnsBeacon({ suite, near: HERE, port: () => 4567, events: NOBODY })
  const socket = spied.mock.results[0]?.value as dgram.Socket
  spied.mockRestore()
  await new Promise((resolve) => socket.once('listening', () => setTimeout(resolve, 10)))
  let hasStopped = false
  void beacon.stop().then(() => (hasStopped = true))
  socket.emit('error', new Error('ENETDOWN'))
  await until(() => hasStopped, 'it has stopped', 2000)
  expect(beacon.isDead).toBe(true)
})
