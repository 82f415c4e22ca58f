import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeInvite, encodeInvite, type Invite } from './invite-link.ts'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const invite: fc.Arbitrary<Invite> = fc.record({
  seed: bytes,
  documentId: bytes,
  relay: fc.constantFrom(null, 'wss://relay.example.org', 'https://a.example:8443/sheaf', 'ws://127.0.0.1:9000'),
  addresses: fc.subarray(['192.168.0.7:4711', '10.0.0.1:1', '[fe80::1]:65535', '127.0.0.1:80']),
})

describe('invite link', () => {
  it('MEMBER-37: comes back as it was made, and says no more to a browser than where its relay is', () => {
    fc.assert(
      fc.property(invite, (one) => {
        const link = encodeInvite(one)
        expect(decodeInvite(` ${link}\n`)).toEqual(one)
        expect(link.split('#')[0]).toMatch(/^(sheaf:\/\/i|https:\/\/[a-z.]+(:\d+)?\/i)$/)
      }),
    )
  })

  it('MEMBER-37: cut, mistyped or put together from others it is none, and says so in one sentence', () => {
    const refused = expect.objectContaining({ kind: 'invalid-argument' }) as unknown
    const attempt = (text: string): unknown => {
      try {
        return decodeInvite(text)
      } catch (cause) {
        return cause
      }
    }
    fc.assert(
      fc.property(invite, fc.nat(), fc.constantFrom('A', 'z', '_', '-', '0'), (one, at, letter) => {
        const link = encodeInvite(one)
        const start = link.indexOf('#') + 1
        const place = start + (at % (link.length - start))
        const mistyped = link.slice(0, place) + letter + link.slice(place + 1)
        if (mistyped !== link) expect(attempt(mistyped)).toEqual(refused)
        expect(attempt(link.slice(0, place))).toEqual(refused)
        expect(attempt(`${link}A`)).toEqual(refused)
        expect(attempt(link.replace('#', '?'))).toEqual(refused)
      }),
    )
    for (const text of ['', '#', 'https://example.org/i#', 'http://example.org/i#AAAA', 'x'.repeat(5000)])
      expect(attempt(text)).toEqual(refused)
  })
})
