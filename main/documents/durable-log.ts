import type { RecordLog } from '../log/record-log.ts'
import type { DocumentStore } from '../storage/document-store.ts'

/**
 * A log in memory beside the one on the disk. When the disk refuses a write, nobody knows how much of it is there, so the
 * log in memory is read from the disk again before anything else is signed: the disk is the truth. Drafts are safe there
 * either way.
 */
export class DurableLog {
  private readonly log: RecordLog
  private readonly store: DocumentStore
  private stale = false

  constructor(log: RecordLog, store: DocumentStore) {
    this.log = log
    this.store = store
  }

  /** Runs a write to the log. */
  keep(write: () => void): void {
    try {
      write()
    } catch (cause) {
      this.stale = true
      throw cause
    }
  }

  /** Answers whether the log in memory was read again. */
  refresh(): boolean {
    if (!this.stale) return false
    this.log.load(this.store.records())
    this.stale = false
    return true
  }
}
