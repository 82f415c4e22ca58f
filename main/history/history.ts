/**
 * The history of a document: what its log says of how it came to be. Everything here is read from the log and shown; the
 * document is not touched.
 */
import type * as Y from 'yjs'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { toHex } from '../../shared/ids.ts'
import { clientId, RECORD_TYPE } from '../../shared/log/record.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { LogRecord } from '../log/closed-run.ts'
import { foldInto } from '../log/fold.ts'
import { listEntries } from '../log/list-entries.ts'
import { inTimeOrder } from '../log/time-order.ts'
import type { WriterLog } from '../log/writer-log.ts'
import { attribute, type AuthoredText } from './attribution.ts'
import { type Author, authorsOf } from './authors.ts'
import { type Sitting, sittings } from './timeline.ts'

const BODY_STREAM = 0

export class History {
  private readonly suite: CryptoSuite
  private readonly authors: ReadonlyMap<string, Author>
  private readonly edits: readonly LogRecord[]

  /** `chains`: the records that count, per writer. */
  constructor(parts: {
    readonly suite: CryptoSuite
    readonly membership: Membership
    readonly logs: ReadonlyMap<string, WriterLog>
    readonly chains: ReadonlyMap<string, readonly LogRecord[]>
  }) {
    this.suite = parts.suite
    this.authors = authorsOf(parts.suite, parts.membership, parts.logs)
    this.edits = inTimeOrder(parts.chains).filter(
      ({ type, stream }) => type === RECORD_TYPE.update && stream === BODY_STREAM,
    )
  }

  /** How many moments there are: one before the first edit, and one after each. The last is now. */
  get now(): number {
    return this.edits.length
  }

  sittings(): Sitting[] {
    return sittings(listEntries(this.edits), this.authors)
  }

  /** The last moment at or before a time, in seconds since 1970. */
  momentAt(seconds: number): number {
    return this.edits.findLastIndex(({ body }) => body.t <= seconds) + 1
  }

  /** The document as it was at a moment. Throws `RangeError` for one there is not. */
  shapeAt(moment: number): DocumentShape {
    return readShape(this.documentAt(moment))
  }

  /** Whose words stand in each block at a moment. */
  wordsAt(moment: number): AuthoredText[][] {
    const clients = new Map<number, string>()
    for (const { writer, body } of this.edits)
      for (const instance of body.n) clients.set(clientId(this.suite, writer, instance), toHex(writer))
    return attribute(this.documentAt(moment), (client) => {
      const writer = clients.get(client) ?? ''
      return this.authors.get(writer) ?? { key: writer, name: null }
    })
  }

  private documentAt(moment: number): Y.Doc {
    if (!Number.isInteger(moment) || moment < 0 || moment > this.now) throw new RangeError('There is no such moment.')
    const doc = createSteadyDocument()
    foldInto(doc, this.edits.slice(0, moment), BODY_STREAM)
    return doc
  }
}
