/**
 * Group commit: edits that arrive while the disk is busy share the next transaction, and each sender hears of it only
 * after the commit. Order is kept; a failed commit fails every edit in it, and none of them is shown to anybody.
 */
export interface Pending<T> {
  readonly item: T
  resolve(): void
  reject(cause: unknown): void
}

export class AppendQueue<T> {
  private readonly commit: (items: readonly T[]) => void
  private waiting: Pending<T>[] = []
  private scheduled: NodeJS.Immediate | null = null

  /** `commit` makes the items durable, synchronously, or throws. */
  constructor(commit: (items: readonly T[]) => void) {
    this.commit = commit
  }

  /** Resolves after the commit that holds the item. */
  append(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      // Everything that arrives in this turn of the event loop goes into one transaction.
      this.scheduled ??= setImmediate(() => this.flush())
    })
  }

  /** Commits what waits, now. */
  flush(): void {
    if (this.scheduled !== null) clearImmediate(this.scheduled)
    this.scheduled = null
    const batch = this.waiting
    this.waiting = []
    if (batch.length === 0) return
    try {
      this.commit(batch.map((pending) => pending.item))
    } catch (cause) {
      for (const pending of batch) pending.reject(cause)
      return
    }
    for (const pending of batch) pending.resolve()
  }
}
