/**
 * Sends files to the inspecting thread and waits for its answers, one file at a time. A file that keeps it busy for
 * longer than the limit costs the thread, never the program.
 */
import { Worker } from 'node:worker_threads'
import { fileProblem } from './file-problem.ts'
import type { InspectAnswer, InspectAnswers, InspectRequest } from './inspect-worker.ts'

/** Milliseconds one file may take. */
const TIME_LIMIT = 10_000
/** Milliseconds the thread is kept after its last file. */
const IDLE = 10_000

type Task = InspectRequest['task']

export class Inspector {
  private readonly timeLimit: number
  private readonly source: URL
  private worker: Worker | null = null
  private idle: NodeJS.Timeout | null = null
  private last: Promise<unknown> = Promise.resolve()
  private requests = 0
  /** Threads that have begun to run their program. */
  private readonly running = new WeakSet<Worker>()

  constructor(timeLimit = TIME_LIMIT, source = workerSource()) {
    this.timeLimit = timeLimit
    this.source = source
  }

  /** Throws the refusal as a `SheafError`. `file` must be a private copy that nobody changes meanwhile. */
  async inspect<T extends Task>(
    task: T,
    file: string,
  ): Promise<Extract<InspectAnswers[T], { value: unknown }>['value']> {
    const turn = this.last.then(() => this.ask(task, file))
    this.last = turn.catch(() => undefined)
    const answer = await turn
    if ('problem' in answer) throw fileProblem(answer.problem)
    return answer.value
  }

  private ask<T extends Task>(task: T, file: string): Promise<InspectAnswers[T]> {
    const worker = this.start()
    const id = ++this.requests
    return new Promise<InspectAnswers[T]>((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(limit)
        worker.off('message', answered).off('error', failed).off('exit', exited)
        settle()
      }
      const answered = (reply: InspectAnswer): void => {
        if (reply.id !== id) return
        finish(() => resolve(reply.answer as InspectAnswers[T]))
        this.rest(worker)
      }
      // What ends a running thread (memory, a bug of ours) is the file's doing: it is refused, the next one is read.
      const failed = (cause: unknown): void => {
        const isRunning = this.running.has(worker)
        this.discard(worker)
        const error = isRunning
          ? fileProblem('damaged', { cause })
          : new Error('The inspecting thread did not start.', { cause })
        finish(() => reject(error))
      }
      const exited = (): void => failed(new Error('The inspecting thread ended.'))
      const limit = setTimeout(() => {
        this.discard(worker)
        finish(() => reject(fileProblem('hostile', { cause: new Error('The file took too long to read.') })))
      }, this.timeLimit)
      worker.on('message', answered).on('error', failed).on('exit', exited)
      worker.ref()
      worker.postMessage({ id, task, file } satisfies InspectRequest)
    })
  }

  private start(): Worker {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = null
    if (this.worker !== null) return this.worker
    // Not with this process's own flags: they may name a program to run.
    const worker = new Worker(this.source, { execArgv: [] })
    worker.once('online', () => this.running.add(worker))
    this.worker = worker
    return worker
  }

  /** An idle thread keeps no process alive, and goes after a while. */
  private rest(worker: Worker): void {
    worker.unref()
    this.idle = setTimeout(() => this.discard(worker), IDLE).unref()
  }

  private discard(worker: Worker): void {
    if (this.worker === worker) this.worker = null
    // Nobody waits for it: a thread inside SQLite ends only when SQLite returns.
    worker.on('error', () => undefined)
    worker.unref()
    worker.terminate().catch(() => undefined)
  }
}

/** Beside this module under the same name: as TypeScript when the sources run, as JavaScript in the bundles. */
function workerSource(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./inspect-worker.${extension}`, import.meta.url)
}
