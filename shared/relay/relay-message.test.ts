import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRelayPacket, encodeRelayFrame, encodeRelayMessage, type RelayMessage } from './relay-message.ts'
import { RELAY_REFUSALS } from './relay-refusal.ts'

const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength })
const key = bytes(32)
const sig = bytes(64)
const id = fc.nat()
const rows = fc.array(fc.record({ op: bytes(0, 300), hash: key, sig }), { maxLength: 4 })
const t = <T extends string>(name: T) => fc.constant(name)

const message: fc.Arbitrary<RelayMessage> = fc.oneof(
  fc.record({ t: t('challenge'), min: id, max: id, relay: key, nonce: key, clock: fc.maxSafeNat() }),
  fc.record({ t: t('open'), id, document: key, member: key, sig, rows }),
  fc.record({ t: t('no'), id, why: fc.constantFrom(...RELAY_REFUSALS) }),
  fc.record({ t: t('take'), id, document: key, invite: key, row: rows }),
  fc.record({ t: t('vault'), id, version: id, bytes: bytes(0, 500), sig }),
  fc.record({
    t: t('covers'),
    id,
    chan: id,
    runs: fc.array(fc.record({ writer: key, recId: key, first: id, beside: fc.array(key, { maxLength: 3 }) })),
  }),
  fc.record({
    t: t('requests'),
    id,
    requests: fc.array(fc.record({ invite: key, root: key, member: key, consent: sig, name: bytes(0, 60) })),
  }),
)

describe('relay messages', () => {
  it('RELAY-28: a message and a frame come back as they were said', () => {
    fc.assert(
      fc.property(message, (said) => {
        expect(decodeRelayPacket(encodeRelayMessage(said))).toEqual({ kind: 'message', message: said })
      }),
    )
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), bytes(1, 200), (chan, frame) => {
        expect(decodeRelayPacket(encodeRelayFrame(chan, frame))).toEqual({ kind: 'frame', chan, frame })
      }),
    )
  })

  it('RELAY-28: whatever the bytes, they are one message in one meaning, or none', () => {
    let read = 0
    fc.assert(
      fc.property(
        fc.oneof(bytes(0, 300), message.map(encodeRelayMessage)),
        fc.nat(),
        fc.nat(255),
        (input, at, byte) => {
          const changed = Uint8Array.from(input)
          if (changed.length > 0) changed[at % changed.length] = byte
          const packet = decodeRelayPacket(changed)
          if (packet === null) return
          read += 1
          const { kind } = packet
          const again =
            kind === 'frame' ? encodeRelayFrame(packet.chan, packet.frame) : encodeRelayMessage(packet.message)
          expect(decodeRelayPacket(again)).toEqual(packet)
        },
      ),
      { numRuns: 2000 },
    )
    expect(read).toBeGreaterThan(100)
  })

  it('RELAY-28: a field too many, too few or of another kind makes it none', () => {
    const read = (said: object): unknown => decodeRelayPacket(encodeRelayMessage(said as RelayMessage))
    expect(read({ t: 'get-vault', id: 1 })).toBeNull()
    expect(read({ t: 'get-vault', id: 1, vault: new Uint8Array(31) })).toBeNull()
    expect(read({ t: 'get-vault', id: -1, vault: new Uint8Array(32) })).toBeNull()
    expect(read({ t: 'get-vault', id: 1, vault: new Uint8Array(32), more: 1 })).toBeNull()
    expect(read({ t: 'no', id: 1, why: 'because' })).toBeNull()
    expect(read({ t: 'constructor', id: 1 })).toBeNull()
    expect(read({ t: 'opened', id: 1, chan: 1.5 })).toBeNull()
  })
})
