/**
 * The commit queue: everything that arrived in one turn of the event loop, in one transaction. So a relay syncs once for
 * all who write at the same moment, and nobody hears of anything before it is on the disk.
 */
import type { RelayPorts } from '../relay-ports.ts'

interface Job {
  readonly work: () => unknown
  /** What in memory says more than the disk does is thrown away. */
  readonly undo: () => void
  done(result: unknown): void
}

export class CommitQueue {
  private readonly ports: RelayPorts
  private jobs: Job[] = []
  private settles = new Set<() => void>()
  private closed = false

  constructor(ports: RelayPorts) {
    this.ports = ports
  }

  /**
   * Does the work in the next transaction and resolves when that is committed; `null` when it could not be. `settle` is
   * called once after all of them, however many asked for it.
   */
  commit<T extends object | string | boolean>(
    work: () => T,
    undo: () => void = () => undefined,
    settle?: () => void,
  ): Promise<T | null> {
    return new Promise((resolve) => {
      if (this.closed) return resolve(null)
      if (this.jobs.length === 0) setImmediate(() => this.flush())
      this.jobs.push({ work, undo, done: (result) => resolve(result as T | null) })
      if (settle !== undefined) this.settles.add(settle)
    })
  }

  /** Commits what is waiting and takes no more. */
  close(): void {
    this.flush()
    this.closed = true
  }

  private flush(): void {
    const { jobs, settles } = this
    if (jobs.length === 0) return
    this.jobs = []
    this.settles = new Set()
    const { mailbox, metrics, log } = this.ports
    let results: readonly { readonly job: Job; readonly result: unknown }[]
    try {
      results = mailbox.transact(() => jobs.map((job) => ({ job, result: this.attempt(job) })))
      metrics.count('commits')
    } catch (cause) {
      // A full or broken disk. Nothing was acknowledged, nothing is: whoever sent it holds it and sends it again.
      metrics.count('commits_failed')
      log('commit-failed', { code: codeOf(cause) })
      for (const { undo } of jobs) undo()
      for (const job of jobs) job.done(null)
      return
    }
    for (const { job, result } of results) job.done(result)
    // After all who wait for a result have been told it: promises are told in turn.
    setImmediate(() => settles.forEach((settle) => settle()))
  }

  /** Null for work that came upon something broken in itself: the others' work is not undone for it. */
  private attempt(job: Job): unknown {
    try {
      return this.ports.mailbox.transact(job.work)
    } catch (cause) {
      if (codeOf(cause).startsWith('SQLITE_')) throw cause
      this.ports.metrics.count('commits_failed')
      this.ports.log('work-failed', { error: cause instanceof Error ? (cause.stack ?? cause.message) : 'unknown' })
      job.undo()
      return null
    }
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown'
}
