/**
 * A document that is open in this process: its log, its body, its writer and its private store, kept in step.
 *
 * Every edit enters through `append` and is committed before it is acknowledged or shown to anybody; every record from
 * elsewhere enters through `merge` and is committed before it is shown. There is no third way in.
 */
import type * as Y from 'yjs'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import type { DocumentOpening } from '../../shared/document/read-opening.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, fromHex, type StreamId } from '../../shared/ids.ts'
import type { Intake } from '../library/document-port.ts'
import type { Heads } from '../../shared/log/heads.ts'
import type { Chain, Followed } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { type AddReport, RecordLog } from '../log/record-log.ts'
import type { Draft, Writer } from '../log/writer.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import type { MirrorTable, PlacedRow } from '../storage/mirror-table.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import type { WriterLog } from '../log/writer-log.ts'
import { authorsSince } from './authors-since.ts'
import { AppendQueue } from './append-queue.ts'
import { CountingRecords } from './counting-records.ts'
import { describeContent } from './describe-content.ts'
import { DocumentBody } from './document-body.ts'
import { arrivedSince, type DocumentMoment } from './document-moment.ts'
import { DocumentPictures } from './document-pictures.ts'
import { DocumentMembers } from './document-members.ts'
import { DocumentRights } from './document-rights.ts'
import { DurableLog } from './durable-log.ts'
import { editCopy } from './edit-copy.ts'
import { InstanceGuard } from './instance-guard.ts'
import { keepState, keptState } from './kept-state.ts'
import type { Append, OpenDocumentParts } from './open-document-parts.ts'
import { rewriteDrafts } from './rewrite-drafts.ts'

/** Records in rows of their own before a run is closed in mid-session: bounds the file's size and a crash's work. */
const OPEN_RECORDS = 512

export class OpenDocument {
  readonly documentId: DocumentId
  private readonly parts: OpenDocumentParts
  private readonly suite: CryptoSuite
  private readonly store: DocumentStore
  private readonly log: RecordLog
  private readonly durable: DurableLog
  private readonly body: DocumentBody
  readonly pictures: DocumentPictures
  /** Small facts about the document on this computer. */
  readonly facts: Pick<DocumentStore, 'fact' | 'setFact'>
  /** What is kept of documents on plain Yjs servers. */
  readonly mirrors: MirrorTable
  readonly members: DocumentMembers
  private readonly counting: CountingRecords
  /** Who may do what, and the work that waits. */
  readonly rights: DocumentRights
  private readonly queue: AppendQueue<Append>
  private writer: Writer | null = null
  private ownGuard: InstanceGuard | null = null
  private readonly knows = (): number => this.members.membership.seq
  private closed = false
  /** Milliseconds since 1970 of the last edit that came in, here or from elsewhere. */
  changedAt: number

  constructor(parts: OpenDocumentParts) {
    this.parts = parts
    this.documentId = parts.documentId
    this.suite = parts.suite
    this.store = parts.store
    this.facts = parts.store
    this.mirrors = parts.store.mirrors
    this.log = new RecordLog(this.suite, fromHex(this.documentId))
    this.log.load(this.store.records())
    this.durable = new DurableLog(this.log, this.store)
    this.members = new DocumentMembers(parts)
    this.counting = new CountingRecords(this.suite, this.log, () => this.members.membership)
    this.rights = new DocumentRights(parts, this.log, this.members, this.counting, {
      seal: () => this.seal(),
      refold: () => this.refold(),
      reopen: () => this.parts.announce({ kind: 'refolded' }),
      grown: () => this.parts.announce({ kind: 'membership' }),
      merge: (records) => this.merge(records),
    })
    this.body = new DocumentBody(this.log, keptState(this.store, this.members.membership), this.counting)
    this.pictures = new DocumentPictures(this.suite, this.store, () => {
      this.queue.flush()
      return this.body.pictures()
    })
    this.queue = new AppendQueue((appends) => this.commit(appends))
    this.changedAt = Number(this.store.fact('changedAt') ?? this.parts.clock.now())
  }

  /**
   * Writes the drafts of writers whose process died again, as edits of this run, and lets those writers go. What the log
   * has learnt of their words meanwhile is not written twice: only the difference is. Call it once, after merging what is
   * known to be waiting. Answers whether anything was written.
   */
  rewriteLeftovers(): boolean {
    const { writers, drafts } = this.parts.keeper.leftovers(this.store)
    if (drafts.length === 0) {
      for (const writer of writers) this.store.endWriter(writer)
      return false
    }
    const guard = this.openInstance()
    const update = rewriteDrafts(this.body, guard.clientId, drafts)
    const { writer } = this
    if (writer === null) throw new Error('Broken invariant: an open instance has a writer')
    const rewritten =
      update === null ? [] : [{ instance: guard.instance, stream: 0, update, at: this.parts.clock.now() }]
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

  /** Rows of its membership chain, and pictures. */
  counts(): { links: number; blobs: number } {
    return { links: this.store.members().length, blobs: this.store.blobCount() }
  }

  /** Every record, writers and numbers ascending. Seals first, so that no edit made so far is missing. */
  records(): SignedRecord[] {
    this.seal()
    return this.log.records()
  }

  /** Every record, by its writer. Seals first, as `records` does. */
  logs(): ReadonlyMap<string, WriterLog> {
    this.seal()
    return this.log.logs()
  }

  /** A fresh client id for one Yjs document instance: used by no other instance, ever. */
  openInstance(): InstanceGuard {
    this.refuseWhenClosed()
    this.writer ??= this.parts.keeper.begin(this.store, this.documentId, this.knows, this.members.device)
    const instance = this.store.takeInstance(this.writer.key.publicKey)
    return new InstanceGuard(instance, this.writer.clientId(instance))
  }

  /** `append` for what came from a plain Yjs server: a record at once, in the transaction that keeps where it came from. */
  bring(guard: InstanceGuard, update: Uint8Array, beside: PlacedRow): void {
    this.seal()
    const checked = guard.check(update)
    if (this.writer === null || checked === null) throw new SheafError('closed', 'This document is closed.')
    const draft = { instance: guard.instance, stream: 0, update: checked.update, at: this.parts.clock.now() }
    this.sign(this.writer, [draft], (key, sealed, heads) => this.store.bring(key, sealed, heads, beside))
    guard.moveTo(checked.end)
    this.changedAt = draft.at
    this.body.add([draft.update])
    this.parts.announce({ kind: 'edited', stream: 0, update: draft.update, by: guard })
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
    if (update !== null) await this.append(this.ownGuard, 0, update)
    return update !== null
  }

  /** What is there now, for telling later what came in. Seals first. */
  moment(): DocumentMoment {
    this.seal()
    return { heads: this.log.heads(), state: this.body.state() }
  }

  /** What came in since that moment. */
  arrivedSince(moment: DocumentMoment): Intake {
    return arrivedSince(moment, {
      heads: this.log.heads(),
      shape: this.body.shape(),
      authors: () => authorsSince(this.suite, this.store.members(), this.log, moment.heads),
    })
  }

  /** Adds records from elsewhere, all or none: when one is refused nothing is kept. */
  merge(records: readonly SignedRecord[]): AddReport {
    this.seal()
    const before = this.log.heads()
    const report = this.log.add(records)
    if (report.added.length === 0) return report
    this.durable.keep(() => this.store.addRecords(report.added, report.covered))
    this.changedAt = this.parts.clock.now()
    if (report.refold) this.counting.forget()
    const change = report.refold || this.counting.recordsAdded(before) ? 'anew' : this.body.foldOn(before)
    if (change === 'anew') this.refold()
    else if (change !== null) this.parts.announce({ kind: 'edited', stream: 0, update: change, by: null })
    return report
  }

  /** The membership chain as it is on the disk. */
  chain(): Chain {
    return this.members.chain()
  }

  membership(): Membership {
    return this.members.membership
  }

  /** Takes rows of the membership chain in, all or none. What counts may change with them, and who may write. */
  follow(rows: readonly StoredLink[]): Followed {
    this.refuseWhenClosed()
    return this.rights.follow(rows)
  }

  /** Appends a row that somebody proposes, when this device is the one that appends and the row follows. */
  propose(row: StoredLink): void {
    this.rights.propose(row)
  }

  /** Whether edits are on the disk that are in no record yet: nobody else can have them. */
  get hasDrafts(): boolean {
    return this.writer !== null && this.store.drafts(this.writer.key.publicKey).length > 0
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
    this.sign(writer, drafts, (key, sealed, heads) => this.store.sealDrafts(key, last.id, sealed, heads))
    if (this.log.openRows(publicKey) >= OPEN_RECORDS) this.closeRun(writer)
  }

  /** Everything the published file holds. Seals first, so that the file lacks nothing. */
  content(): SheafFileContent {
    this.seal()
    return describeContent({
      documentId: this.documentId,
      appVersion: this.parts.keeper.appVersion,
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
      ;[this.writer, this.ownGuard] = [null, null]
    }
    keepState(this.store, this.members.membership, { heads: this.log.heads(), body: this.body.state() })
    this.store.setFact('changedAt', String(this.changedAt))
  }

  close(): void {
    if (this.closed) return
    this.queue.flush()
    this.closed = true
    this.store.close()
  }

  /** What was shown does not hold: every edit is sealed by now, and the log says what does. */
  private refold(): void {
    this.store.dropState()
    this.body.foldAnew()
    // Its edits may not be on the page any more: their numbers would be given twice.
    this.ownGuard = null
    this.parts.announce({ kind: 'refolded' })
  }

  private commit(appends: readonly Append[]): void {
    const edits = appends.flatMap(({ update, ...append }) => (update === null ? [] : [{ ...append, update }]))
    if (edits.length === 0) return
    const at = this.parts.clock.now()
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
    for (const { guard, stream, update } of edits) this.parts.announce({ kind: 'edited', stream, update, by: guard })
  }

  /** Makes records of edits, stream by stream, and keeps them. */
  private sign(
    writer: Writer,
    drafts: readonly Draft[],
    store: (key: Uint8Array, records: readonly SignedRecord[], heads: Heads) => void,
  ): void {
    const heads = this.log.heads()
    this.durable.keep(() => {
      const sealed = writer.sealAll(drafts, heads, () => this.log.implied())
      store(writer.key.publicKey, sealed, heads)
      this.log.extendOwn(sealed)
    })
    if (this.counting.ownAdded(heads)) this.refold()
  }

  private closeRun(writer: Writer, ending = false): void {
    const run = writer.close(this.log.closable(writer.key.publicKey, ending), this.parts.clock.now())
    this.durable.keep(() => this.store.closeRun(run, this.log.extendOwn([run])))
  }

  private refresh(): void {
    if (!this.durable.refresh()) return
    this.counting.forget()
    const key = this.writer?.key.publicKey
    if (key !== undefined) this.writer = this.parts.keeper.resume(this.store, this.log, key, this.knows)
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new SheafError('closed', 'This document was closed; reopen it to write on.')
  }
}
