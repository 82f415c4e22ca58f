/**
 * A document without a store: what the command line, imports and tests work with. It is one more replica, with a fresh
 * uncertified writer, that meets the app through the file. Nothing here touches the disk.
 */
import type * as Y from 'yjs'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, fromHex, toHex } from '../../shared/ids.ts'
import { type FounderKeys, foundDocument, readGenesis } from '../../shared/log/genesis.ts'
import { compareHeads, type Heads, type HeadsOrder } from '../../shared/log/heads.ts'
import { type SignedRecord, ZERO_ID } from '../../shared/log/record.ts'
import { type AddReport, RecordLog } from '../log/record-log.ts'
import { type Draft, Writer } from '../log/writer.ts'
import type { SheafFileContent, StoredBlob, StoredMember } from '../storage/sheaf-file.ts'
import { describeContent } from './describe-content.ts'
import { DocumentBody } from './document-body.ts'
import { editCopy } from './edit-copy.ts'
import { blobOf, isIntact, newBlob } from './image-blob.ts'

/** What a detached document needs from its surroundings. */
export interface DetachedPorts {
  readonly suite: CryptoSuite
  readonly clock: { now(): number }
  readonly appVersion: string
}

/** What merging brought in. */
export interface MergeReport {
  /** Records that were new, runs counted as the records they cover. */
  readonly records: number
  readonly writers: number
  readonly before: DocumentShape
  readonly after: DocumentShape
}

export class DetachedDocument {
  readonly documentId: DocumentId
  private readonly ports: DetachedPorts
  private readonly members: readonly StoredMember[]
  private readonly log: RecordLog
  private readonly body: DocumentBody
  private readonly writer: Writer
  /** By name. */
  private readonly blobs = new Map<string, StoredBlob>()
  private changedAt: number

  private constructor(
    ports: DetachedPorts,
    members: readonly StoredMember[],
    documentId: Uint8Array,
    changedAt: number,
  ) {
    this.ports = ports
    this.members = members
    this.documentId = toHex(documentId)
    this.changedAt = changedAt
    this.log = new RecordLog(ports.suite, documentId)
    this.body = new DocumentBody(this.log, null)
    const secrets = { seed: ports.suite.random(32), salt: ports.suite.random(32) }
    this.writer = new Writer(ports.suite, documentId, secrets, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
  }

  /** Founds a new, empty document. Without keys nobody owns it: whoever holds the file may edit it. */
  static found(ports: DetachedPorts, keys: ((salt: Uint8Array) => FounderKeys) | null = null): DetachedDocument {
    const salt = ports.suite.random(16)
    const now = ports.clock.now()
    const genesis = foundDocument(ports.suite, now, salt, keys === null ? null : keys(salt))
    return new DetachedDocument(ports, [{ seq: 0, ...genesis }], genesis.hash, now)
  }

  /** Takes a file's content in, verifying every record. Throws `damaged` when any of it is not what its writers signed. */
  static from(ports: DetachedPorts, content: SheafFileContent): DetachedDocument {
    const genesis = content.members[0]
    if (
      genesis === undefined ||
      readGenesis(ports.suite, genesis) === null ||
      toHex(genesis.hash) !== content.documentId
    ) {
      throw new SheafError('damaged', 'This file’s first entry is damaged, so what it belongs to can’t be told.')
    }
    const document = new DetachedDocument(ports, content.members, fromHex(content.documentId), content.changedAt)
    document.take(content)
    return document
  }

  shape(): DocumentShape {
    return this.body.shape()
  }

  heads(): Heads {
    return this.log.heads()
  }

  records(): SignedRecord[] {
    return this.log.records()
  }

  /** The log itself, for reading: its chains, its forks. */
  get recordLog(): RecordLog {
    return this.log
  }

  isIncomplete(): boolean {
    return this.body.isIncomplete()
  }

  /** Edits the document and seals the edit into records. Answers whether anything changed. */
  edit(change: (doc: Y.Doc) => void): boolean {
    const update = editCopy(this.body.copy(this.writer.clientId(0)), change)
    if (update === null) return false
    const draft: Draft = { instance: 0, stream: 0, update, at: this.ports.clock.now() }
    this.log.extendOwn(this.writer.seal([draft], this.log.heads(), () => this.log.implied()))
    this.body.add([update])
    this.changedAt = draft.at
    return true
  }

  /** Merges another copy in. Throws `invalid-argument` for a different document, `damaged` for a damaged copy. */
  merge(content: SheafFileContent): MergeReport {
    if (content.documentId !== this.documentId) {
      throw new SheafError(
        'invalid-argument',
        'These are two different documents, not copies of one; they can’t be merged.',
      )
    }
    const before = this.shape()
    const heads = this.heads()
    const report = this.take(content)
    this.changedAt = Math.max(this.changedAt, content.changedAt)
    let records = 0
    for (const [writer, seq] of this.heads()) records += seq - (heads.get(writer) ?? 0)
    return {
      records,
      writers: new Set(report.added.map((record) => toHex(record.writer))).size,
      before,
      after: this.shape(),
    }
  }

  /** How a copy's records stand to ours, without merging. */
  compare(content: SheafFileContent): HeadsOrder {
    const other = new RecordLog(this.ports.suite, fromHex(this.documentId))
    other.load(content.records)
    return compareHeads(this.heads(), other.heads())
  }

  /** Everything a file holds, previews included. Closes this writer's run first when that makes the file smaller. */
  content(): SheafFileContent {
    const { publicKey } = this.writer.key
    if (this.log.openRows(publicKey) > 1) {
      this.log.extendOwn([this.writer.close(this.log.closable(publicKey, true), this.ports.clock.now())])
    }
    return describeContent({
      documentId: this.documentId,
      appVersion: this.ports.appVersion,
      changedAt: this.changedAt,
      members: this.members,
      records: this.log.records(),
      heads: this.log.heads(),
      state: this.body.state(),
      shape: this.body.shape(),
      blobs: [...this.blobs.values()],
    })
  }

  /** Keeps a picture. Answers its name. Throws as `newBlob` does. */
  addImage(bytes: Uint8Array): string {
    const blob = newBlob(this.ports.suite, bytes)
    this.blobs.set(toHex(blob.hash), blob)
    return toHex(blob.hash)
  }

  /** Keeps what is a picture among bytes from elsewhere. Answers its name, or null. */
  keepImage(bytes: Uint8Array): string | null {
    const blob = blobOf(this.ports.suite, bytes)
    return blob === null ? null : this.addImage(blob.bytes)
  }

  image(name: string): StoredBlob | null {
    return this.blobs.get(name) ?? null
  }

  private take({ records, blobs }: SheafFileContent): AddReport {
    const before = this.log.heads()
    const report = this.log.add(records)
    const [refused] = report.refused
    if (refused !== undefined) {
      throw new SheafError(
        'damaged',
        'This file holds entries that their writers did not sign; nothing was taken from it.',
        {
          reason: refused.reason,
          entries: report.refused.length,
        },
      )
    }
    for (const blob of blobs) if (isIntact(this.ports.suite, blob)) this.blobs.set(toHex(blob.hash), blob)
    if (report.refold) this.body.foldAnew()
    else this.body.foldOn(before)
    return report
  }
}
