/**
 * Asks the thread that checks words, one question at a time. A dictionary that keeps it busy for longer than the limit
 * costs the thread, never the program.
 */
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { SheafError } from '../../shared/errors.ts'
import type { Dictionary } from './find-dictionaries.ts'
import type { SpellingAnswer, SpellingRequest } from './spelling-worker.ts'

/** Milliseconds one question may take; loading a large dictionary takes a second or two. */
const TIME_LIMIT = 20_000
/** Milliseconds the thread is kept after its last question. */
const IDLE = 5 * 60_000
const LARGEST = 64 * 2 ** 20

type Question = SpellingRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

export class SpellingThread {
  readonly #timeLimit: number
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | null = null
  #last: Promise<unknown> = Promise.resolve()
  #questions = 0

  constructor(timeLimit = TIME_LIMIT) {
    this.#timeLimit = timeLimit
  }

  /** The words that are wrong. Throws a `SheafError` when the dictionary can't be used. */
  check(dictionary: Dictionary, words: readonly string[]): Promise<readonly string[]> {
    return this.#inTurn(dictionary, { task: 'check', language: dictionary.language, words })
  }

  /** What a wrong word may have been meant to be, the likeliest first. */
  suggest(dictionary: Dictionary, word: string): Promise<readonly string[]> {
    return this.#inTurn(dictionary, { task: 'suggest', language: dictionary.language, word })
  }

  /** Forgets every dictionary it has loaded, once it has answered what was asked before. */
  async forgetDictionaries(): Promise<void> {
    this.#last = this.#last.then(() => this.close())
    await this.#last
  }

  close(): void {
    if (this.#worker !== null) this.#discard(this.#worker)
  }

  #inTurn(dictionary: Dictionary, question: Question): Promise<readonly string[]> {
    const turn = this.#last.then(async () => {
      let answer = await this.#ask(question)
      if ('missing' in answer) {
        answer = await this.#ask({ task: 'load', language: dictionary.language, ...(await textOf(dictionary)) })
        if (!('problem' in answer)) answer = await this.#ask(question)
      }
      if ('words' in answer) return answer.words
      throw unusable(new Error('problem' in answer ? answer.problem : 'It could not be loaded.'))
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  #ask(question: Question): Promise<SpellingAnswer> {
    const worker = this.#start()
    const id = ++this.#questions
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(limit)
        worker.off('message', answered).off('error', failed).off('exit', ended)
        settle()
      }
      const answered = (answer: SpellingAnswer): void => {
        if (answer.id !== id) return
        finish(() => resolve(answer))
        this.#rest(worker)
      }
      const failed = (cause: unknown): void => {
        this.#discard(worker)
        finish(() => reject(unusable(cause)))
      }
      const ended = (): void => failed(new Error('The thread that checks words ended.'))
      const limit = setTimeout(() => failed(new Error('It took too long.')), this.#timeLimit)
      worker.on('message', answered).on('error', failed).on('exit', ended)
      worker.ref()
      worker.postMessage({ id, ...question } satisfies SpellingRequest)
    })
  }

  #start(): Worker {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    // Not with this process's own flags: they may name a program to run.
    this.#worker ??= new Worker(workerSource(), { execArgv: [] })
    return this.#worker
  }

  /** An idle thread keeps no process alive, and goes after a while with the dictionaries it holds. */
  #rest(worker: Worker): void {
    worker.unref()
    this.#idle = setTimeout(() => this.#discard(worker), IDLE).unref()
  }

  #discard(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null
    worker.on('error', () => undefined)
    worker.unref()
    worker.terminate().catch(() => undefined)
  }
}

async function textOf({ aff, dic }: Dictionary): Promise<{ readonly aff: Uint8Array; readonly dic: Uint8Array }> {
  try {
    const [rules, words] = await Promise.all([readFile(aff), readFile(dic)])
    if (rules.byteLength > LARGEST || words.byteLength > LARGEST) throw new Error('It is too large.')
    return { aff: rules, dic: words }
  } catch (cause) {
    throw unusable(cause)
  }
}

function unusable(cause: unknown): SheafError {
  return new SheafError('unsupported', 'The spelling dictionary of this language can’t be used.', {}, { cause })
}

/** Beside this module under the same name: as TypeScript when the sources run, as JavaScript in the bundles. */
function workerSource(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./spelling-worker.${extension}`, import.meta.url)
}
