/**
 * The private store of one document: where every edit is durable first. One SQLite file, one connection, one process.
 *
 * Each method that writes is one transaction, committed and synced when it returns; nothing is acknowledged before.
 * Transactions are synchronous, so no half-done state is ever seen by other code.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { Statement, Transaction } from 'better-sqlite3'
import { SheafError } from '../../shared/errors.ts'
import { equalBytes } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import { decodeHeads, encodeHeads } from '../../shared/log/heads.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { diskError } from './disk-error.ts'
import { migrate } from './migrate.ts'
import { MirrorTable, type PlacedRow } from './mirror-table.ts'
import { type Db, type Durability, openDatabase } from './open-database.ts'
import type { StoredBlob, StoredMember } from './sheaf-file.ts'

/** A writer that may still hold drafts, as it is kept: its secrets wrapped by the key vault. */
export interface StoredWriter {
  readonly key: Uint8Array
  readonly secrets: Uint8Array
  /** Yjs document instances given out so far; numbers are never given out twice. */
  readonly instances: number
  readonly named: Heads
}

export interface StoredDraft {
  readonly id: number
  readonly writer: Uint8Array
  readonly instance: number
  readonly stream: number
  readonly update: Uint8Array
  readonly at: number
}

export interface StoredState {
  readonly heads: Heads
  readonly body: Uint8Array
}

const UNWRITABLE = 'Your last words could not be saved.'

export class DocumentStore {
  readonly mirrors: MirrorTable
  private readonly db: Db
  /** Made once: making one takes longer than a small edit needs. */
  private readonly transact: Transaction<(change: () => unknown) => unknown>
  private readonly insertDraft: Statement
  private readonly insertRecord: Statement
  private readonly deleteRecord: Statement
  private readonly selectDrafts: Statement
  private readonly selectRecords: Statement

  private constructor(db: Db) {
    this.db = db
    this.mirrors = new MirrorTable(db)
    this.transact = db.transaction((change) => change())
    this.insertDraft = db.prepare('INSERT INTO drafts (writer, instance, stream, body, at) VALUES (?, ?, ?, ?, ?)')
    this.insertRecord = db.prepare(
      'INSERT OR IGNORE INTO records (writer, seq, rec_id, type, stream, prev, sig, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.deleteRecord = db.prepare('DELETE FROM records WHERE writer = ? AND seq = ? AND rec_id = ?')
    this.selectDrafts = db.prepare('SELECT id, instance, stream, body, at FROM drafts WHERE writer = ? ORDER BY id')
    this.selectRecords = db.prepare('SELECT * FROM records ORDER BY writer, seq')
  }

  /** Opens the store at `path`; makes an empty one only when `founding` gives the genesis it begins with. */
  static open(
    path: string,
    founding: readonly StoredMember[] | null = null,
    durability: Durability = 'full',
  ): DocumentStore {
    if (founding === null && !fs.existsSync(path))
      throw new SheafError('not-found', 'This document is not on this computer.')
    const db = openDatabase(path, durability)
    try {
      checkWhole(db)
      migrate(db)
      const store = new DocumentStore(db)
      if (founding !== null) store.addMembers(founding)
      return store
    } catch (cause) {
      db.close()
      throw diskError(cause, 'This document’s private store could not be opened.')
    }
  }

  members(): StoredMember[] {
    const rows = this.db.prepare('SELECT seq, op, hash, sig FROM members ORDER BY seq').all() as StoredMember[]
    return rows.map((row) => ({ seq: row.seq, op: plain(row.op), hash: plain(row.hash), sig: plain(row.sig) }))
  }

  addMembers(members: readonly StoredMember[]): void {
    const insert = this.db.prepare('INSERT OR IGNORE INTO members (seq, op, hash, sig) VALUES (?, ?, ?, ?)')
    this.write(() => {
      for (const { seq, op, hash, sig } of members) insert.run(seq, op, hash, sig)
    })
  }

  /** Keys of epochs, wrapped by the key vault. */
  epochKeys(): { readonly epoch: number; readonly secret: Uint8Array }[] {
    const rows = this.db.prepare('SELECT epoch, secret FROM epoch_keys ORDER BY epoch').all() as {
      epoch: number
      secret: Uint8Array
    }[]
    return rows.map(({ epoch, secret }) => ({ epoch, secret: plain(secret) }))
  }

  keepEpochKeys(keys: readonly { readonly epoch: number; readonly secret: Uint8Array }[]): void {
    const insert = this.db.prepare('INSERT OR REPLACE INTO epoch_keys (epoch, secret) VALUES (?, ?)')
    this.write(() => {
      for (const { epoch, secret } of keys) insert.run(epoch, secret)
    })
  }

  records(): SignedRecord[] {
    const rows = this.selectRecords.all() as (Omit<SignedRecord, 'recId'> & {
      rec_id: Uint8Array
    })[]
    return rows.map(({ rec_id, writer, seq, type, stream, prev, sig, payload }) => ({
      writer: plain(writer),
      seq,
      recId: plain(rec_id),
      type,
      stream,
      prev: plain(prev),
      sig: plain(sig),
      payload: plain(payload),
    }))
  }

  /** Keeps records that were added to the log, and lets go of the rows they cover. */
  addRecords(added: readonly SignedRecord[], covered: readonly SignedRecord[]): void {
    this.write(() => this.replaceRecords(added, covered))
  }

  beginWriter(writer: StoredWriter, at: number): void {
    const insert = this.db.prepare(
      'INSERT INTO writers (key, secrets, instances, named, began_at) VALUES (?, ?, ?, ?, ?)',
    )
    this.write(() => insert.run(writer.key, writer.secrets, writer.instances, encodeHeads(writer.named), at))
  }

  /** Writers whose run is not closed: this process's own, and any that a crash left behind. */
  writers(): StoredWriter[] {
    const rows = this.db.prepare('SELECT key, secrets, instances, named FROM writers ORDER BY began_at').all() as (Omit<
      StoredWriter,
      'named'
    > & {
      named: Uint8Array
    })[]
    return rows.map(({ key, secrets, instances, named }) => {
      const heads = decodeHeads(plain(named))
      if (heads === null) throw new SheafError('damaged', 'This document’s private store is damaged.')
      return { key: plain(key), secrets: plain(secrets), instances, named: heads }
    })
  }

  /** Takes the writer's next instance number, durably: it is never given out again, whatever happens. */
  takeInstance(writer: Uint8Array): number {
    const update = this.db.prepare('UPDATE writers SET instances = instances + 1 WHERE key = ? RETURNING instances')
    return this.write(() => (update.get(writer) as { instances: number }).instances) - 1
  }

  /** Makes edits durable. This commit is what "Saved" means. */
  appendDrafts(writer: Uint8Array, drafts: readonly Omit<StoredDraft, 'id' | 'writer'>[]): void {
    this.write(() => {
      for (const { instance, stream, update, at } of drafts) this.insertDraft.run(writer, instance, stream, update, at)
    })
  }

  /** Puts drafts that say the same in place of those of writers that can never sign again. One transaction: no word is ever in neither. */
  rewriteDrafts(
    writer: Uint8Array,
    drafts: readonly Omit<StoredDraft, 'id' | 'writer'>[],
    lost: readonly Uint8Array[],
  ): void {
    this.write(() => {
      for (const { instance, stream, update, at } of drafts) this.insertDraft.run(writer, instance, stream, update, at)
      for (const key of lost) {
        this.db.prepare('DELETE FROM drafts WHERE writer = ?').run(key)
        this.db.prepare('DELETE FROM writers WHERE key = ?').run(key)
      }
    })
  }

  /** Takes over writers and drafts read out of a damaged store; rows that are not whole are left. Answers how many drafts. */
  restoreDrafts(writers: readonly Record<string, unknown>[], drafts: readonly Record<string, unknown>[]): number {
    const insertWriter = this.db.prepare(
      'INSERT OR IGNORE INTO writers (key, secrets, instances, named, began_at) VALUES (?, ?, ?, ?, ?)',
    )
    let restored = 0
    const attempt = (insert: () => unknown): void => {
      try {
        insert()
        restored += 1
      } catch (cause) {
        // A constraint says that the row is garbled; anything else is about the disk and must be heard.
        if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_CONSTRAINT')))
          throw cause
      }
    }
    this.write(() => {
      for (const row of writers)
        attempt(() => insertWriter.run(row['key'], row['secrets'], row['instances'], row['named'], row['began_at']))
      restored = 0
      for (const row of drafts)
        attempt(() => this.insertDraft.run(row['writer'], row['instance'], row['stream'], row['body'], row['at']))
    })
    return restored
  }

  drafts(writer: Uint8Array): StoredDraft[] {
    const rows = this.selectDrafts.all(writer) as {
      id: number
      instance: number
      stream: number
      body: Uint8Array
      at: number
    }[]
    return rows.map(({ id, instance, stream, body, at }) => ({ id, writer, instance, stream, update: plain(body), at }))
  }

  /** Moves drafts that can't be read any more out of the way. Their bytes are kept. */
  quarantine(ids: readonly number[]): void {
    this.write(() => {
      for (const id of ids) {
        this.db.prepare('INSERT INTO quarantine (body, at) SELECT body, at FROM drafts WHERE id = ?').run(id)
        this.db.prepare('DELETE FROM drafts WHERE id = ?').run(id)
      }
    })
  }

  /** Keeps records of what came from a plain Yjs server, and which of its words they are. */
  bring(writer: Uint8Array, records: readonly SignedRecord[], named: Heads, beside: PlacedRow): void {
    this.write(() => {
      this.replaceRecords(records, [])
      this.db.prepare('UPDATE writers SET named = ? WHERE key = ?').run(encodeHeads(named), writer)
      this.mirrors.keep(beside)
    })
  }

  /** Replaces drafts by the records that hold them, in one transaction: an edit is always in exactly one of the two. */
  sealDrafts(writer: Uint8Array, throughId: number, records: readonly SignedRecord[], named: Heads): void {
    this.write(() => {
      this.replaceRecords(records, [])
      this.db.prepare('DELETE FROM drafts WHERE writer = ? AND id <= ?').run(writer, throughId)
      this.db.prepare('UPDATE writers SET named = ? WHERE key = ?').run(encodeHeads(named), writer)
    })
  }

  /** Keeps a closed run in place of the rows it covers. */
  closeRun(run: SignedRecord, covered: readonly SignedRecord[]): void {
    this.write(() => this.replaceRecords([run], covered))
  }

  /** Forgets a writer that has no drafts left; with its secrets nobody can ever sign as it again. */
  endWriter(writer: Uint8Array): void {
    this.write(() => this.db.prepare('DELETE FROM writers WHERE key = ?').run(writer))
  }

  state(stream: number): StoredState | null {
    const row = this.db.prepare('SELECT heads, body, hash FROM state WHERE stream = ?').get(stream) as
      | { heads: Uint8Array; body: Uint8Array; hash: Uint8Array }
      | undefined
    // A cache that the disk garbled would be shown as words nobody wrote; the log gives the state again.
    if (row === undefined || !equalBytes(row.hash, stateHash(row.heads, row.body))) return null
    const heads = decodeHeads(plain(row.heads))
    return heads === null ? null : { heads, body: plain(row.body) }
  }

  keepState(stream: number, state: StoredState): void {
    const insert = this.db.prepare('INSERT OR REPLACE INTO state (stream, heads, body, hash) VALUES (?, ?, ?, ?)')
    const heads = encodeHeads(state.heads)
    this.write(() => insert.run(stream, heads, state.body, stateHash(heads, state.body)))
  }

  dropState(): void {
    this.write(() => this.db.prepare('DELETE FROM state').run())
  }

  /** Keeps pictures; one that is there already stays as it is. */
  addBlobs(blobs: readonly StoredBlob[]): void {
    const insert = this.db.prepare('INSERT OR IGNORE INTO blobs (hash, mime, bytes) VALUES (?, ?, ?)')
    this.write(() => {
      for (const { hash, mime, bytes } of blobs) insert.run(hash, mime, bytes)
    })
  }

  blob(hash: Uint8Array): StoredBlob | null {
    const row = this.db.prepare('SELECT hash, mime, bytes FROM blobs WHERE hash = ?').get(hash) as
      | StoredBlob
      | undefined
    return row === undefined ? null : plainBlob(row)
  }

  hasBlob(hash: Uint8Array): boolean {
    return this.db.prepare('SELECT 1 FROM blobs WHERE hash = ?').get(hash) !== undefined
  }

  blobs(): StoredBlob[] {
    const rows = this.db.prepare('SELECT hash, mime, bytes FROM blobs ORDER BY hash').all() as StoredBlob[]
    return rows.map(plainBlob)
  }

  blobCount(): number {
    return this.db.prepare('SELECT count(*) FROM blobs').pluck().get() as number
  }

  /** A small fact about this document on this computer, such as where its file is. */
  fact(key: string): string | null {
    const row = this.db.prepare('SELECT v FROM meta WHERE k = ?').get(key) as { v: unknown } | undefined
    return typeof row?.v === 'string' ? row.v : null
  }

  setFact(key: string, value: string | null): void {
    this.write(() => {
      if (value === null) this.db.prepare('DELETE FROM meta WHERE k = ?').run(key)
      else this.db.prepare('INSERT OR REPLACE INTO meta (k, v) VALUES (?, ?)').run(key, value)
    })
  }

  close(): void {
    if (!this.db.open) return
    this.db.pragma('wal_checkpoint(TRUNCATE)')
    this.db.close()
  }

  private replaceRecords(added: readonly SignedRecord[], covered: readonly SignedRecord[]): void {
    for (const { writer, seq, recId, type, stream, prev, sig, payload } of added) {
      this.insertRecord.run(writer, seq, recId, type, stream, prev, sig, payload)
    }
    for (const { writer, seq, recId } of covered) this.deleteRecord.run(writer, seq, recId)
  }

  /** Runs a synchronous transaction; a callback that returns a promise does not compile. */
  private write<T>(change: () => T extends PromiseLike<unknown> ? never : T): T {
    if (!this.db.open) throw new SheafError('closed', 'This document is closed.')
    try {
      return this.transact.immediate(change) as T
    } catch (cause) {
      throw diskError(cause, UNWRITABLE)
    }
  }
}

/** Throws `damaged` when the file's structure is: milliseconds now, against months of writing into a broken file. */
function checkWhole(db: Db): void {
  const answer: unknown = db.pragma('quick_check(1)', { simple: true })
  if (answer !== 'ok') throw new SheafError('damaged', 'This document’s private store is damaged.')
}

function stateHash(heads: Uint8Array, body: Uint8Array): Uint8Array {
  return createHash('sha256').update(heads).update(body).digest()
}

function plainBlob({ hash, mime, bytes }: StoredBlob): StoredBlob {
  return { hash: plain(hash), mime, bytes: plain(bytes) }
}

/** SQLite hands out Buffers; everything else works with plain byte arrays. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
