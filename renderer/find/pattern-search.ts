/**
 * The search for a regular expression, in a worker: an expression may take for ever, and nothing else can stop it.
 *
 * Each portion of text has a second; an expression that takes longer is given up, and the window has not noticed.
 */
import { trustedWorker } from '../trusted-worker.ts'
// oxlint-disable-next-line import/default -- what Vite makes of this address
import workerUrl from './pattern-worker.ts?worker&url'

export interface PatternQuestion {
  readonly source: string
  readonly flags: string
  readonly texts: readonly string[]
}

export type PatternAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'found'; readonly places: readonly (readonly number[])[] }

export interface PatternSearch {
  /** The places in each text, as `findPlaces` gives them; null when it took too long or was stopped. */
  find(pattern: RegExp, texts: readonly string[]): Promise<readonly (readonly number[])[] | null>
  /** Stops what is being searched for, if anything is. */
  stop(): void
  /** Stops for good. */
  end(): void
}

/** Milliseconds for one portion. */
const LIMIT = 1000
/** UTF-16 units in one portion, about. */
const PORTION = 100_000

export class WorkerPatternSearch implements PatternSearch {
  #worker: Promise<Worker> | null = null
  #give: ((answer: PatternAnswer | null) => void) | null = null

  async find(pattern: RegExp, texts: readonly string[]): Promise<readonly (readonly number[])[] | null> {
    const places: (readonly number[])[] = []
    const { source, flags } = pattern
    for (const portion of portions(texts)) {
      const answer = await this.#ask({ source, flags, texts: portion })
      if (answer?.kind !== 'found') return null
      places.push(...answer.places)
    }
    return places
  }

  stop(): void {
    if (this.#give !== null) this.end()
  }

  end(): void {
    const worker = this.#worker
    this.#worker = null
    void worker?.then((each) => each.terminate())
    this.#give?.(null)
  }

  async #ask(question: PatternQuestion): Promise<PatternAnswer | null> {
    this.#worker ??= started()
    const mine = this.#worker
    const worker = await mine
    if (mine !== this.#worker) return null
    return new Promise((resolve) => {
      const late = setTimeout(() => this.stop(), LIMIT)
      const give = (answer: PatternAnswer | null) => {
        clearTimeout(late)
        this.#give = null
        resolve(answer)
      }
      this.#give = give
      worker.onmessage = ({ data }: MessageEvent<PatternAnswer>) => give(data)
      worker.postMessage(question)
    })
  }
}

/** A worker that has come up: what that takes is not the expression's fault. */
function started(): Promise<Worker> {
  const worker = trustedWorker(workerUrl)
  return new Promise((resolve) => {
    worker.onmessage = () => resolve(worker)
  })
}

function* portions(texts: readonly string[]): Generator<readonly string[]> {
  let portion: string[] = []
  let size = 0
  for (const text of texts) {
    portion.push(text)
    size += text.length
    if (size < PORTION) continue
    yield portion
    portion = []
    size = 0
  }
  if (portion.length > 0) yield portion
}
