/**
 * A document that is open in this process: its log, its body, its writer and its private store, kept in step.
 *
 * Every edit enters through `append` and is committed before it is acknowledged or shown to anybody; every record from
 * elsewhere enters through `merge` and is committed before it is shown. There is no third way in.
 */
import * as Y from 'yjs'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import type { DocumentOpening } from '../../shared/document/read-opening.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, fromHex, type StreamId, toHex } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { type AddReport, RecordLog } from '../log/record-log.ts'
import type { Writer } from '../log/writer.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import { LIMITS, type SheafFileContent, type StoredBlob } from '../storage/sheaf-file.ts'
import { AppendQueue } from './append-queue.ts'
import { describeContent } from './describe-content.ts'
import { DocumentBody } from './document-body.ts'
import { editCopy } from './edit-copy.ts'
import { isIntact, newBlob } from './image-blob.ts'
import { InstanceGuard } from './instance-guard.ts'
import type { WriterKeeper } from './writer-keeper.ts'

/** What the open document tells whoever listens; it knows none of them. */
export type DocumentChange =
  | {
      readonly kind: 'edited'
      readonly stream: StreamId
      readonly update: Uint8Array
      readonly by: InstanceGuard | null
    }
  | { readonly kind: 'refolded' }

/** A checked edit on its way to the disk; `update` is null when all of it was on its way already. */
interface Append {
  readonly guard: InstanceGuard
  /** Where the guard stood before it. */
  readonly from: number
  readonly stream: StreamId
  readonly update: Uint8Array | null
}

/** Records in rows of their own before a run is closed in mid-session: bounds the file's size and a crash's work. */
const OPEN_RECORDS = 512

export class OpenDocument {
  readonly documentId: DocumentId
  private readonly suite: CryptoSuite
  private readonly store: DocumentStore
  private readonly keeper: WriterKeeper
  private readonly clock: { now(): number }
  private readonly announce: (change: DocumentChange) => void
  private readonly log: RecordLog
  private readonly body: DocumentBody
  private readonly queue: AppendQueue<Append>
  private writer: Writer | null = null
  private ownGuard: InstanceGuard | null = null
  private closed = false
  /** Whether the log in memory may differ from the one on the disk. */
  private stale = false
  /** Milliseconds since 1970 of the last edit that came in, here or from elsewhere. */
  changedAt: number

  constructor(parts: {
    documentId: DocumentId
    suite: CryptoSuite
    store: DocumentStore
    keeper: WriterKeeper
    clock: { now(): number }
    announce: (change: DocumentChange) => void
  }) {
    this.documentId = parts.documentId
    this.suite = parts.suite
    this.store = parts.store
    this.keeper = parts.keeper
    this.clock = parts.clock
    this.announce = parts.announce
    this.log = new RecordLog(this.suite, fromHex(this.documentId))
    this.log.load(this.store.records())
    this.body = new DocumentBody(this.log, this.store.state(0))
    this.queue = new AppendQueue((appends) => this.commit(appends))
    this.changedAt = Number(this.store.fact('changedAt') ?? this.clock.now())
  }

  /**
   * Writes the drafts of writers whose process died again, as edits of this run, and lets those writers go. What the log
   * has learnt of their words meanwhile is not written twice: only the difference is. Call it once, after merging what is
   * known to be waiting. Answers whether anything was written.
   */
  rewriteLeftovers(): boolean {
    const { writers, drafts } = this.keeper.leftovers(this.store)
    if (writers.length === 0) return false
    if (drafts.length === 0) {
      for (const writer of writers) this.store.endWriter(writer)
      return false
    }
    const guard = this.openInstance()
    const withThem = this.body.copy(guard.clientId)
    for (const { update } of drafts) Y.applyUpdate(withThem, update)
    const target = readShape(withThem)
    const update = editCopy(this.body.copy(guard.clientId), (doc) => writeShape(doc, target))
    const { writer } = this
    if (writer === null) throw new Error('Broken invariant: an open instance has a writer')
    const rewritten = update === null ? [] : [{ instance: guard.instance, stream: 0, update, at: this.clock.now() }]
    this.store.rewriteDrafts(writer.key.publicKey, rewritten, writers)
    this.body.add(rewritten.map((draft) => draft.update))
    this.seal()
    return rewritten.length > 0
  }

  state(): Uint8Array {
    this.queue.flush()
    return this.body.state()
  }

  shape(): DocumentShape {
    this.queue.flush()
    return this.body.shape()
  }

  /** How it begins, as far as its edits are durable. */
  opening(): DocumentOpening {
    return this.body.opening()
  }

  heads(): Heads {
    return this.log.heads()
  }

  /** A fresh client id for one Yjs document instance: used by no other instance, ever. */
  openInstance(): InstanceGuard {
    this.refuseWhenClosed()
    this.writer ??= this.keeper.begin(this.store, this.documentId)
    const instance = this.store.takeInstance(this.writer.key.publicKey)
    return new InstanceGuard(instance, this.writer.clientId(instance))
  }

  /** Resolves once the update is committed and synced. */
  async append(guard: InstanceGuard, stream: StreamId, update: Uint8Array): Promise<void> {
    this.refuseWhenClosed()
    const from = guard.position
    const checked = guard.check(update)
    if (checked !== null) guard.moveTo(checked.end)
    await this.queue.append({ guard, from, stream, update: checked?.update ?? null })
  }

  /** An edit of our own (a title, an import, a restored moment): made on a copy, then appended like any other. */
  async edit(change: (doc: Y.Doc) => void): Promise<boolean> {
    this.ownGuard ??= this.openInstance()
    const update = editCopy(this.body.copy(this.ownGuard.clientId), change)
    if (update === null) return false
    await this.append(this.ownGuard, 0, update)
    return true
  }

  /** Adds records from elsewhere, all or none: when one is refused nothing is kept. */
  merge(records: readonly SignedRecord[]): AddReport {
    this.seal()
    const before = this.log.heads()
    const report = this.log.add(records)
    if (report.added.length === 0) return report
    this.keep(() => this.store.addRecords(report.added, report.covered))
    this.changedAt = this.clock.now()
    if (report.refold) {
      this.store.dropState()
      this.body.foldAnew()
      this.announce({ kind: 'refolded' })
    } else {
      const update = this.body.foldOn(before)
      if (update !== null) this.announce({ kind: 'edited', stream: 0, update, by: null })
    }
    return report
  }

  /** Keeps a picture, durably, before any words name it. Answers its name: the hash of its bytes in hexadecimal digits. */
  addImage(bytes: Uint8Array): string {
    this.refuseWhenClosed()
    const blob = newBlob(this.suite, bytes)
    if (this.store.blob(blob.hash) === null && this.store.blobCount() >= LIMITS.blobs) {
      throw new SheafError('too-big', 'This document holds as many pictures as one can.')
    }
    this.store.addBlobs([blob])
    return toHex(blob.hash)
  }

  /** Keeps pictures that came with a copy; those that are not what their names say are left. */
  keepBlobs(blobs: readonly StoredBlob[]): void {
    const intact = blobs.filter((blob) => isIntact(this.suite, blob))
    if (intact.length > 0) this.store.addBlobs(intact)
  }

  image(hash: string): StoredBlob | null {
    return this.store.blob(fromHex(hash))
  }

  /** Seals every durable edit into signed records. Does nothing when there is none. */
  seal(): void {
    this.queue.flush()
    this.refresh()
    const { writer } = this
    if (writer === null) return
    const { publicKey } = writer.key
    const drafts = this.store.drafts(publicKey)
    const last = drafts.at(-1)
    if (last === undefined) return
    const heads = this.log.heads()
    const streams = [...new Set(drafts.map((draft) => draft.stream))]
    this.keep(() => {
      const sealed = streams.flatMap((stream) =>
        writer.seal(
          drafts.filter((draft) => draft.stream === stream),
          heads,
          () => this.log.implied(),
        ),
      )
      this.store.sealDrafts(publicKey, last.id, sealed, heads)
      this.log.extendOwn(sealed)
    })
    if (this.log.openRows(publicKey) >= OPEN_RECORDS) this.closeRun(writer)
  }

  /** Everything the published file holds. Seals first, so that the file lacks nothing. */
  content(): SheafFileContent {
    this.seal()
    return describeContent({
      documentId: this.documentId,
      appVersion: this.keeper.appVersion,
      changedAt: this.changedAt,
      members: this.store.members(),
      records: this.log.records(),
      heads: this.log.heads(),
      state: this.body.state(),
      shape: this.body.shape(),
      blobs: this.store.blobs(),
    })
  }

  /** Ends this process's run on the document: seals, closes the run, throws its key away, keeps the state for next time. */
  finish(): void {
    if (this.closed) return
    this.seal()
    if (this.writer !== null) {
      if (this.log.openRows(this.writer.key.publicKey) > 1) this.closeRun(this.writer, true)
      this.store.endWriter(this.writer.key.publicKey)
      this.writer = null
      this.ownGuard = null
    }
    const heads = this.log.heads()
    this.store.keepState(0, { heads, body: this.body.state() })
    this.store.setFact('changedAt', String(this.changedAt))
  }

  close(): void {
    if (this.closed) return
    this.queue.flush()
    this.closed = true
    this.store.close()
  }

  private commit(appends: readonly Append[]): void {
    const edits = appends.flatMap(({ update, ...append }) => (update === null ? [] : [{ ...append, update }]))
    if (edits.length === 0) return
    const at = this.clock.now()
    try {
      if (this.writer === null) throw new SheafError('closed', 'This document was closed; reopen it to write on.')
      const drafts = edits.map(({ guard, stream, update }) => ({ instance: guard.instance, stream, update, at }))
      this.store.appendDrafts(this.writer.key.publicKey, drafts)
    } catch (cause) {
      // Not saved: the windows will send these again, from where the first of them began.
      for (const { guard, from } of edits.toReversed()) guard.moveTo(from)
      throw cause
    }
    this.changedAt = at
    this.body.add(edits.filter(({ stream }) => stream === 0).map(({ update }) => update))
    for (const { guard, stream, update } of edits) this.announce({ kind: 'edited', stream, update, by: guard })
  }

  private closeRun(writer: Writer, ending = false): void {
    const run = writer.close(this.log.closable(writer.key.publicKey, ending), this.clock.now())
    this.keep(() => this.store.closeRun(run, this.log.extendOwn([run])))
  }

  /**
   * Runs a write to the log. When the disk refuses it, nobody knows how much of it is there, so the log in memory is
   * thrown away and read from the disk again before anything else is signed: the disk is the truth. Drafts are safe
   * there either way.
   */
  private keep(write: () => void): void {
    try {
      write()
    } catch (cause) {
      this.stale = true
      throw cause
    }
  }

  private refresh(): void {
    if (!this.stale) return
    this.log.load(this.store.records())
    if (this.writer !== null) this.writer = this.keeper.resume(this.store, this.log, this.writer.key.publicKey)
    this.stale = false
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new SheafError('closed', 'This document was closed; reopen it to write on.')
  }
}
