import { ed25519 } from '@noble/curves/ed25519.js'
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

  it('matches the published test vector of RFC 8032', () => {
    const key = suite.keyPair(
      Uint8Array.from(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')),
    )
    expect(toHex(key.publicKey)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
    expect(toHex(suite.sign(new Uint8Array(0), key)).slice(0, 32)).toBe('e5564300c360ac729086e2cc806e828a')
  })
})
