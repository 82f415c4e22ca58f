import { expect, it } from 'vitest'
import { HandshakeGate } from './handshake-gate.ts'

it('LAN-8: an address may begin five handshakes in ten seconds, and others are not held up by it', () => {
  const gate = new HandshakeGate()
  const enter = (address: string, now: number): boolean => {
    const isIn = gate.enter(address, now)
    if (isIn) gate.finish()
    return isIn
  }
  expect([0, 1, 2, 3, 4, 5, 9000].map((now) => enter('10.0.0.7', now))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  // The same one by its other name.
  expect(enter('::ffff:10.0.0.7', 9000)).toBe(false)
  expect(enter('10.0.0.8', 9000)).toBe(true)
  expect(enter('10.0.0.7', 10_000)).toBe(true)
})

it('LAN-8: an IPv6 network is one address, however many it has', () => {
  const gate = new HandshakeGate()
  const entered = [
    '2001:db8::1',
    '2001:db8:0:0:ffff::2',
    '2001:db8::3:0:0:1',
    '2001:db8::4',
    '2001:db8::5',
    '2001:db8::6',
  ]
  expect(entered.map((address) => gate.enter(address, 0))).toEqual([true, true, true, true, true, false])
  expect(gate.enter('2001:db8:0:1::1', 0)).toBe(true)
})

it('LAN-8: no more than sixteen are under way at a time', () => {
  const gate = new HandshakeGate()
  const entered = Array.from({ length: 20 }, (_, at) => gate.enter(`10.0.0.${at}`, 0))
  expect(entered.filter(Boolean)).toHaveLength(16)
  gate.finish()
  expect(gate.enter('10.0.1.1', 0)).toBe(true)
})
