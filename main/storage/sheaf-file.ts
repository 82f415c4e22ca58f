/**
 * The published `.sheaf` file: what is in it, as data and as SQL. docs/FILE-FORMAT.md says the same for readers.
 *
 * It is a complete, quiescent SQLite file in rollback-journal mode, built fresh each time and renamed into place. It
 * holds no secrets. `records` and `members` are the truth; `state` and `preview` are caches that nobody trusts.
 */
import type { DocumentId, StreamId } from '../../shared/ids.ts'

/** "SHEF", in SQLite's application_id. */
export const APPLICATION_ID = 0x53484546
/** What this version reads at most, and what it writes. A file says both: below `read` it is refused, below `write` it is read-only. */
export const FORMAT = 1

/** Table name -> its exact SQL, as SQLite keeps it in `sqlite_schema`. A file of this format has these and nothing else. */
export const TABLES = {
  meta: 'CREATE TABLE meta (k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT',
  members:
    'CREATE TABLE members (seq INTEGER PRIMARY KEY, op BLOB NOT NULL, hash BLOB NOT NULL, sig BLOB NOT NULL) STRICT',
  records:
    'CREATE TABLE records (writer BLOB NOT NULL, seq INTEGER NOT NULL, rec_id BLOB NOT NULL, type INTEGER NOT NULL, stream INTEGER NOT NULL, prev BLOB NOT NULL, sig BLOB NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (writer, seq, rec_id)) STRICT',
  state: 'CREATE TABLE state (stream INTEGER PRIMARY KEY, heads BLOB NOT NULL, body BLOB NOT NULL) STRICT',
  preview: 'CREATE TABLE preview (kind TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT',
  blobs: 'CREATE TABLE blobs (hash BLOB PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL) STRICT',
} as const

/** The keys of `meta` every file has. Others are ignored; values are text, numbers in decimal digits. */
export const META_KEYS = {
  documentId: 'document_id',
  /** Also in SQLite's user_version, where it can be read before anything else. */
  formatRead: 'format_read',
  formatWrite: 'format_write',
  appVersion: 'app_version',
  title: 'title',
  changedAt: 'changed_at',
  firstWords: 'first_words',
  words: 'words',
} as const

/** Caps on what is read from a file made elsewhere; sizes in bytes. */
export const LIMITS = {
  file: 2 ** 31,
  rows: 2_000_000,
  meta: 1000,
  metaValue: 2 ** 16,
  payload: 64 * 2 ** 20,
  state: 64 * 2 ** 20,
  preview: 64 * 2 ** 20,
  blob: 20 * 2 ** 20,
  blobs: 2000,
  members: 10_000,
  member: 384 * 1024,
} as const

/** A signed record as it is stored: the fields its signature covers, the signature, and the plaintext. */
export interface StoredRecord {
  /** Ed25519 public key, 32 bytes. */
  readonly writer: Uint8Array
  /** 1, 2, 3… within the writer. */
  readonly seq: number
  /** 32 bytes; names the content. */
  readonly recId: Uint8Array
  /** 1 update, 2 close; others are kept and passed on unread. */
  readonly type: number
  readonly stream: number
  /** recId of the writer's record before this one; 32 zero bytes for the first. */
  readonly prev: Uint8Array
  /** Ed25519 signature, 64 bytes. */
  readonly sig: Uint8Array
  readonly payload: Uint8Array
}

/** One link of the membership chain; `seq` 0 is the genesis. */
export interface StoredMember {
  readonly seq: number
  readonly op: Uint8Array
  readonly hash: Uint8Array
  readonly sig: Uint8Array
}

/** A picture, kept once and named by its bytes. */
export interface StoredBlob {
  /** BLAKE2b-256 of `bytes`. */
  readonly hash: Uint8Array
  readonly mime: string
  readonly bytes: Uint8Array
}

export type PreviewKind = 'text/markdown' | 'text/html' | 'text/plain'

export interface SheafFileContent {
  readonly documentId: DocumentId
  readonly formatRead: number
  readonly formatWrite: number
  readonly appVersion: string
  readonly title: string
  /** Milliseconds since 1970 of the document's last change; a fact for people. */
  readonly changedAt: number
  /** The first words of the text and how many there are: for lists, so that listing a file needs no text. */
  readonly firstWords: string
  readonly words: number
  readonly members: readonly StoredMember[]
  readonly records: readonly StoredRecord[]
  /** A Yjs V1 state per stream, with the heads (deterministic CBOR) it was made at. */
  readonly state: readonly { readonly stream: StreamId; readonly heads: Uint8Array; readonly body: Uint8Array }[]
  readonly previews: Readonly<Partial<Record<PreviewKind, string>>>
  readonly blobs: readonly StoredBlob[]
}
