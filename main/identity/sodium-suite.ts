/** The native implementation of the crypto suite, by libsodium. It loads in plain Node and in Electron alike. */
import sodium from 'sodium-native'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'

/** Where the parts of a hash are joined; larger ones get a buffer of their own. */
const joined = Buffer.alloc(4096)
/** Where a hash is put before it is handed out: a small array that native code never saw is the cheaper one. */
const digest = Buffer.alloc(32)

export const sodiumSuite: CryptoSuite = {
  hash(...parts) {
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    // One call over joined bytes: handing over eight parts one by one takes three times as long as hashing them.
    const input = length <= joined.length ? joined.subarray(0, length) : Buffer.alloc(length)
    let at = 0
    for (const part of parts) {
      input.set(part, at)
      at += part.length
    }
    sodium.crypto_generichash(digest, input)
    // Some of what is hashed is secret.
    input.fill(0)
    return new Uint8Array(digest)
  },
  random(length) {
    const output = Buffer.alloc(length)
    sodium.randombytes_buf(output)
    return plain(output)
  },
  keyPair(seed) {
    const publicKey = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES)
    const secretKey = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES)
    sodium.crypto_sign_seed_keypair(publicKey, secretKey, asBuffer(seed))
    return { publicKey: plain(publicKey), seed: new Uint8Array(seed) }
  },
  sign(message, key) {
    const signature = Buffer.alloc(sodium.crypto_sign_BYTES)
    // libsodium's secret key is the seed followed by the public key.
    const secretKey = Buffer.concat([key.seed, key.publicKey])
    sodium.crypto_sign_detached(signature, asBuffer(message), secretKey)
    secretKey.fill(0)
    return plain(signature)
  },
  verify(message, signature, publicKey) {
    if (signature.length !== sodium.crypto_sign_BYTES || publicKey.length !== sodium.crypto_sign_PUBLICKEYBYTES)
      return false
    return sodium.crypto_sign_verify_detached(asBuffer(signature), asBuffer(message), asBuffer(publicKey))
  },
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A Uint8Array that shares no pool with other buffers, so that it can cross processes as it is. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
