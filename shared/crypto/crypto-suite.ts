/**
 * The few cryptographic operations a log needs. One implementation is native (`main/identity/sodium-suite.ts`); tests
 * check it against an independent one. Hash is BLAKE2b-256, signatures are Ed25519 (RFC 8032).
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
}

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
