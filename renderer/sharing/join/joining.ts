/** Coming into a document by a link, step by step: nothing leaves this computer before somebody said so. */
import type { DocumentId } from '../../../shared/ids.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import { isPassing } from '../sync/sync-claim.ts'
import { failureText } from '../../notices/notice-board.ts'
import type { SheafApi } from '../../sheaf-api.ts'
import { Observable } from '../../window/observable.ts'

export type JoinStage =
  | { readonly kind: 'asking-for-link' }
  | { readonly kind: 'joining' }
  /** Asked to be let in: an owner has to answer. `trouble` is why the last look did not get through; it passes. */
  | { readonly kind: 'waiting'; readonly trouble: WhyNot | null }
  | { readonly kind: 'joined'; readonly documentId: DocumentId }
  | { readonly kind: 'failed'; readonly why: WhyNot }
  /** For another reason than those two may have for not finding each other: a sentence. */
  | { readonly kind: 'broken'; readonly sentence: string }

/** Milliseconds between two looks at whether an owner has answered. */
const ASK_AGAIN = 10_000

export class Joining {
  readonly stage = new Observable<JoinStage>({ kind: 'asking-for-link' })
  /** The link as it was pasted, or came from the system. */
  readonly link: Observable<string>
  /** Whether the link came by itself, and nobody pasted it. */
  readonly came: boolean
  readonly #api: SheafApi
  readonly #late: (stage: JoinStage) => void
  #timer: ReturnType<typeof setTimeout> | null = null
  #asking = false
  #left = false

  /** `late` hears how it went when nobody looks any more. */
  constructor(api: SheafApi, link: string, late: (stage: JoinStage) => void) {
    this.#api = api
    this.#late = late
    this.link = new Observable(link)
    this.came = link !== ''
  }

  /** Joins now; how it went is the next stage. While an answer is awaited nothing more is asked. */
  async join(): Promise<void> {
    if (this.#asking) return
    this.#stop()
    this.#asking = true
    const waited = this.stage.get().kind === 'waiting'
    if (!waited) this.stage.set({ kind: 'joining' })
    const next = await this.#ask(waited)
    this.#asking = false
    this.stage.set(next)
    if (!this.#left) {
      // How the look went is a stage, so nothing is left to be said here.
      if (next.kind === 'waiting') this.#timer = setTimeout(() => void this.join(), ASK_AGAIN)
    } else if (!waited || next.kind !== 'waiting') this.#late(next)
  }

  async #ask(waited: boolean): Promise<JoinStage> {
    try {
      const answer = await this.#api.call('sharing.join', this.link.get().trim())
      if (answer.kind === 'waiting') return { kind: 'waiting', trouble: null }
      // The request is kept where it was made: what passes by itself does not end the waiting.
      const passes = answer.kind === 'failed' && waited && isPassing(answer.why, 'relay')
      return passes ? { kind: 'waiting', trouble: answer.why } : answer
    } catch (error) {
      return { kind: 'broken', sentence: failureText(error) }
    }
  }

  /** Back to the link. */
  again(): void {
    this.#stop()
    this.stage.set({ kind: 'asking-for-link' })
  }

  /** Nobody looks any more; what was asked for goes on. */
  leave(): void {
    this.#left = true
    this.#stop()
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
