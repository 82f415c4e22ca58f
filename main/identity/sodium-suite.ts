/** The native implementation of the crypto suite, by libsodium. It loads in plain Node and in Electron alike. */
import sodium from 'sodium-native'
import { type CryptoSuite, NONCE_BYTES, SEAL_BYTES, TAG_BYTES } from '../../shared/crypto/crypto-suite.ts'

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
  encrypt(plaintext, context, nonce, key) {
    const ciphertext = Buffer.alloc(plaintext.length + TAG_BYTES)
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
      ciphertext,
      asBuffer(plaintext),
      asBuffer(context),
      null,
      asBuffer(nonce),
      asBuffer(key),
    )
    return plain(ciphertext)
  },
  decrypt(ciphertext, context, nonce, key) {
    if (ciphertext.length < TAG_BYTES || nonce.length !== NONCE_BYTES || key.length !== 32) return null
    const plaintext = Buffer.alloc(ciphertext.length - TAG_BYTES)
    try {
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        plaintext,
        null,
        asBuffer(ciphertext),
        asBuffer(context),
        asBuffer(nonce),
        asBuffer(key),
      )
    } catch {
      // libsodium's binding throws for a wrong tag, and for nothing else once the lengths are right.
      return null
    }
    return plain(plaintext)
  },
  isPublicKey(key) {
    try {
      return key.length === sodium.crypto_sign_PUBLICKEYBYTES && boxKey(key).length > 0
    } catch {
      return false
    }
  },
  seal(message, publicKey) {
    const sealed = Buffer.alloc(message.length + SEAL_BYTES)
    sodium.crypto_box_seal(sealed, asBuffer(message), boxKey(publicKey))
    return plain(sealed)
  },
  unseal(sealed, key) {
    if (sealed.length < SEAL_BYTES) return null
    const secretKey = Buffer.concat([key.seed, key.publicKey])
    const boxSecret = Buffer.alloc(sodium.crypto_box_SECRETKEYBYTES)
    sodium.crypto_sign_ed25519_sk_to_curve25519(boxSecret, secretKey)
    const message = Buffer.alloc(sealed.length - SEAL_BYTES)
    const opened = sodium.crypto_box_seal_open(message, asBuffer(sealed), boxKey(key.publicKey), boxSecret)
    secretKey.fill(0)
    boxSecret.fill(0)
    return opened ? plain(message) : null
  },
}

/** The X25519 key of an Ed25519 key. */
function boxKey(publicKey: Uint8Array): Buffer {
  const key = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES)
  try {
    sodium.crypto_sign_ed25519_pk_to_curve25519(key, asBuffer(publicKey))
  } catch (cause) {
    throw new RangeError('Not a public key', { cause })
  }
  return key
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A Uint8Array that shares no pool with other buffers, so that it can cross processes as it is. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
