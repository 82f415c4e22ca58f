import { describe, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { sealRecord } from '../../../shared/protocol/envelope.ts'
import { decodeFrame, encodeFrame } from '../../../shared/protocol/frames.ts'
import { Scribe, SharedDocument } from '../shared-document.fixture.ts'
import { fullJitter } from './jitter.ts'
import { allowedFrame } from './relay-link.ts'
import { whyNotOpened, whyUnreachable } from './why-unreachable.ts'

describe('dialling a relay', () => {
  it('RELAY-30: it waits at least half a second, at most a minute, and anything in between', () => {
    expect(fullJitter(0, 0.99)).toBe(500)
    expect([1, 4, 20].map((attempt) => fullJitter(attempt, 0))).toEqual([500, 500, 500])
    expect(fullJitter(3, 0.5)).toBe(2000)
    expect(fullJitter(7, 0.5)).toBe(30_000)
    expect(fullJitter(1000, 0.999)).toBeLessThanOrEqual(60_000)
  })

  it('RELAY-2: what the system and the other end say is one of a few reasons', () => {
    const because = (code: string): string => whyUnreachable(Object.assign(new Error('no'), { code }))
    expect(because('CERT_HAS_EXPIRED')).toBe('certificate')
    expect(because('DEPTH_ZERO_SELF_SIGNED_CERT')).toBe('certificate')
    expect(because('ERR_TLS_CERT_ALTNAME_INVALID')).toBe('certificate')
    expect(because('ECONNREFUSED')).toBe('relay-unreachable')
    expect(because('EPROTO')).toBe('not-a-relay')
    expect([503, 429, 404, 200].map(whyNotOpened)).toEqual(['busy', 'busy', 'not-a-relay', 'not-a-relay'])
  })

  it('RELAY-5: what a relay would not keep from somebody is not sent to it', () => {
    const { documentId, founder } = new SharedDocument()
    const scribe = new Scribe(documentId, founder.member)
    const envelopes = [0, 1, 0].map((stream) =>
      sealRecord(suite, documentId, { epoch: 1, key: suite.random(32) }, scribe.write(0, stream)),
    )
    const frame = encodeFrame({ op: 'records', envelopes })
    const other = encodeFrame({ op: 'live', counter: 1, bytes: Uint8Array.of(1) })
    expect(allowedFrame(frame, 'editor')).toBe(frame)
    expect(allowedFrame(frame, 'reader')).toBeNull()
    expect(allowedFrame(other, 'reader')).toBe(other)
    expect(decodeFrame(allowedFrame(frame, 'commenter') ?? frame)).toEqual({ op: 'records', envelopes: [envelopes[1]] })
    expect(allowedFrame(encodeFrame({ op: 'records', envelopes: envelopes.slice(0, 1) }), 'commenter')).toBeNull()
  })
})
