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
import { foldInto, foldOrder, FROM_LOG } from '../log/fold.ts'
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

  /** Folds records that were added to the log after `before`; answers the change as one update, or null for none. */
  foldOn(before: Heads): Uint8Array | null {
    const doc = this.built(before)
    const changes: Uint8Array[] = []
    const capture = (update: Uint8Array): void => {
      changes.push(update)
    }
    doc.on('update', capture)
    foldInto(doc, foldOrder(this.counting.within(this.log.chains(before)), before), BODY_STREAM)
    doc.off('update', capture)
    return changes.length === 0 ? null : Y.mergeUpdates(changes)
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
    if (this.doc === null) {
      // Words built on the branch that is not shown name neighbours that are elsewhere on the one that is. Whether those are
      // deleted yet must not decide where the words go, or two copies would show other texts.
      const doc = createSteadyDocument({ gc: !this.log.isForked() })
      const base: Heads = this.cached?.heads ?? new Map<string, number>()
      if (this.cached !== null) Y.applyUpdate(doc, this.cached.body, FROM_LOG)
      foldInto(doc, foldOrder(this.counting.within(this.log.chains(base, upTo)), base), BODY_STREAM)
      this.doc = doc
      this.cached = null
    }
    if (this.unsealed.length > 0) apply(this.doc, this.unsealed.splice(0))
    return this.doc
  }
}

function apply(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  Y.transact(
    doc,
    () => {
      for (const update of updates) Y.applyUpdate(doc, update, FROM_LOG)
    },
    FROM_LOG,
  )
}
