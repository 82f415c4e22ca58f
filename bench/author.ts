/**
 * Somebody who writes a document in memory: seals two seconds after an edit and closes runs, as an open document does
 * while nobody else is connected. One writer a session, one Yjs document throughout.
 */
import * as Y from 'yjs'
import { describeContent } from '../main/documents/describe-content.ts'
import { sodiumSuite as suite } from '../main/identity/sodium-suite.ts'
import { RecordLog } from '../main/log/record-log.ts'
import { type Draft, Writer } from '../main/log/writer.ts'
import type { SheafFileContent, StoredMember } from '../main/storage/sheaf-file.ts'
import { readShape } from '../shared/document/document-shape.ts'
import { fromHex, toHex } from '../shared/ids.ts'
import { foundDocument, founderKeys } from '../shared/log/genesis.ts'
import { certifyWriter, type WriterCertificate, ZERO_ID } from '../shared/log/record.ts'
import { TypingPace } from './typing-pace.ts'

/** Milliseconds an edit waits to be sealed with others. */
const SEAL_AFTER = 2000
/** Records in rows of their own before a run is closed. */
const OPEN_RECORDS = 512
const BEGAN_AT = 1_700_000_000_000

type Certify = (writer: Uint8Array) => WriterCertificate

export class Author {
  readonly doc = new Y.Doc()
  private readonly members: readonly StoredMember[]
  private readonly documentId: Uint8Array
  private readonly certify: Certify | null
  private readonly log: RecordLog
  private readonly pace: TypingPace
  private writer: Writer
  private drafts: Draft[] = []

  private constructor(members: readonly StoredMember[], documentId: Uint8Array, at: number, certify: Certify | null) {
    this.members = members
    this.documentId = documentId
    this.certify = certify
    this.log = new RecordLog(suite, documentId)
    this.pace = new TypingPace(at)
    this.writer = this.arrive()
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.keep(update)
    })
  }

  /** Founds a document and begins to write it. */
  static found(): Author {
    const salt = suite.random(16)
    const keys = founderKeys(suite, suite.random(32), suite.random(32), salt)
    const genesis = foundDocument(suite, BEGAN_AT, salt, keys)
    const certify: Certify = (writer) => certifyWriter(suite, genesis.hash, writer, keys.member, 'Alice')
    return new Author([{ seq: 0, ...genesis }], genesis.hash, BEGAN_AT, certify)
  }

  /** Goes on with a copy of a document, as one more writer. */
  static resume(content: SheafFileContent): Author {
    const author = new Author(content.members, fromHex(content.documentId), content.changedAt, null)
    author.log.load(content.records)
    for (const { body } of content.state) Y.applyUpdate(author.doc, body, author)
    return author
  }

  /** Ends the session; who writes on begins another. */
  leave(): void {
    this.seal()
    if (this.log.openRows(this.writer.key.publicKey) > 1) this.close(true)
    this.writer = this.arrive()
  }

  /** The document as it would be published now. */
  content(): SheafFileContent {
    this.seal()
    return describeContent({
      documentId: toHex(this.documentId),
      appVersion: '0.0.0',
      changedAt: this.pace.now,
      members: this.members,
      records: this.log.records(),
      heads: this.log.heads(),
      state: Y.encodeStateAsUpdate(this.doc),
      shape: readShape(this.doc),
      blobs: [],
    })
  }

  private keep(update: Uint8Array): void {
    const at = this.pace.strike()
    if (at - (this.drafts[0]?.at ?? at) > SEAL_AFTER) this.seal()
    this.drafts.push({ instance: 0, stream: 0, update, at })
  }

  private seal(): void {
    this.log.extendOwn(this.writer.seal(this.drafts, this.log.heads(), () => this.log.implied()))
    this.drafts = []
    if (this.log.openRows(this.writer.key.publicKey) >= OPEN_RECORDS) this.close()
  }

  private close(ending = false): void {
    const { publicKey } = this.writer.key
    this.log.extendOwn([this.writer.close(this.log.closable(publicKey, ending), this.pace.now)])
  }

  private arrive(): Writer {
    const secrets = { seed: suite.random(32), salt: suite.random(32) }
    const certificate = this.certify?.(suite.keyPair(secrets.seed).publicKey) ?? null
    const position = { seq: 0, prev: ZERO_ID, named: new Map() }
    const writer = new Writer(suite, this.documentId, secrets, position, certificate)
    this.doc.clientID = writer.clientId(0)
    return writer
  }
}
