import type os from 'node:os'
import { afterEach, expect, it, vi } from 'vitest'
import { NetworkWatch } from './network-watch.ts'

afterEach(() => void vi.useRealTimers())

const info = (address: string, cidr: string, internal = false): os.NetworkInterfaceInfo =>
  ({
    address,
    cidr,
    internal,
    netmask: '',
    mac: '',
    ...(address.includes(':') ? { family: 'IPv6', scopeid: 2 } : { family: 'IPv4' }),
  }) as os.NetworkInterfaceInfo

const NETWORKS = {
  lo: [info('127.0.0.1', '127.0.0.1/8', true)],
  wlan0: [info('fe80::7', 'fe80::7/64'), info('192.168.1.7', '192.168.1.7/24'), info('2001:db8::7', '2001:db8::7/64')],
  eth0: [info('fe80::8', 'fe80::8/64')],
  tun0: [info('10.8.0.2', '10.8.0.2/32')],
}

it('LAN-26: others are looked for on every network once, by IPv4 where there is that', () => {
  const watch = new NetworkWatch(
    () => undefined,
    () => NETWORKS,
  )
  expect(watch.near()).toEqual([
    { name: 'wlan0', family: 4, address: '192.168.1.7', prefix: 24 },
    { name: 'eth0', family: 6, address: 'fe80::8%eth0', prefix: 64 },
    { name: 'tun0', family: 4, address: '10.8.0.2', prefix: 32 },
  ])
})

it('LAN-26: addresses for others are those that mean something to them', () => {
  const watch = new NetworkWatch(
    () => undefined,
    () => NETWORKS,
  )
  expect(watch.addresses()).toEqual(['192.168.1.7', '10.8.0.2', '2001:db8::7'])
})

it('LAN-26: a network that comes or goes is noticed, and so is sleep', () => {
  vi.useFakeTimers()
  let networks: typeof NETWORKS | Record<string, os.NetworkInterfaceInfo[]> = NETWORKS
  let changes = 0
  const watch = new NetworkWatch(
    () => (changes += 1),
    () => networks,
  )
  watch.start()
  vi.advanceTimersByTime(20_000)
  expect(changes).toBe(0)
  networks = { lo: NETWORKS.lo }
  vi.advanceTimersByTime(2000)
  expect(changes).toBe(1)
  vi.advanceTimersByTime(20_000)
  expect(changes).toBe(1)
  // An hour in which nothing ran.
  vi.setSystemTime(Date.now() + 3_600_000)
  vi.advanceTimersByTime(2000)
  expect(changes).toBe(2)
  watch.stop()
  networks = NETWORKS
  vi.advanceTimersByTime(20_000)
  expect(changes).toBe(2)
})
