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
import { type Chain, followRows, readChain } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { LogRecord } from '../log/closed-run.ts'
import { type AddReport, RecordLog } from '../log/record-log.ts'
import { type Draft, Writer } from '../log/writer.ts'
import type { SheafFileContent, StoredBlob } from '../storage/sheaf-file.ts'
import { checkFollowed, refusedMembers } from './check-followed.ts'
import { CountingRecords } from './counting-records.ts'
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
  /** Rows that say who may write. */
  readonly members: number
  readonly pictures: number
  readonly before: DocumentShape
  readonly after: DocumentShape
}

export class DetachedDocument {
  readonly documentId: DocumentId
  private readonly ports: DetachedPorts
  private chain: Chain
  private readonly counting: CountingRecords
  private readonly log: RecordLog
  private readonly body: DocumentBody
  private readonly writer: Writer
  /** By name. */
  private readonly blobs = new Map<string, StoredBlob>()
  private changedAt: number

  private constructor(ports: DetachedPorts, chain: Chain, changedAt: number) {
    const { documentId } = chain.membership
    this.ports = ports
    this.chain = chain
    this.documentId = toHex(documentId)
    this.changedAt = changedAt
    this.log = new RecordLog(ports.suite, documentId)
    this.counting = new CountingRecords(ports.suite, this.log, () => this.chain.membership)
    this.body = new DocumentBody(this.log, null, this.counting)
    const secrets = { seed: ports.suite.random(32), salt: ports.suite.random(32) }
    this.writer = new Writer(ports.suite, documentId, secrets, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
  }

  /** Founds a new, empty document. Without keys nobody owns it: whoever holds the file may edit it. */
  static found(ports: DetachedPorts, keys: ((salt: Uint8Array) => FounderKeys) | null = null): DetachedDocument {
    const salt = ports.suite.random(16)
    const now = ports.clock.now()
    const genesis = foundDocument(ports.suite, now, salt, keys === null ? null : keys(salt))
    return new DetachedDocument(ports, chainOf(ports.suite, [genesis]), now)
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
    const document = new DetachedDocument(ports, chainOf(ports.suite, rowsOf(content)), content.changedAt)
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

  get membership(): Membership {
    return this.chain.membership
  }

  /** The records that count, per writer. */
  counted(): ReadonlyMap<string, readonly LogRecord[]> {
    return this.counting.within(this.log.chains())
  }

  isIncomplete(): boolean {
    return this.body.isIncomplete()
  }

  /** Edits the document and seals the edit into records. Answers whether anything changed. */
  edit(change: (doc: Y.Doc) => void): boolean {
    const update = editCopy(this.body.copy(this.writer.clientId(0)), change)
    if (update === null) return false
    // Nobody vouches for this writer: its words would wait, and whoever wrote them would not see that.
    if (this.chain.membership.sharedAt !== null)
      throw new SheafError('read-only', 'This document is shared with others; write in it with Sheaf, under your name.')
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
    const [members, pictures] = [this.chain.rows.length, this.blobs.size]
    const report = this.take(content)
    this.changedAt = Math.max(this.changedAt, content.changedAt)
    let records = 0
    for (const [writer, seq] of this.heads()) records += seq - (heads.get(writer) ?? 0)
    return {
      records,
      writers: new Set(report.added.map((record) => toHex(record.writer))).size,
      members: this.chain.rows.length - members,
      pictures: this.blobs.size - pictures,
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
      members: this.chain.rows.map((row, seq) => ({ seq, ...row })),
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

  private take(content: SheafFileContent): AddReport {
    const { records, blobs } = content
    const [before, chain] = [this.log.heads(), this.chain]
    const longer = followRows(this.ports.suite, chain, rowsOf(content).slice(1))
    if (longer === 'forked') checkFollowed({ kind: 'forked' })
    else if (typeof longer === 'string') throw refusedMembers(longer)
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
    if (typeof longer !== 'string') this.chain = longer
    if (report.refold) this.counting.forget()
    const isOther = this.counting.membershipChanged(chain.membership) || this.counting.recordsAdded(before)
    if (report.refold || isOther) this.body.foldAnew()
    else this.body.foldOn(before)
    return report
  }
}

function rowsOf({ members }: SheafFileContent): StoredLink[] {
  return members.map(({ op, hash, sig }) => ({ op, hash, sig }))
}

/** Throws `damaged` or `too-new` when the rows are no chain. */
function chainOf(suite: CryptoSuite, rows: readonly StoredLink[]): Chain {
  const chain = readChain(suite, rows)
  if ('refusal' in chain) throw refusedMembers(chain.refusal)
  return chain
}
