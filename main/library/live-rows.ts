/**
 * What rows say of documents that are being written in: their files are published a while after the last edit, or not at
 * all while the disk refuses; a row follows about a second after a pause in typing.
 */
import type { DocumentOpening } from '../../shared/document/read-opening.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { FileSummary } from '../storage/inspect-file.ts'

/** A document's beginning as it stands now, and when it was changed last. */
export interface LiveFacts extends DocumentOpening {
  readonly changedAt: number
}

export interface LiveRowsParts {
  /** Null when the document is not open. */
  readonly factsOf: (documentId: DocumentId) => LiveFacts | null
  /** What the row of the document's file said last; null when there is none. */
  readonly summaryOf: (documentId: DocumentId) => FileSummary | null
  /** Some row says something else than before. */
  readonly changed: () => void
  /** Milliseconds from the last edit to its row, for tests. */
  readonly pause?: number
}

const PAUSE = 600
/** Somebody who never pauses is read this often, in milliseconds. */
const AT_LATEST = 2500
const MINUTE = 60_000

export class LiveRows {
  private readonly parts: LiveRowsParts
  private readonly facts = new Map<DocumentId, LiveFacts>()
  private readonly waiting = new Map<DocumentId, { readonly timer: NodeJS.Timeout; readonly since: number }>()

  constructor(parts: LiveRowsParts) {
    this.parts = parts
  }

  /** An edit became durable. Costs nothing; what the document says is read when the typing pauses. */
  edited(documentId: DocumentId): void {
    const now = performance.now()
    const before = this.waiting.get(documentId)
    const since = before?.since ?? now
    clearTimeout(before?.timer)
    const delay = Math.max(0, Math.min(this.parts.pause ?? PAUSE, since + AT_LATEST - now))
    const timer = setTimeout(() => this.look(documentId), delay).unref()
    this.waiting.set(documentId, { timer, since })
  }

  /** A file was written: from now on it says what the row says, unless there were edits since. */
  published(documentId: DocumentId, changedAt: number): void {
    const facts = this.facts.get(documentId)
    if (facts !== undefined && facts.changedAt <= changedAt) this.facts.delete(documentId)
  }

  /** What a row says, when this is what its file says. */
  over(summary: FileSummary): FileSummary {
    const facts = this.facts.get(summary.documentId)
    return facts === undefined || facts.changedAt <= summary.changedAt ? summary : { ...summary, ...facts }
  }

  close(): void {
    for (const { timer } of this.waiting.values()) clearTimeout(timer)
    this.waiting.clear()
  }

  private look(documentId: DocumentId): void {
    this.waiting.delete(documentId)
    const facts = this.parts.factsOf(documentId)
    if (facts === null) return
    const before = this.facts.get(documentId) ?? this.parts.summaryOf(documentId)
    this.facts.set(documentId, facts)
    // A row shows no more of the time than its minute: far down in a document, no list is drawn anew at each pause.
    const same =
      before !== null &&
      before.title === facts.title &&
      before.firstWords === facts.firstWords &&
      Math.floor(before.changedAt / MINUTE) === Math.floor(facts.changedAt / MINUTE)
    if (!same) this.parts.changed()
  }
}
