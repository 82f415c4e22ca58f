/**
 * Has Word files read and written in a thread of its own, one for each. A file that keeps it busy for too long, or takes
 * too much memory, costs the thread and never the program.
 */
import { Worker } from 'node:worker_threads'
import { type Refusal, refusal } from './package/refused.ts'
import type { WordAnswer, WordRequest, WordResults, WordTask, WordTasks } from './word-worker.ts'

/** Milliseconds. A thesis takes one or two seconds, 300,000 words ten on a busy machine. */
const TIME_LIMIT = 120_000
/** Megabytes; what a file may unpack to is limited before. */
const MEMORY_LIMIT = 1536

export interface WordLimits {
  /** Milliseconds. */
  readonly time?: number
  /** Megabytes. */
  readonly memory?: number
}

/** Throws `SheafError` of the kinds of `REFUSALS`. */
export async function inWordThread<T extends WordTask>(
  task: T,
  parts: WordTasks[T],
  { time = TIME_LIMIT, memory = MEMORY_LIMIT }: WordLimits = {},
): Promise<WordResults[T]> {
  const worker = new Worker(workerSource(), {
    workerData: { task, ...parts } as unknown as WordRequest,
    // Not with this process's own flags: they may name a program to run.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory },
  })
  try {
    const answer = await answerOf(worker, time)
    if ('refused' in answer) throw refusal(answer.refused)
    return answer.value as WordResults[T]
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker, time: number): Promise<WordAnswer> {
  return new Promise<WordAnswer>((resolve, reject) => {
    const refuse = (reason: Refusal, cause: Error): void => reject(refusal(reason, { cause }))
    const limit = setTimeout(() => refuse('too-big', new Error('It took too long.')), time)
    const done = (): void => clearTimeout(limit)
    worker.once('message', (answer: WordAnswer) => {
      done()
      resolve(answer)
    })
    worker.once('error', (cause: NodeJS.ErrnoException) => {
      done()
      if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('too-big', cause)
      else reject(cause)
    })
    worker.once('exit', () => {
      done()
      reject(new Error('The thread for Word files ended without an answer.'))
    })
  })
}

/** Beside this module under the same name: as TypeScript when the sources run, as JavaScript in the bundles. */
function workerSource(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./word-worker.${extension}`, import.meta.url)
}
