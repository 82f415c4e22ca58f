/**
 * A picture on its way: sealed for the members of an epoch under a name that tells nobody else which picture it is.
 * docs/PROTOCOL.md gives the bytes.
 */
import { type CryptoSuite, concat, domain, NONCE_BYTES } from '../crypto/crypto-suite.ts'
import { type EpochKey, uint32 } from '../crypto/epoch-key.ts'
import { toHex } from '../ids.ts'
import { MAX_PICTURE_PIECES, PIECE } from './frames.ts'
import { paddedLength } from './padding.ts'

const VERSION = 1
const HEADER = 37
const MAX_SEALED = MAX_PICTURE_PIECES * PIECE
const ID_DOMAIN = domain('picture-id/1')
const KEY_DOMAIN = domain('epoch-picture/1')

/** The name a picture is asked for by, hexadecimal; `hash` names its bytes. */
export function pictureId(suite: CryptoSuite, documentId: Uint8Array, hash: Uint8Array): string {
  return toHex(suite.hash(ID_DOMAIN, documentId, hash))
}

export function sealPicture(
  suite: CryptoSuite,
  documentId: Uint8Array,
  epochKey: EpochKey,
  picture: { readonly hash: Uint8Array; readonly bytes: Uint8Array },
): Uint8Array {
  const header = concat(Uint8Array.of(VERSION), uint32(epochKey.epoch), suite.hash(ID_DOMAIN, documentId, picture.hash))
  const plaintext = new Uint8Array(paddedLength(4 + picture.bytes.length))
  plaintext.set(uint32(picture.bytes.length))
  plaintext.set(picture.bytes, 4)
  const nonce = suite.random(NONCE_BYTES)
  const key = pictureKey(suite, documentId, epochKey)
  return concat(header, nonce, suite.encrypt(plaintext, concat(documentId, header), nonce, key))
}

/** The bytes of a picture and their hash; null unless it is the picture its name says, sealed by a member. */
export function openPicture(
  suite: CryptoSuite,
  documentId: Uint8Array,
  keys: ReadonlyMap<number, EpochKey>,
  sealed: Uint8Array,
): { readonly hash: Uint8Array; readonly bytes: Uint8Array } | null {
  if (sealed.length < HEADER + NONCE_BYTES || sealed.length > MAX_SEALED || sealed[0] !== VERSION) return null
  const header = sealed.slice(0, HEADER)
  const epochKey = keys.get(new DataView(header.buffer).getUint32(1, true))
  if (epochKey === undefined) return null
  const nonce = sealed.subarray(HEADER, HEADER + NONCE_BYTES)
  const key = pictureKey(suite, documentId, epochKey)
  const plaintext = suite.decrypt(sealed.subarray(HEADER + NONCE_BYTES), concat(documentId, header), nonce, key)
  if (plaintext === null || plaintext.length < 4) return null
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0, true)
  if (length > plaintext.length - 4) return null
  const bytes = plaintext.slice(4, 4 + length)
  const hash = suite.hash(bytes)
  return pictureId(suite, documentId, hash) === toHex(header.subarray(5)) ? { hash, bytes } : null
}

function pictureKey(suite: CryptoSuite, documentId: Uint8Array, { epoch, key }: EpochKey): Uint8Array {
  return suite.hash(KEY_DOMAIN, key, documentId, uint32(epoch))
}
