/**
 * The envelope a record travels in: its header in the clear, its payload encrypted for the members of one epoch.
 *
 * Whoever carries it can check the writer's signature and can't read. Any member of a later epoch may put the same record
 * into a new envelope: its id and signature cover the payload, not the ciphertext. docs/PROTOCOL.md gives the bytes.
 */
import { type CryptoSuite, concat, NONCE_BYTES, TAG_BYTES } from '../crypto/crypto-suite.ts'
import { type EpochKey, recordKey, uint32 } from '../crypto/epoch-key.ts'
import { equalBytes } from '../ids.ts'
import { type RecordHeader, type SignedRecord, uint64 } from '../log/record.ts'
import { paddedLength } from './padding.ts'

export const ENVELOPE_VERSION = 1
/** Bytes of payload a record may have: what a file may hold, a store may, and so may an envelope. */
export const MAX_PAYLOAD = 64 * 2 ** 20

export type EnvelopeProblem =
  /** Cut off, too long, or with a field that no writer of this version writes. */
  | 'malformed'
  | 'too-new'
  | 'other-document'
  /** Encrypted in an epoch whose key is not here. */
  | 'unknown-epoch'
  /** Not encrypted with the epoch's key, or changed since. */
  | 'forged'

/** An envelope taken apart, not opened. */
export interface SealedRecord extends RecordHeader {
  readonly sig: Uint8Array
  readonly epoch: number
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
}

const HEADER = 207
const BODY = HEADER + NONCE_BYTES + 4

export function sealRecord(
  suite: CryptoSuite,
  documentId: Uint8Array,
  epochKey: EpochKey,
  record: SignedRecord,
): Uint8Array {
  const header = encodeHeader(documentId, record, epochKey.epoch)
  const plaintext = new Uint8Array(paddedLength(4 + record.payload.length))
  plaintext.set(uint32(record.payload.length))
  plaintext.set(record.payload, 4)
  const nonce = suite.random(NONCE_BYTES)
  const ciphertext = suite.encrypt(plaintext, header, nonce, recordKey(suite, documentId, epochKey))
  return concat(header, nonce, uint32(ciphertext.length), ciphertext)
}

/**
 * The record in an envelope. That its id names the payload and that its writer signed it is for the log to verify: a
 * member who has the key can put anything into an envelope.
 */
export function openEnvelope(
  suite: CryptoSuite,
  documentId: Uint8Array,
  keys: ReadonlyMap<number, EpochKey>,
  bytes: Uint8Array,
): SignedRecord | EnvelopeProblem {
  const sealed = readEnvelope(documentId, bytes)
  if (typeof sealed === 'string') return sealed
  const { epoch, nonce, ciphertext, ...header } = sealed
  const epochKey = keys.get(epoch)
  if (epochKey === undefined) return 'unknown-epoch'
  const key = recordKey(suite, documentId, epochKey)
  const plaintext = suite.decrypt(ciphertext, bytes.subarray(0, HEADER), nonce, key)
  if (plaintext === null) return 'forged'
  const payload = unpad(plaintext)
  return payload === null ? 'malformed' : { ...header, payload }
}

/** Reads what everyone may: strict, so that two envelopes with the same meaning are the same bytes but for the nonce. */
export function readEnvelope(documentId: Uint8Array, input: Uint8Array): SealedRecord | EnvelopeProblem {
  // Slices of a Node Buffer would share its memory.
  const bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  const version = bytes[0]
  if (version === undefined || version === 0) return 'malformed'
  if (version > ENVELOPE_VERSION) return 'too-new'
  if (bytes.length < BODY + TAG_BYTES) return 'malformed'
  if (!equalBytes(bytes.subarray(2, 34), documentId)) return 'other-document'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const seq = Number(view.getBigUint64(67, true))
  const epoch = view.getUint32(203, true)
  const length = view.getUint32(HEADER + NONCE_BYTES, true)
  if (!Number.isSafeInteger(seq) || seq === 0 || epoch === 0) return 'malformed'
  if (length !== bytes.length - BODY || length > paddedLength(4 + MAX_PAYLOAD) + TAG_BYTES) return 'malformed'
  return {
    type: bytes[1] ?? 0,
    stream: bytes[34] ?? 0,
    writer: bytes.slice(35, 67),
    seq,
    prev: bytes.slice(75, 107),
    recId: bytes.slice(107, 139),
    sig: bytes.slice(139, 203),
    epoch,
    nonce: bytes.slice(HEADER, HEADER + NONCE_BYTES),
    ciphertext: bytes.slice(BODY),
  }
}

function encodeHeader(documentId: Uint8Array, record: SignedRecord, epoch: number): Uint8Array {
  return concat(
    Uint8Array.of(ENVELOPE_VERSION, record.type),
    documentId,
    Uint8Array.of(record.stream),
    record.writer,
    uint64(record.seq),
    record.prev,
    record.recId,
    record.sig,
    uint32(epoch),
  )
}

/** Null unless it is padded exactly as `sealRecord` pads. */
function unpad(plaintext: Uint8Array): Uint8Array | null {
  if (plaintext.length < 4) return null
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0, true)
  if (length > MAX_PAYLOAD || paddedLength(4 + length) !== plaintext.length) return null
  return plaintext.subarray(4 + length).every((byte) => byte === 0) ? plaintext.slice(4, 4 + length) : null
}
