import dns from 'dns-packet'
import os from 'node:os'
import { expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { decodeSayings, encodeAnnouncement, encodeQuestion, LIFETIME, SERVICE } from './mdns-packet.ts'

const name = '0123456789abcdef'

it('LAN-13: an announcement holds a random name, a port and an address, and nothing of the computer', () => {
  const bytes = encodeAnnouncement({ name, port: 41_234, lifetime: LIFETIME }, '192.168.1.7')
  expect(decodeSayings(bytes)).toEqual([
    { kind: 'announcement', announcement: { name, port: 41_234, lifetime: LIFETIME } },
  ])
  const { answers = [], additionals = [] } = dns.decode(Buffer.from(bytes))
  const said = [...answers, ...additionals].map((record) => [record.type, record.name, 'data' in record && record.data])
  expect(said).toEqual([
    ['PTR', SERVICE, `${name}.${SERVICE}`],
    ['SRV', `${name}.${SERVICE}`, { port: 41_234, target: `${name}.local`, priority: 0, weight: 0 }],
    ['TXT', `${name}.${SERVICE}`, [Buffer.from('v=1')]],
    ['A', `${name}.local`, '192.168.1.7'],
  ])
  if (os.hostname().length > 3) expect(Buffer.from(bytes).includes(os.hostname())).toBe(false)
  expect(decodeSayings(encodeAnnouncement({ name, port: 1, lifetime: 0 }, 'fe80::1%eth0'))).toEqual([
    { kind: 'announcement', announcement: { name, port: 1, lifetime: 0 } },
  ])
})

it('LAN-13: a question is heard, and what others say is not', () => {
  expect(decodeSayings(encodeQuestion())).toEqual([{ kind: 'question' }])
  const printer = dns.encode({ type: 'query', questions: [{ type: 'PTR', name: '_ipp._tcp.local' }] })
  const half = dns.encode({ type: 'response', answers: [{ type: 'PTR', name: SERVICE, data: `${name}.${SERVICE}` }] })
  const named = dns.encode({
    type: 'response',
    answers: [
      { type: 'PTR', name: SERVICE, data: `Printer.${SERVICE}` },
      { type: 'SRV', name: `Printer.${SERVICE}`, data: { port: 5, target: 'printer.local' } },
    ],
  })
  for (const bytes of [printer, half, named]) expect(decodeSayings(bytes)).toEqual([])
})

it('LAN-14: whatever bytes come, nothing is thrown', () => {
  const good = encodeAnnouncement({ name, port: 41_234, lifetime: LIFETIME }, '192.168.1.7')
  for (let round = 0; round < 5000; round++) {
    const bytes = good.slice(0, good.length - (round % 20))
    for (let flips = 0; flips < 1 + (round % 4); flips++) {
      const [a = 0, b = 0, bit = 0] = suite.random(3)
      const at = (a * 256 + b) % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
    }
    decodeSayings(bytes)
    decodeSayings(suite.random(round % 100))
  }
  expect(decodeSayings(new Uint8Array())).toEqual([])
})
