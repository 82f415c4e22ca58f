/**
 * The key all members of a document share for a while: an epoch. A removal begins a new one, so who was removed can't
 * read what comes later. Nothing is encrypted with the key itself, only with keys derived from it, one per use.
 */
import { concat, type CryptoSuite, domain, NONCE_BYTES, SEAL_BYTES, TAG_BYTES } from './crypto-suite.ts'

export interface EpochKey {
  /** 1, 2, 3… within the document. */
  readonly epoch: number
  /** 32 random bytes. */
  readonly key: Uint8Array
}

const RECORD_KEY_DOMAIN = domain('epoch-record/1')
const BEFORE_DOMAIN = domain('epoch-before/1')
const COMMITMENT_DOMAIN = domain('epoch-commitment/1')

/** Bytes of an epoch's key sealed to a device, and of the key before encrypted under the next. */
export const SEALED_KEY = 32 + SEAL_BYTES
export const SEALED_BEFORE = NONCE_BYTES + 32 + TAG_BYTES

/** Four bytes, little end first. */
export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
}

/** The key records of this document are encrypted with in this epoch. */
export function recordKey(suite: CryptoSuite, documentId: Uint8Array, { epoch, key }: EpochKey): Uint8Array {
  return suite.hash(RECORD_KEY_DOMAIN, key, documentId, uint32(epoch))
}

/** What the membership chain says of the key: all members can tell that they were given the same one, nobody learns it. */
export function epochCommitment(suite: CryptoSuite, documentId: Uint8Array, { epoch, key }: EpochKey): Uint8Array {
  return suite.hash(COMMITMENT_DOMAIN, documentId, uint32(epoch), key)
}

/** The key of the epoch before, for those who have this one: who has the newest key has all older ones. */
export function sealBefore(
  suite: CryptoSuite,
  documentId: Uint8Array,
  current: EpochKey,
  before: EpochKey,
): Uint8Array {
  const nonce = suite.random(NONCE_BYTES)
  const context = beforeContext(documentId, current.epoch)
  return concat(nonce, suite.encrypt(before.key, context, nonce, beforeKey(suite, documentId, current)))
}

/** Null when it was not sealed under this epoch's key. */
export function unsealBefore(
  suite: CryptoSuite,
  documentId: Uint8Array,
  current: EpochKey,
  sealed: Uint8Array,
): EpochKey | null {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const context = beforeContext(documentId, current.epoch)
  const key = suite.decrypt(sealed.subarray(NONCE_BYTES), context, nonce, beforeKey(suite, documentId, current))
  return key === null ? null : { epoch: current.epoch - 1, key }
}

function beforeKey(suite: CryptoSuite, documentId: Uint8Array, { epoch, key }: EpochKey): Uint8Array {
  return suite.hash(BEFORE_DOMAIN, key, documentId, uint32(epoch))
}

function beforeContext(documentId: Uint8Array, epoch: number): Uint8Array {
  return concat(BEFORE_DOMAIN, documentId, uint32(epoch))
}
