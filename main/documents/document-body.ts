/**
 * The Yjs document of a log, kept in step with it: built when first needed, folded on as records come, built anew when
 * a fork changes what is folded. Nobody edits it in place; edits are made on copies and come back as updates.
 */
import * as Y from 'yjs'
import { BODY, type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import { blobHash } from '../../shared/document/flow-node-specs.ts'
import { type DocumentOpening, readOpening } from '../../shared/document/read-opening.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import type { Heads } from '../../shared/log/heads.ts'
import { RECORD_TYPE } from '../../shared/log/record.ts'
import { foldInto, foldOrder, FROM_LOG } from '../log/fold.ts'
import { foldSparing } from '../log/fold-sparing.ts'
import type { LogRecord } from '../log/closed-run.ts'
import type { RecordLog } from '../log/record-log.ts'
import type { CountingRecords } from './counting-records.ts'

const BODY_STREAM = 0
const ALL_COUNT: Pick<CountingRecords, 'within'> = { within: (chains) => chains }

export class DocumentBody {
  private readonly log: RecordLog
  private readonly counting: Pick<CountingRecords, 'within'>
  /** Built on first use: opening a document shows its cached state without it. */
  private doc: Y.Doc | null = null
  private cached: { heads: Heads; body: Uint8Array } | null
  /** Durable edits that are not in `doc` yet; the log may hold them by now. */
  private readonly unsealed: Uint8Array[] = []

  constructor(
    log: RecordLog,
    cached: { heads: Heads; body: Uint8Array } | null,
    counting: Pick<CountingRecords, 'within'> = ALL_COUNT,
  ) {
    this.log = log
    this.counting = counting
    this.cached = cached
  }

  /** The whole state as one Yjs V1 update. */
  state(): Uint8Array {
    return this.cached !== null && this.isCurrent() ? this.cached.body : Y.encodeStateAsUpdate(this.built())
  }

  shape(): DocumentShape {
    return readShape(this.built())
  }

  /** Its title and first words, without walking the rest. */
  opening(): DocumentOpening {
    return readOpening(this.built())
  }

  /** Names of the pictures it shows. */
  pictures(): ReadonlySet<string> {
    const names = new Set<string>()
    for (const node of this.built()
      .getXmlFragment(BODY)
      .createTreeWalker(() => true)) {
      const isImage = node instanceof Y.XmlElement && node.nodeName === 'image'
      const name = isImage ? blobHash(node.getAttribute('blob')) : null
      if (name !== null) names.add(name)
    }
    return names
  }

  /** Whether the document holds updates that wait for others nobody has: it is shown as far as it goes. */
  isIncomplete(): boolean {
    return this.built().store.pendingStructs !== null
  }

  /** Adds durable edits. They wait until somebody looks: a keystroke is acknowledged before. */
  add(updates: readonly Uint8Array[]): void {
    this.unsealed.push(...updates)
  }

  /**
   * Folds records that were added to the log after `before`; answers the change as one update, or null for none. 'anew' when
   * Yjs choked on them: then all is to be folded anew, without those it chokes on, and every draft must be sealed.
   */
  foldOn(before: Heads): Uint8Array | null | 'anew' {
    const doc = this.built(before)
    const records = this.counted(before)
    const changes: Uint8Array[] = []
    const capture = (update: Uint8Array): number => changes.push(update)
    doc.on('update', capture)
    try {
      foldInto(doc, records, BODY_STREAM)
      return changes.length === 0 ? null : Y.mergeUpdates(changes)
    } catch {
      // Whatever it throws: it is asked to do nothing else than to read these records. They are on the disk.
      this.foldAnew()
      return 'anew'
    } finally {
      doc.off('update', capture)
    }
  }

  /** Throws the document away and folds the whole log again; every draft must be sealed. */
  foldAnew(): void {
    this.doc = null
    this.cached = null
    this.unsealed.length = 0
  }

  /** A copy that may be written to. */
  copy(clientId: number): Y.Doc {
    const doc = createSteadyDocument()
    Y.applyUpdate(doc, this.state(), FROM_LOG)
    // Only now: Yjs takes an update with this id in it for someone else using it, and would write under another.
    doc.clientID = clientId
    return doc
  }

  destroy(): void {
    this.doc = null
  }

  private isCurrent(): boolean {
    const heads = this.cached?.heads ?? new Map<string, number>()
    if (this.doc !== null || this.unsealed.length > 0) return false
    return [...this.log.heads()].every(([writer, seq]) => seq <= (heads.get(writer) ?? 0))
  }

  /** The document, up to the given heads or to all of the log, and with every durable edit. */
  private built(upTo: Heads | null = null): Y.Doc {
    this.doc ??= this.build(upTo)
    const edits = this.unsealed.splice(0)
    if (edits.length > 0 && !apply(this.doc, edits)) this.doc = this.spare(upTo, edits)
    return this.doc
  }

  private build(upTo: Heads | null): Y.Doc {
    const { cached } = this
    this.cached = null
    const base: Heads = cached?.heads ?? new Map<string, number>()
    const records = this.counted(base, upTo)
    const doc = this.empty()
    try {
      if (cached !== null) Y.applyUpdate(doc, cached.body, FROM_LOG)
      foldInto(doc, records, BODY_STREAM)
      return doc
    } catch {
      // Whatever it throws: it is asked to do nothing else than to read what is there.
      return this.spare(upTo)
    }
  }

  /** The document without what Yjs chokes on. */
  private spare(upTo: Heads | null, edits: readonly Uint8Array[] = []): Y.Doc {
    const records = this.counted(new Map(), upTo).filter(
      ({ type, stream }) => type === RECORD_TYPE.update && stream === BODY_STREAM,
    )
    return foldSparing([...records.map(({ body }) => body.y), ...edits], () => this.empty())
  }

  private counted(since: Heads, upTo: Heads | null = null): readonly LogRecord[] {
    return foldOrder(this.counting.within(this.log.chains(since, upTo)), since)
  }

  private empty(): Y.Doc {
    // Words built on the branch that is not shown name neighbours that are elsewhere on the one that is. Whether those are
    // deleted yet must not decide where the words go, or two copies would show other texts.
    return createSteadyDocument({ gc: !this.log.isForked() })
  }
}

/** False when Yjs choked on them: then the document is of no use any more. */
function apply(doc: Y.Doc, updates: readonly Uint8Array[]): boolean {
  try {
    Y.transact(
      doc,
      () => {
        for (const update of updates) Y.applyUpdate(doc, update, FROM_LOG)
      },
      FROM_LOG,
    )
    return true
  } catch {
    return false
  }
}
