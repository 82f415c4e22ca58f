import { expect, it } from 'vitest'
import { concat } from '../../../shared/crypto/crypto-suite.ts'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { ByteQueue } from './byte-queue.ts'
import { FrameCipher, LENGTH_BYTES, lengthOf, MAX_MESSAGE } from './frame-cipher.ts'

function pair(): [FrameCipher, FrameCipher] {
  const [a, b] = [suite.random(32), suite.random(32)]
  return [new FrameCipher(suite, a, b), new FrameCipher(suite, b, a)]
}

const open = (cipher: FrameCipher, sealed: Uint8Array): Uint8Array | null =>
  cipher.open(sealed.subarray(0, LENGTH_BYTES), sealed.subarray(LENGTH_BYTES))

it('LAN-24: messages come out as they went in, in their order, from the smallest to the largest', () => {
  const [alice, bob] = pair()
  for (const length of [1, 2, 1000, 65_536, MAX_MESSAGE]) {
    const message = suite.random(length)
    const sealed = alice.seal(message)
    expect(lengthOf(sealed)).toBe(sealed.length - LENGTH_BYTES)
    expect(open(bob, sealed)).toEqual(message)
  }
})

it('LAN-24: one that is left out, doubled, moved, sent back, changed or of another length is none', () => {
  const message = suite.random(50)
  for (const disturb of [
    (alice: FrameCipher) => {
      alice.seal(message)
      return alice.seal(message)
    },
    (alice: FrameCipher, bob: FrameCipher) => {
      const sealed = alice.seal(message)
      open(bob, sealed)
      return sealed
    },
    (_alice: FrameCipher, bob: FrameCipher) => bob.seal(message),
    (alice: FrameCipher) => alice.seal(message).with(0, 65),
    (alice: FrameCipher) => alice.seal(message).with(20, 1).with(21, 2).with(22, 3),
    (alice: FrameCipher) => alice.seal(message).subarray(0, 60),
  ]) {
    const [alice, bob] = pair()
    expect(open(bob, disturb(alice, bob))).toBeNull()
  }
})

it('LAN-24: lengths nobody sends are refused before anything is kept for them', () => {
  for (const length of [0, 1, 16, MAX_MESSAGE + 17, 2 ** 31, 2 ** 32 - 1]) {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, length, true)
    expect(lengthOf(bytes)).toBeNull()
  }
})

it('LAN-24: bytes that come in any pieces are the same bytes', () => {
  const bytes = suite.random(5000)
  const queue = new ByteQueue()
  const taken: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = (suite.random(1)[0] ?? 0) % 100
    queue.put(bytes.subarray(at, at + length))
    at += length
    for (let one = queue.take(70); one !== null; one = queue.take(70)) taken.push(one)
  }
  for (let one = queue.take(1); one !== null; one = queue.take(1)) taken.push(one)
  expect(concat(...taken)).toEqual(bytes)
  expect(queue.take(1)).toBeNull()
})
