/**
 * The few cryptographic operations a log needs. One implementation is native (`main/identity/sodium-suite.ts`); tests
 * check it against an independent one. Hash is BLAKE2b-256, signatures are Ed25519 (RFC 8032), encryption is
 * XChaCha20-Poly1305.
 */
export interface CryptoSuite {
  /** BLAKE2b with 32 bytes of output over the concatenation of the parts. */
  hash(...parts: readonly Uint8Array[]): Uint8Array
  random(length: number): Uint8Array
  /** An Ed25519 key pair from a 32-byte seed. */
  keyPair(seed: Uint8Array): KeyPair
  sign(message: Uint8Array, key: KeyPair): Uint8Array
  /** False for anything that is not a valid signature; never throws. */
  verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean
  /** Whether anything can be sealed to it: a point of the curve in Ed25519's own group, of no small order; never throws. */
  isPublicKey(key: Uint8Array): boolean
  /** The ciphertext, 16 bytes longer than the plaintext. `context` is authenticated and not hidden. */
  encrypt(plaintext: Uint8Array, context: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array
  /** Null for anything that was not encrypted with this key, nonce and context; never throws. */
  decrypt(ciphertext: Uint8Array, context: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null
  /**
   * The message so that only the holder of an Ed25519 key can read it, 48 bytes longer: a libsodium sealed box to the
   * X25519 key that belongs to it. It doesn't say who sealed. Throws `RangeError` for what is no public key.
   */
  seal(message: Uint8Array, publicKey: Uint8Array): Uint8Array
  /** Null for anything that was not sealed to this key; never throws. */
  unseal(sealed: Uint8Array, key: KeyPair): Uint8Array | null
}

/** Bytes of a nonce: long enough to be chosen at random every time. */
export const NONCE_BYTES = 24
/** Bytes a ciphertext is longer than its plaintext. */
export const TAG_BYTES = 16
/** Bytes a sealed message is longer than the message. */
export const SEAL_BYTES = 48

export interface KeyPair {
  /** 32 bytes; public keys name writers and members. */
  readonly publicKey: Uint8Array
  /** 32 bytes; the only thing worth keeping secret. */
  readonly seed: Uint8Array
}

const encoder = new TextEncoder()

/** The prefix that keeps one use of a hash or a signature from being taken for another. */
export function domain(name: string): Uint8Array {
  return encoder.encode(`sheaf/${name}\0`)
}

/** Concatenates byte strings. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
