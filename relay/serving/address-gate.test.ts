import { describe, expect, it } from 'vitest'
import { RELAY_LIMITS } from '../relay-limits.ts'
import { AddressGate } from './address-gate.ts'

describe('the gate for addresses', () => {
  it('RELAY-23: so many at once from one address, and all of one IPv6 network are one', () => {
    const gate = new AddressGate({ ...RELAY_LIMITS, socketsPerAddress: 2, newSocketsPerSecond: 100 })
    expect(['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'].map((address) => gate.enter(address, 0))).toEqual([
      true,
      true,
      false,
      true,
    ])
    gate.leave('192.0.2.1')
    expect(gate.enter('::ffff:192.0.2.1', 0)).toBe(true)
    const network = ['2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::3', '2001:db8::1']
    expect(network.map((address) => gate.enter(address, 0))).toEqual([true, true, false, true])
  })

  it('RELAY-23: so many new ones a second, and who has gone is forgotten', () => {
    const gate = new AddressGate({ ...RELAY_LIMITS, socketsPerAddress: 100, newSocketsPerSecond: 2 })
    expect([0, 0, 0, 500].map((now) => gate.enter('192.0.2.1', now))).toEqual([true, true, false, true])
    for (let i = 0; i < 3; i++) gate.leave('192.0.2.1')
    gate.forget(2000)
    expect([2000, 2000].map((now) => gate.enter('192.0.2.1', now))).toEqual([true, true])
  })

  it('RELAY-36: so many new documents and vaults at once and an hour, whoever calls and whenever they hang up', () => {
    const gate = new AddressGate({ ...RELAY_LIMITS, newAtOnce: 2, newPerHour: 60 })
    expect([0, 0, 0, 59_000].map((now) => gate.begin('192.0.2.1', now))).toEqual([true, true, false, false])
    expect(gate.begin('192.0.2.2', 0)).toBe(true)
    gate.forget(60_000)
    expect([60_000, 60_000, 121_000].map((now) => gate.begin('192.0.2.1', now))).toEqual([true, false, true])
    gate.forget(3_600_000)
    expect([1, 2, 3].map(() => gate.begin('192.0.2.1', 3_600_000))).toEqual([true, true, false])
  })
})
