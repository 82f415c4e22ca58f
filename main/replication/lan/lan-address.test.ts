import { expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { readAddress, readTyped, writeAddress, writePairingCode } from './lan-address.ts'

it('LAN-11: addresses are read as people type them', () => {
  for (const [typed, host, port] of [
    ['192.168.1.7:41234', '192.168.1.7', 41_234],
    ['  10.0.0.1:1 ', '10.0.0.1', 1],
    ['[2001:db8::7]:65535', '2001:db8::7', 65_535],
    ['[fe80::1%eth0]:41234', 'fe80::1%eth0', 41_234],
    ['Laptop.local:41234', 'laptop.local', 41_234],
    ['laptop:41234', 'laptop', 41_234],
  ] as const) {
    expect(readAddress(typed), typed).toEqual({ host, port })
    expect(readAddress(writeAddress({ host, port }))).toEqual({ host, port })
    expect(readTyped(typed)).toEqual({ host, port, secret: null })
  }
})

it('LAN-11: what is no address is said to be none', () => {
  const wrong = [
    '',
    ':',
    'laptop',
    '192.168.1.7',
    '192.168.1:41234',
    '999.1.1.1:5',
    '1.2.3.4:0',
    '1.2.3.4:65536',
    '1.2.3.4:1e3',

    'fe80::1:41234',
    '[fe80::1]',
    '[fe80::1%]:1',
    '[fe80::1%e th]:1',
    '[laptop]:1',
    'a b:1',
    'http://a:1',
    '-:',
    'a..b:1',
    `${'a'.repeat(300)}:1`,
  ]
  for (const typed of wrong) {
    expect(readAddress(typed), typed).toBeNull()
    expect(() => readTyped(typed), typed).toThrow(expect.objectContaining({ kind: 'invalid-argument' }))
  }
})

it('LAN-11: a pairing code holds an address and a secret, whole', () => {
  const secret = suite.random(32)
  for (const address of [
    { host: '192.168.1.7', port: 41_234 },
    { host: '2001:db8::7', port: 1 },
  ]) {
    const code = writePairingCode(address, secret)
    expect(readTyped(` ${code}\n`)).toEqual({ ...address, secret })
    for (const cut of [code.slice(0, -1), `${code}A`, code.replace('#', ''), `${code}#`, code.replace(':', ';')]) {
      expect(() => readTyped(cut), cut).toThrow(expect.objectContaining({ kind: 'invalid-argument' }))
    }
  }
})
