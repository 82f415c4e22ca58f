/** A replica for tests: a Yjs document, a writer and a log, edited at random and merged with others. */
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import type { SignedRecord } from '../../shared/log/record.ts'
import { ZERO_ID } from '../../shared/log/record.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { foldInto, foldOrder, FROM_LOG } from './fold.ts'
import { type AddReport, RecordLog } from './record-log.ts'
import { type Draft, Writer, type WriterSecrets } from './writer.ts'

export class Replica {
  doc = new Y.Doc()
  readonly log: RecordLog
  readonly writer: Writer
  private drafts: Draft[] = []
  private clock = 0

  constructor(documentId: Uint8Array, name: string, secrets?: WriterSecrets) {
    this.log = new RecordLog(suite, documentId)
    const own = secrets ?? { seed: suite.hash(new TextEncoder().encode(name), suite.random(8)), salt: suite.random(32) }
    this.writer = new Writer(suite, documentId, own, { seq: 0, prev: ZERO_ID, named: new Map() }, null)
    this.doc.clientID = this.writer.clientId(0)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_LOG) this.drafts.push({ instance: 0, stream: 0, update, at: (this.clock += 1) })
    })
  }

  /** Types a text at the end of the first block, making the block when there is none. */
  type(text: string, at?: number): void {
    const body = this.doc.getXmlFragment(BODY)
    this.doc.transact(() => {
      if (body.length === 0) {
        const block = new Y.XmlElement('block')
        block.insert(0, [new Y.XmlText()])
        body.insert(0, [block])
      }
      const block = body.get(0) as Y.XmlElement
      if (block.length === 0) block.insert(0, [new Y.XmlText()])
      const run = block.get(0) as Y.XmlText
      if (text.length > 0) run.insert(Math.min(at ?? run.length, run.length), text)
    })
  }

  deleteSome(): void {
    const body = this.doc.getXmlFragment(BODY)
    const block = body.length === 0 ? undefined : (body.get(0) as Y.XmlElement)
    const run = block === undefined || block.length === 0 ? undefined : (block.get(0) as Y.XmlText)
    if (run !== undefined && run.length > 0) run.delete(Math.floor(run.length / 2), Math.ceil(run.length / 4))
  }

  seal(): SignedRecord[] {
    const records = this.writer.seal(this.drafts, this.log.heads(), () => this.log.implied())
    this.drafts = []
    this.log.extendOwn(records)
    return records
  }

  close(): void {
    const { publicKey } = this.writer.key
    if (this.log.openRows(publicKey) > 0)
      this.log.extendOwn([this.writer.close(this.log.closable(publicKey), this.clock)])
  }

  merge(records: readonly SignedRecord[]): AddReport {
    this.seal()
    const before = this.log.heads()
    const report = this.log.add(records)
    const chains = this.log.chains(before)
    foldInto(this.doc, foldOrder(chains, before), 0)
    return report
  }
}
