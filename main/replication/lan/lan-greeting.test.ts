import { describe, expect, it } from 'vitest'
import { equalBytes, toHex } from '../../../shared/ids.ts'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { Answering, Dialling, GREETING, type GreetingStep, type LanGreeting, newStaticKey } from './lan-greeting.ts'

const [here, there] = [newStaticKey(), newStaticKey()]
const secret = suite.random(32)
const nothing = new Uint8Array()

/** Hands a message over as it comes: the first byte of a first one by itself. */
function hand(to: LanGreeting, message: Uint8Array): GreetingStep {
  const step = to.receive(message.subarray(0, 1))
  return step.kind === 'more' && message.length > 1 ? to.receive(message.subarray(1)) : step
}

/** A whole greeting; `change` may put another message in the place of the first, the second or the third. */
function greet(
  theirs: Uint8Array | null,
  ours: readonly Uint8Array[],
  change: (message: Uint8Array, number: number) => Uint8Array = (message) => message,
) {
  const [dialling, answering] = [new Dialling(suite, here, theirs), new Answering(suite, there, () => ours)]
  const first = dialling.begin().send ?? nothing
  answering.begin()
  const answer = hand(answering, change(first, 1))
  const second = answer.send ?? nothing
  const reply = answer.kind === 'more' ? hand(dialling, change(second, 2)) : null
  const end = reply?.kind === 'done' ? answering.receive(change(reply.send ?? nothing, 3)) : null
  return { lengths: [first.length, second.length, reply?.send?.length], answer, reply, end }
}

describe('a greeting on the local network', () => {
  it('LAN-20: gives both sides the same keys and hash, other ones each time, with a secret and without', () => {
    const hashes = new Set<string>()
    for (const shared of [null, secret, null, secret]) {
      const { reply, end } = greet(shared, [suite.random(32), secret])
      if (reply?.kind !== 'done' || end?.kind !== 'done') throw new Error('They did not greet each other.')
      const [a, b] = [reply.secured, end.secured]
      expect([a.tx, a.rx, a.hash]).toEqual([b.rx, b.tx, b.hash])
      expect([a.side, b.side]).toEqual([0, 1])
      expect(toHex(a.tx)).not.toBe(toHex(a.rx))
      expect([a.key, b.key]).toEqual([there, here].map(({ publicKey }) => new Uint8Array(publicKey)))
      expect([a.secret, b.secret]).toEqual([shared, shared])
      hashes.add(toHex(a.hash))
    }
    expect(hashes.size).toBe(4)
  })

  it('LAN-21: looks the same with a secret as without, and to who does not know it like one without', () => {
    const lengths = [GREETING.first, GREETING.second, GREETING.third]
    expect(greet(null, []).lengths).toEqual(lengths)
    expect(greet(secret, [secret]).lengths).toEqual(lengths)
    // The other does not know this secret, and answers as it answers anybody: only who dialled finds out.
    const { answer, reply, lengths: asAnybody } = greet(secret, [suite.random(32)])
    expect(asAnybody.slice(0, 2)).toEqual(lengths.slice(0, 2))
    expect([answer.kind, reply]).toEqual(['more', { kind: 'failed', why: 'key', send: null }])
  })

  it('LAN-21: a knock that was copied is answered like one without a secret', () => {
    const answering = new Answering(suite, there, () => [secret])
    answering.begin()
    const copied = new Dialling(suite, here, secret).begin().send ?? nothing
    // The knock of one who knows the secret before bytes of one who does not.
    const step = hand(answering, Uint8Array.from([...copied.subarray(0, 33), ...suite.random(48)]))
    expect(step.kind).toBe('more')
    expect(step.send).toHaveLength(GREETING.second)
  })

  it('LAN-22: fails when any bit of it is another one', () => {
    for (const shared of [null, secret]) {
      for (const number of [1, 2, 3]) {
        const { lengths } = greet(shared, [secret])
        for (let at = 0; at < (lengths[number - 1] ?? 0) * 8; at += number === 1 ? 31 : 13) {
          const changed = greet(shared, [secret], (message, which) =>
            which === number ? message.with(at >> 3, (message[at >> 3] ?? 0) ^ (1 << (at & 7))) : message,
          )
          expect([changed.end?.kind, `bit ${at} of ${number}`]).not.toEqual(['done', `bit ${at} of ${number}`])
        }
      }
    }
  })

  it('LAN-22: whatever bytes come, nothing is thrown and nobody is greeted', () => {
    for (let round = 0; round < 100; round++) {
      const { end } = greet(round % 2 === 0 ? null : secret, [secret], (message, number) =>
        number === 1 + (round % 3) ? Uint8Array.of(1, ...suite.random(message.length - 1)) : message,
      )
      expect(end?.kind).not.toBe('done')
    }
    // Points that nothing can be agreed on with.
    for (const point of [0, 1]) {
      const low = new Uint8Array(32)
      low[0] = point
      const { answer } = greet(null, [], (message) =>
        Uint8Array.from([...message.subarray(0, 33), ...low, ...message.subarray(65)]),
      )
      expect(answer.kind).toBe('failed')
    }
  })

  it('LAN-23: a later version is told which one is spoken here, and something that is no Sheaf nothing', () => {
    const later = new Answering(suite, there, () => [])
    expect(later.receive(Uint8Array.of(2))).toEqual({ kind: 'failed', why: 'version', send: Uint8Array.of(1) })
    const browser = new Answering(suite, there, () => [])
    expect(browser.receive(new TextEncoder().encode('G')).send).toBeNull()
    const dialling = new Dialling(suite, here)
    dialling.begin()
    expect(dialling.receive(Uint8Array.of(2))).toMatchObject({ kind: 'failed', why: 'version' })
    expect(dialling.receive(new TextEncoder().encode('H'))).toMatchObject({ kind: 'failed', why: 'garbled' })
  })

  it('LAN-20: no two runs of an app have one static key', () => {
    expect(equalBytes(newStaticKey().publicKey, newStaticKey().publicKey)).toBe(false)
  })
})
