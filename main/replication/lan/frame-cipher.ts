/**
 * Encryption of what follows a greeting: each message after its length, under a key for each direction and a number that
 * counts. One left out, doubled or moved can't be read, and ends the connection.
 */
import { concat, type CryptoSuite, NONCE_BYTES, TAG_BYTES } from '../../../shared/crypto/crypto-suite.ts'
import { uint32 } from '../../../shared/crypto/epoch-key.ts'
import { MAX_FRAME } from '../../../shared/protocol/frames.ts'

/** Bytes of the length before each message. */
export const LENGTH_BYTES = 4
/** The largest message: a frame of a document, with its kind and channel. */
export const MAX_MESSAGE = MAX_FRAME + 5

export class FrameCipher {
  private readonly suite: CryptoSuite
  private readonly tx: Uint8Array
  private readonly rx: Uint8Array
  private sent = 0
  private received = 0

  constructor(suite: CryptoSuite, tx: Uint8Array, rx: Uint8Array) {
    this.suite = suite
    this.tx = tx
    this.rx = rx
  }

  seal(message: Uint8Array): Uint8Array {
    if (message.length > MAX_MESSAGE) throw new Error(`Broken invariant: a message of ${message.length} bytes`)
    const length = uint32(message.length + TAG_BYTES)
    return concat(length, this.suite.encrypt(message, length, nonceOf(this.sent++), this.tx))
  }

  /** Null for what the other side did not send next. */
  open(length: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
    return this.suite.decrypt(ciphertext, length, nonceOf(this.received++), this.rx)
  }
}

/** How long the ciphertext is that follows; null for a length nobody sends. */
export function lengthOf(bytes: Uint8Array): number | null {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  return length > TAG_BYTES && length <= MAX_MESSAGE + TAG_BYTES ? length : null
}

function nonceOf(number: number): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES)
  new DataView(nonce.buffer).setBigUint64(NONCE_BYTES - 8, BigInt(number), true)
  return nonce
}
