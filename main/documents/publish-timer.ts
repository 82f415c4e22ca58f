/** When each document is published: a moment after its last edit, sooner or later, and again after a failure. */
import type { DocumentId } from '../../shared/ids.ts'

const AFTER_EDIT = 1500
/** Somebody who never pauses still gets their file written this often, in milliseconds. */
const AT_LATEST = 10_000
/** Files this large are written less often. */
const LARGE = 32 * 2 ** 20
const LARGE_DELAY = 30_000
const FIRST_RETRY = 2000
const LAST_RETRY = 60_000

interface Waiting {
  readonly timer: NodeJS.Timeout
  /** When the first edit came that waits, on the monotonic clock. */
  readonly since: number
}

export class PublishTimer {
  private readonly publish: (documentId: DocumentId) => Promise<void>
  private readonly delay: number
  private readonly waiting = new Map<DocumentId, Waiting>()
  private readonly retries = new Map<DocumentId, number>()
  private stopped = false

  /** `publish` must not reject. */
  constructor(publish: (documentId: DocumentId) => Promise<void>, delay = AFTER_EDIT) {
    this.publish = publish
    this.delay = delay
  }

  /** An edit came; `size` is that of the file in bytes. */
  start(documentId: DocumentId, size: number): void {
    const now = performance.now()
    const since = this.waiting.get(documentId)?.since ?? now
    const delay = size > LARGE ? LARGE_DELAY : Math.max(0, Math.min(this.delay, since + AT_LATEST - now))
    this.set(documentId, delay, since)
  }

  /** It failed: tried again after 2 s, 4 s… up to a minute. */
  retry(documentId: DocumentId): void {
    const delay = this.retries.get(documentId) ?? FIRST_RETRY
    this.retries.set(documentId, Math.min(delay * 2, LAST_RETRY))
    this.set(documentId, delay, performance.now())
  }

  succeeded(documentId: DocumentId): void {
    this.retries.delete(documentId)
  }

  clear(documentId: DocumentId): void {
    clearTimeout(this.waiting.get(documentId)?.timer)
    this.waiting.delete(documentId)
  }

  stop(): void {
    this.stopped = true
    for (const { timer } of this.waiting.values()) clearTimeout(timer)
    this.waiting.clear()
  }

  private set(documentId: DocumentId, delay: number, since: number): void {
    this.clear(documentId)
    if (this.stopped) return
    const fire = (): void => {
      this.waiting.delete(documentId)
      void this.publish(documentId)
    }
    // Closing publishes what waits; a timer alone must not keep a process alive.
    this.waiting.set(documentId, { timer: setTimeout(fire, delay).unref(), since })
  }
}
