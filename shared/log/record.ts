/**
 * The signed record: the unit of every log, in its final format.
 *
 * A record belongs to a writer (one run of one installation on one document) and is chained to the writer's record
 * before it. Its id names its content; the signature covers the id, not the bytes, so a record keeps its identity
 * however it is wrapped or compressed later. docs/FILE-FORMAT.md gives the bytes.
 */
import { decode, encode } from 'cborg'
import { concat, type CryptoSuite, domain, type KeyPair } from '../crypto/crypto-suite.ts'
import { SCHEMA_VERSION } from '../document/schema.ts'
import { equalBytes } from '../ids.ts'
import { encodeOrdinaryBody } from './encode-body.ts'

export const RECORD_VERSION = 1
export const RECORD_TYPE = { update: 1, close: 2, admit: 3 } as const

/** The fields a signature covers, but for the document's id, which the document gives. */
export interface RecordHeader {
  readonly type: number
  readonly stream: number
  /** Ed25519 public key of the writer, 32 bytes. */
  readonly writer: Uint8Array
  /** 1, 2, 3… within the writer. */
  readonly seq: number
  /** Id of the writer's record before this one; 32 zero bytes for the first. */
  readonly prev: Uint8Array
  /** BLAKE2b-256 over domain, document, stream, writer, seq, prev, type and payload. */
  readonly recId: Uint8Array
}

export interface SignedRecord extends RecordHeader {
  /** Ed25519 signature over the header, 64 bytes. */
  readonly sig: Uint8Array
  /** The plaintext: deterministic CBOR of a `RecordBody`. */
  readonly payload: Uint8Array
}

/** [writer's public key, last record number]: what the author had folded when the record was made. */
export type Dependency = readonly [writer: Uint8Array, seq: number]

/** A member key's word that a writer is its own, with the name people see. Carried by a writer's first record. */
export interface WriterCertificate {
  readonly member: Uint8Array
  readonly name: string
  readonly sig: Uint8Array
}

/** The plaintext of a record. Key names are short because every record repeats them. */
export interface RecordBody {
  readonly v: 1
  /** Schema version it was written with; the least a reader, and a writer, must know. */
  readonly w: number
  readonly mr: number
  readonly mw: number
  /** 16 random-looking bytes: nobody who sees the id can confirm a guess at the text. */
  readonly s: Uint8Array
  /** Seconds since 1970 when the first edit in it was made. A fact for people; nothing is ordered by it. */
  readonly t: number
  /** Heads that advanced since the writer's last record. */
  readonly d: readonly Dependency[]
  /** Number of the last membership operation its author knew. */
  readonly m: number
  /** Which of the writer's Yjs instances wrote: their ids are derived from the writer and these numbers. */
  readonly n: readonly number[]
  /** The content: a canonical Yjs V1 update, or a closed run. */
  readonly y: Uint8Array
  /** Part i of n, when one edit was too large for one record. */
  readonly p?: readonly [i: number, n: number]
  readonly cert?: {
    readonly member: Uint8Array
    readonly name: string
    readonly sig: Uint8Array
  }
}

export const ZERO_ID: Uint8Array = new Uint8Array(32)
export const ORDINARY = { v: 1, w: SCHEMA_VERSION, mr: 1, mw: 1 } as const

const RECORD_DOMAIN = domain('rec/1')
const SIGNATURE_DOMAIN = domain('sig/1')
const CLIENT_DOMAIN = domain('client/1')
const WRITER_DOMAIN = domain('writer/1')
const SALT_DOMAIN = domain('salt/1')
const encoder = new TextEncoder()

export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  let rest = value
  for (let i = 0; i < 8; i++) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}

export function recordId(
  suite: CryptoSuite,
  documentId: Uint8Array,
  record: Omit<RecordHeader, 'recId'> & { payload: Uint8Array },
): Uint8Array {
  return suite.hash(
    RECORD_DOMAIN,
    documentId,
    Uint8Array.of(record.stream),
    record.writer,
    uint64(record.seq),
    record.prev,
    Uint8Array.of(record.type),
    record.payload,
  )
}

/** The bytes a signature covers, domain included. */
function signedBytes(documentId: Uint8Array, header: RecordHeader): Uint8Array {
  return concat(
    SIGNATURE_DOMAIN,
    Uint8Array.of(RECORD_VERSION, header.type),
    documentId,
    Uint8Array.of(header.stream),
    header.writer,
    uint64(header.seq),
    header.prev,
    header.recId,
  )
}

export function signRecord(
  suite: CryptoSuite,
  documentId: Uint8Array,
  key: KeyPair,
  record: { type: number; stream: number; seq: number; prev: Uint8Array; payload: Uint8Array },
): SignedRecord {
  const named = { ...record, writer: key.publicKey }
  const recId = recordId(suite, documentId, named)
  const header = { ...named, recId }
  return { ...header, sig: suite.sign(signedBytes(documentId, header), key) }
}

/** Whether the id names the payload and the writer signed the id. */
export function verifyRecord(suite: CryptoSuite, documentId: Uint8Array, record: SignedRecord): boolean {
  return (
    equalBytes(record.recId, recordId(suite, documentId, record)) &&
    suite.verify(signedBytes(documentId, record), record.sig, record.writer)
  )
}

/** Whether the writer signed this header: all that can be told by one who can't read the payload. */
export function verifyHeader(
  suite: CryptoSuite,
  documentId: Uint8Array,
  signed: RecordHeader & { sig: Uint8Array },
): boolean {
  return suite.verify(signedBytes(documentId, signed), signed.sig, signed.writer)
}

/** Deterministic bytes: equal bodies are equal bytes. */
export function encodeBody(body: RecordBody): Uint8Array {
  return encodeOrdinaryBody(body) ?? encode(body)
}

/** Reads a payload strictly; throws `RangeError` with a sentence when it is not a body this version understands. */
export function decodeBody(payload: Uint8Array): RecordBody {
  let value: unknown
  try {
    value = decode(payload, {
      strict: true,
      allowIndefinite: false,
      rejectDuplicateMapKeys: true,
      allowUndefined: false,
    })
  } catch (cause) {
    throw new RangeError('A record holds no readable body.', { cause })
  }
  if (!isBody(value)) throw new RangeError('A record holds a body of no known form.')
  return value
}

/** Whether a value is a body as this version knows it: every field there, of the right form. */
export function isBody(value: unknown): value is RecordBody {
  if (typeof value !== 'object' || value === null) return false
  const { v, w, mr, mw, s, t, d, m, n, y, p, cert } = value as Record<string, unknown>
  return (
    v === 1 &&
    isCount(w) &&
    isCount(mr) &&
    isCount(mw) &&
    isBytes(s, 16) &&
    isCount(t) &&
    Array.isArray(d) &&
    d.every(
      (dependency) =>
        Array.isArray(dependency) && dependency.length === 2 && isBytes(dependency[0], 32) && isCount(dependency[1]),
    ) &&
    isCount(m) &&
    Array.isArray(n) &&
    n.every(isCount) &&
    y instanceof Uint8Array &&
    (p === undefined || (Array.isArray(p) && p.length === 2 && p.every(isCount))) &&
    (cert === undefined || isCertificate(cert))
  )
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length
}

function isCertificate(value: unknown): value is WriterCertificate {
  if (typeof value !== 'object' || value === null) return false
  const { member, name, sig } = value as Record<string, unknown>
  return isBytes(member, 32) && typeof name === 'string' && name.length <= 200 && isBytes(sig, 64)
}

/** The salt of a writer's record: derived from one secret, so that a closed run can give every record back exactly. */
export function recordSalt(suite: CryptoSuite, secret: Uint8Array, seq: number): Uint8Array {
  return suite.hash(SALT_DOMAIN, secret, uint64(seq)).slice(0, 16)
}

/** The Yjs client id of a writer's nth document instance: 53 bits, so that it fits a number. */
export function clientId(suite: CryptoSuite, writer: Uint8Array, n: number): number {
  const hash = suite.hash(CLIENT_DOMAIN, writer, uint64(n))
  let id = (hash[0] ?? 0) & 0x1f
  for (let i = 1; i < 7; i++) id = id * 256 + (hash[i] ?? 0)
  return id
}

function certifiedBytes(documentId: Uint8Array, writer: Uint8Array, member: Uint8Array, name: string): Uint8Array {
  return concat(WRITER_DOMAIN, documentId, writer, member, encoder.encode(name))
}

export function certifyWriter(
  suite: CryptoSuite,
  documentId: Uint8Array,
  writer: Uint8Array,
  member: KeyPair,
  name: string,
): WriterCertificate {
  return {
    member: member.publicKey,
    name,
    sig: suite.sign(certifiedBytes(documentId, writer, member.publicKey, name), member),
  }
}

export function verifyCertificate(
  suite: CryptoSuite,
  documentId: Uint8Array,
  writer: Uint8Array,
  certificate: WriterCertificate,
): boolean {
  return suite.verify(
    certifiedBytes(documentId, writer, certificate.member, certificate.name),
    certificate.sig,
    certificate.member,
  )
}
