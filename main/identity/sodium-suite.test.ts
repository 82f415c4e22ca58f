import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { describe, expect, it } from 'vitest'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { sodiumSuite as suite } from './sodium-suite.ts'

describe('crypto suite', () => {
  it('SAFE-20: hashes, signs and verifies as an independent implementation does', () => {
    for (let i = 0; i < 100; i++) {
      const seed = suite.random(32)
      const message = suite.random(i * 7)
      const key = suite.keyPair(seed)
      expect(toHex(suite.hash(message, seed))).toBe(toHex(blake2b(concat(message, seed), { dkLen: 32 })))
      expect(toHex(key.publicKey)).toBe(toHex(ed25519.getPublicKey(seed)))
      const signature = suite.sign(message, key)
      expect(toHex(signature)).toBe(toHex(ed25519.sign(message, seed)))
      expect(suite.verify(message, signature, key.publicKey)).toBe(true)
    }
  })

  it('SAFE-20: refuses a signature with any bit changed, and one of a wrong length, without throwing', () => {
    const key = suite.keyPair(suite.random(32))
    const message = suite.random(40)
    const signature = suite.sign(message, key)
    for (let bit = 0; bit < signature.length * 8; bit++) {
      const changed = signature.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(suite.verify(message, changed, key.publicKey)).toBe(false)
    }
    expect(suite.verify(message, signature.slice(1), key.publicKey)).toBe(false)
    expect(suite.verify(message, signature, key.publicKey.slice(1))).toBe(false)
  })

  it('SEAL-1: encrypts and decrypts as an independent implementation does', () => {
    for (let length = 0; length < 300; length += 7) {
      const [key, nonce, context, plaintext] = [32, 24, length % 50, length].map((bytes) => suite.random(bytes))
      if (!key || !nonce || !context || !plaintext) throw new Error('There are four.')
      const ciphertext = suite.encrypt(plaintext, context, nonce, key)
      expect(toHex(ciphertext)).toBe(toHex(xchacha20poly1305(key, nonce, context).encrypt(plaintext)))
      expect(suite.decrypt(ciphertext, context, nonce, key)).toEqual(plaintext)
    }
  })

  it('SEAL-1: answers null for a wrong key, nonce, context or length, without throwing', () => {
    const [key, nonce, context, plaintext] = [32, 24, 10, 40].map((bytes) => suite.random(bytes))
    if (!key || !nonce || !context || !plaintext) throw new Error('There are four.')
    const ciphertext = suite.encrypt(plaintext, context, nonce, key)
    expect(suite.decrypt(ciphertext, context, nonce, suite.random(32))).toBeNull()
    expect(suite.decrypt(ciphertext, context, suite.random(24), key)).toBeNull()
    expect(suite.decrypt(ciphertext, suite.random(10), nonce, key)).toBeNull()
    for (const length of [0, 15, 16, 55]) {
      expect(suite.decrypt(ciphertext.slice(0, length), context, nonce, key)).toBeNull()
    }
    expect(suite.decrypt(ciphertext, context, nonce.slice(1), key)).toBeNull()
    expect(suite.decrypt(ciphertext, context, nonce, key.slice(1))).toBeNull()
  })

  it('MEMBER-21: seals as libsodium’s sealed box to the X25519 key of an Ed25519 key, as an independent one opens it', () => {
    for (const length of [0, 1, 32, 300]) {
      const key = suite.keyPair(suite.random(32))
      const message = suite.random(length)
      const sealed = suite.seal(message, key.publicKey)
      expect(suite.unseal(sealed, key)).toEqual(message)
      const [ephemeral, own] = [sealed.slice(0, 32), ed25519.utils.toMontgomery(key.publicKey)]
      const nonce = blake2b(concat(ephemeral, own), { dkLen: 24 })
      const shared = x25519.getSharedSecret(ed25519.utils.toMontgomerySecret(key.seed), ephemeral)
      const boxKey = new Uint32Array(8)
      hsalsa(
        new Uint32Array(new TextEncoder().encode('expand 32-byte k').buffer),
        new Uint32Array(shared.slice().buffer),
        new Uint32Array(4),
        boxKey,
      )
      expect(xsalsa20poly1305(new Uint8Array(boxKey.buffer), nonce).decrypt(sealed.slice(32))).toEqual(message)
    }
  })

  it('MEMBER-21: answers null for a sealed message with any bit changed, cut off or meant for another, without throwing', () => {
    const [key, other] = [suite.keyPair(suite.random(32)), suite.keyPair(suite.random(32))]
    const sealed = suite.seal(suite.random(32), key.publicKey)
    expect(suite.unseal(sealed, other)).toBeNull()
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      // The top bit of the ephemeral key means nothing to X25519, but it is part of the nonce.
      const changed = sealed.with(bit >> 3, (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
      expect(suite.unseal(changed, key), `bit ${bit}`).toBeNull()
    }
    for (const length of [0, 31, 47, 48, 79]) expect(suite.unseal(sealed.slice(0, length), key)).toBeNull()
    expect(() => suite.seal(sealed, new Uint8Array(32).fill(2))).toThrow(RangeError)
  })

  it('matches the published test vector of RFC 8032', () => {
    const key = suite.keyPair(
      Uint8Array.from(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')),
    )
    expect(toHex(key.publicKey)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
    expect(toHex(suite.sign(new Uint8Array(0), key)).slice(0, 32)).toBe('e5564300c360ac729086e2cc806e828a')
  })
})
