/**
 * The documents of this installation: which are open, by which windows, and what happens to them in between: sealing
 * two seconds after an edit, publishing, closing when the last window leaves.
 */
import fs from 'node:fs'
import path from 'node:path'
import type * as Y from 'yjs'
import { type DocumentShape, FACTS } from '../../shared/document/document-shape.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { assert, SheafError } from '../../shared/errors.ts'
import { type DocumentId, fromHex, isDocumentId, type StreamId, toHex } from '../../shared/ids.ts'
import type { OpenedDocument } from '../../shared/ipc/contract.ts'
import { foundDocument } from '../../shared/log/genesis.ts'
import type { Heads } from '../../shared/log/heads.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { DocumentFiles, DocumentPort, Intake } from '../library/document-port.ts'
import type { LiveFacts } from '../library/live-rows.ts'
import { RecordLog } from '../log/record-log.ts'
import type { WindowId } from '../sheaf.ts'
import { foundStore, removeUnfinishedStores } from '../storage/found-store.ts'
import type { SheafFileContent, StoredBlob } from '../storage/sheaf-file.ts'
import { DetachedDocument } from './detached-document.ts'
import type { DocumentPeers } from './document-peers.ts'
import { blobOf } from './image-blob.ts'
import type { Held } from './held-document.ts'
import type { DocumentChange } from './document-change.ts'
import { checkFounding, mergeContent } from './merge-content.ts'
import type { OpenDocument } from './open-document.ts'
import { openFromStore } from './open-from-store.ts'
import type { RegistryParts } from './registry-parts.ts'

/** How long an edit may wait for others before it is sealed with them, in milliseconds, where no network says otherwise. */
const SEAL_AFTER = 2000

export class DocumentRegistry implements DocumentPort {
  private readonly parts: RegistryParts
  private readonly held = new Map<DocumentId, Held>()
  private files: DocumentFiles | null = null
  private peers: DocumentPeers | null = null
  private closing = false

  constructor(parts: RegistryParts) {
    this.parts = parts
    fs.mkdirSync(parts.folder, { recursive: true })
    removeUnfinishedStores(parts.folder)
  }

  /** The files these documents are published to: made after the registry, because each needs the other. */
  attach(files: DocumentFiles): void {
    this.files = files
  }

  /** Who is told what others should have. */
  join(peers: DocumentPeers): void {
    this.peers = peers
  }

  // What windows ask.

  openIn(window: WindowId, documentId: DocumentId): OpenedDocument {
    if (this.closing) throw new SheafError('closed', 'Sheaf is closing.')
    const held = this.hold(documentId)
    const reason = this.published().readOnlyReason(documentId) ?? held.document.members.readOnlyReason()
    const guard = reason === null ? held.document.openInstance() : null
    // A window whose document is replaced may still hold edits of the one before: they stay welcome.
    held.windows.set(window, [...(held.windows.get(window) ?? []), ...(guard === null ? [] : [guard])])
    this.published().opened(documentId, window)
    return {
      documentId,
      state: held.document.state(),
      clientId: guard?.clientId ?? 0,
      mode: guard === null ? 'read-only' : 'write',
      readOnlyReason: reason ?? '',
      file: this.published().fileState(documentId),
    }
  }

  async append(documentId: DocumentId, window: WindowId, stream: StreamId, update: Uint8Array): Promise<void> {
    const { document, guards } = this.openFor(documentId, window)
    const guard = guards.findLast((candidate) => candidate.isOf(update)) ?? guards.at(-1)
    if (guard === undefined) throw new SheafError('read-only', 'This document can only be read here.')
    await document.append(guard, stream, update)
  }

  /** Keeps a picture in a document that the window may write in. Durable when it answers the picture's name. */
  addImage(documentId: DocumentId, window: WindowId, bytes: Uint8Array): string {
    const { document, guards } = this.openFor(documentId, window)
    if (guards.length === 0) throw new SheafError('read-only', 'This document can only be read here.')
    return document.pictures.add(bytes)
  }

  private openFor(documentId: DocumentId, window: WindowId) {
    const held = this.held.get(documentId)
    const guards = held?.windows.get(window)
    if (held === undefined || guards === undefined)
      throw new SheafError('closed', 'This document is not open; open it again.')
    return { document: held.document, guards }
  }

  /** A document's picture by its name, or null. */
  image(documentId: DocumentId, name: string): StoredBlob | null {
    return this.isKnown(documentId) ? this.using(documentId, (document) => document.pictures.get(name)) : null
  }

  /** Does nothing when the window shows the document no more. */
  async release(documentId: DocumentId, window: WindowId): Promise<void> {
    const held = this.held.get(documentId)
    if (held === undefined || !held.windows.delete(window)) return
    this.peers?.left(documentId, window)
    await this.settle(documentId, held)
  }

  /** The text of a document that is on this computer. */
  shapeOf(documentId: DocumentId): DocumentShape {
    return this.using(documentId, (document) => document.shape())
  }

  /** Ends every document's run. One that fails is heard of only after all the others have ended. */
  async close(): Promise<void> {
    this.closing = true
    const endings = [...this.held].map(async ([documentId, held]) => {
      held.windows.clear()
      await this.settle(documentId, held)
    })
    const failed = (await Promise.allSettled(endings)).find((ending) => ending.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  // What files and the library ask.

  isKnown(documentId: DocumentId): boolean {
    return isDocumentId(documentId) && fs.existsSync(this.storePath(documentId))
  }

  async create(shape?: DocumentShape, blobs: readonly StoredBlob[] = []): Promise<DocumentId> {
    const salt = this.parts.suite.random(16)
    const genesis = foundDocument(this.parts.suite, this.parts.clock.now(), salt, this.parts.founderKeys(salt))
    const documentId = toHex(genesis.hash)
    foundStore(this.storePath(documentId), [{ seq: 0, ...genesis }])
    if (shape !== undefined) {
      await this.usingAsync(documentId, async (document) => {
        document.pictures.keep(blobs)
        return await document.edit((doc) => writeShape(doc, shape))
      })
    }
    return documentId
  }

  pictureOf(bytes: Uint8Array): StoredBlob | null {
    return blobOf(this.parts.suite, bytes)
  }

  async takeIn(content: SheafFileContent): Promise<Intake> {
    checkFounding(this.parts.suite, content)
    if (!this.isKnown(content.documentId)) {
      // Verified whole before a store is made for it: a refused file leaves nothing behind.
      DetachedDocument.from(this.parts, content)
      foundStore(this.storePath(content.documentId), content.members)
    }
    let intake: Intake = { records: 0, paragraphs: 0, authors: [] }
    const merge = (document: OpenDocument): void => {
      intake = mergeContent(document, content)
    }
    // Before a document opens, so that drafts a crash left behind are not written again when the file has them.
    if (this.held.has(content.documentId)) this.using(content.documentId, merge)
    else this.closeWhenUnused(content.documentId, this.hold(content.documentId, merge))
    return intake
  }

  async heads(documentId: DocumentId): Promise<Heads> {
    return this.using(documentId, (document) => {
      document.seal()
      return document.heads()
    })
  }

  counts(documentId: DocumentId): { links: number; blobs: number } {
    return this.using(documentId, (document) => document.counts())
  }

  headsOf(content: SheafFileContent): Heads {
    const log = new RecordLog(this.parts.suite, fromHex(content.documentId))
    log.load(content.records)
    return log.heads()
  }

  isShown(documentId: DocumentId): boolean {
    return (this.held.get(documentId)?.windows.size ?? 0) > 0
  }

  factsOf(documentId: DocumentId): LiveFacts | null {
    const document = this.held.get(documentId)?.document
    return document === undefined ? null : { ...document.opening(), changedAt: document.changedAt }
  }

  async contentOf(documentId: DocumentId): Promise<SheafFileContent> {
    return this.using(documentId, (document) => document.content())
  }

  async setTitle(documentId: DocumentId, title: string): Promise<void> {
    const change = (doc: Y.Doc): void => {
      if ((doc.getMap(FACTS).get('title') ?? '') !== title) doc.getMap(FACTS).set('title', title)
    }
    await this.usingAsync(documentId, (document) => document.edit(change))
  }

  async restoreMoment(content: SheafFileContent): Promise<void> {
    const shape = DetachedDocument.from(this.parts, content).shape()
    await this.usingAsync(content.documentId, async (document) => {
      document.pictures.keep(content.blobs)
      return await document.edit((doc) => writeShape(doc, shape))
    })
  }

  async duplicate(content: SheafFileContent): Promise<DocumentId> {
    return this.create(DetachedDocument.from(this.parts, content).shape(), content.blobs)
  }

  // What the network asks.

  /** Keeps a document open for others, until `letGo`. Throws `not-found` when it is not on this computer. */
  keepOpen(documentId: DocumentId): OpenDocument {
    if (this.closing) throw new SheafError('closed', 'Sheaf is closing.')
    const held = this.hold(documentId)
    held.uses += 1
    return held.document
  }

  /** Founds the store of a document this person was let into, on the rows of its chain; nothing when there is one. */
  found(documentId: DocumentId, rows: readonly StoredLink[]): void {
    const members = rows.map((row, seq) => ({ seq, ...row }))
    foundStore(this.storePath(documentId), members)
  }

  keepPicture(documentId: DocumentId, picture: StoredBlob): void {
    this.using(documentId, (document) => document.pictures.keep([picture]))
    this.published().edited(documentId)
    this.parts.announce({ name: 'document.picture', payload: { documentId, name: toHex(picture.hash) } })
  }

  windowsOn(documentId: DocumentId): readonly WindowId[] {
    return [...(this.held.get(documentId)?.windows.keys() ?? [])]
  }

  letGo(documentId: DocumentId): void {
    const held = this.held.get(documentId)
    assert(held !== undefined, 'a document that is let go was kept open')
    held.uses -= 1
    this.closeWhenUnused(documentId, held)
  }

  // Holding stores open.

  /** `arriving` is merged before anything else happens to a document that is not open yet. */
  private hold(documentId: DocumentId, arriving: (document: OpenDocument) => void = () => undefined): Held {
    const known = this.held.get(documentId)
    if (known !== undefined) return known
    if (!this.isKnown(documentId)) throw new SheafError('not-found', 'This document is not on this computer.')
    const document = openFromStore(this.parts, documentId, this.storePath(documentId), (change) =>
      this.pass(documentId, change),
    )
    const held: Held = { document, windows: new Map(), uses: 0, sealing: null }
    try {
      arriving(document)
      const rewritten = document.rewriteLeftovers()
      this.held.set(documentId, held)
      if (rewritten) this.published().edited(documentId)
      this.peers?.opened(document)
    } catch (cause) {
      this.held.delete(documentId)
      document.close()
      throw cause
    }
    return held
  }

  private using<T>(documentId: DocumentId, work: (document: OpenDocument) => T): T {
    const held = this.hold(documentId)
    try {
      return work(held.document)
    } finally {
      this.closeWhenUnused(documentId, held)
    }
  }

  private async usingAsync<T>(documentId: DocumentId, work: (document: OpenDocument) => Promise<T>): Promise<T> {
    const held = this.hold(documentId)
    held.uses += 1
    try {
      return await work(held.document)
    } finally {
      held.uses -= 1
      this.closeWhenUnused(documentId, held)
    }
  }

  /** The last window left: ends the run, publishes, and closes the store unless somebody came back meanwhile. */
  private async settle(documentId: DocumentId, held: Held): Promise<void> {
    if (held.windows.size > 0) return
    held.uses += 1
    try {
      held.document.finish()
      this.peers?.grown(documentId)
      await this.published().flush(documentId)
    } finally {
      held.uses -= 1
      this.closeWhenUnused(documentId, held)
    }
  }

  private closeWhenUnused(documentId: DocumentId, held: Held): void {
    if (held.windows.size > 0 || held.uses > 0) return
    if (held.sealing !== null) clearTimeout(held.sealing)
    this.held.delete(documentId)
    try {
      held.document.finish()
    } finally {
      held.document.close()
    }
  }

  private pass(documentId: DocumentId, change: DocumentChange): void {
    const held = this.held.get(documentId)
    if (held === undefined) return
    this.published().edited(documentId)
    this.peers?.changed(documentId, change)
    if (change.kind === 'membership') return
    const isOurs = change.kind === 'edited' && change.by !== null
    if (isOurs && held.sealing === null && held.windows.size + held.uses > 0)
      held.sealing = setTimeout(() => this.seal(documentId, held), this.peers?.sealAfter(documentId) ?? SEAL_AFTER)
    if (change.kind === 'refolded') {
      for (const window of held.windows.keys()) {
        this.parts.announce({ name: 'document.reset', payload: this.openIn(window, documentId), to: window })
      }
      return
    }
    const payload = { documentId, stream: change.stream, update: change.update }
    for (const [window, guards] of held.windows) {
      if (change.by === null || !guards.includes(change.by))
        this.parts.announce({ name: 'document.updated', payload, to: window })
    }
  }

  private seal(documentId: DocumentId, held: Held): void {
    held.sealing = null
    try {
      held.document.seal()
      this.peers?.grown(documentId)
    } catch (cause) {
      // The edits are durable as drafts; publishing seals again and tells the window why when it can't.
      this.parts.logger.error('document.seal-failed', cause, { document: documentId.slice(0, 8) })
      this.published().edited(documentId)
    }
  }

  private published(): DocumentFiles {
    assert(this.files !== null, 'documents have files before anything is opened')
    return this.files
  }

  private storePath(documentId: DocumentId): string {
    assert(isDocumentId(documentId), 'a document id is 64 hexadecimal digits')
    return path.join(this.parts.folder, `${documentId}.db`)
  }
}
