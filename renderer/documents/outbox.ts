/**
 * Updates of this window that are not on disk yet, in the order they were made.
 *
 * Each is sent at once. After a failure nothing new overtakes it: once every answer is in, the rest is sent again one by
 * one, with growing pauses, for as long as it takes. Sending one twice is harmless.
 */
export interface OutboxState {
  readonly unsaved: number
  /** The last failure's sentence while it lasts, or null. */
  readonly failure: string | null
}

export interface OutboxPorts {
  /** Resolves when the update is on disk. */
  send(update: Uint8Array): Promise<void>
  /** One sentence about a failure, for the person. */
  explain(error: unknown): string
  onState(state: OutboxState): void
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<void>
}

const FIRST_PAUSE = 250
const LONGEST_PAUSE = 10_000

export class Outbox {
  readonly #ports: OutboxPorts
  #unsaved: Uint8Array[] = []
  #inFlight = 0
  #failure: string | null = null
  #retrying = false
  #wake: () => void = () => {}
  #waiting: (() => void)[] = []

  constructor(ports: OutboxPorts) {
    this.#ports = ports
  }

  get unsaved(): readonly Uint8Array[] {
    return this.#unsaved
  }

  add(update: Uint8Array): void {
    this.#unsaved.push(update)
    this.#report()
    if (this.#failure === null && !this.#retrying) this.#sendNow(update)
  }

  /** Resolves when everything is on disk; a pause between attempts is cut short. */
  async drained(): Promise<void> {
    if (this.#unsaved.length === 0) return
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#wake()
    await done
  }

  #sendNow(update: Uint8Array): void {
    this.#inFlight++
    this.#ports.send(update).then(
      () => {
        this.#inFlight--
        this.#saved(update)
        this.#retryWhenQuiet()
      },
      (error: unknown) => {
        this.#inFlight--
        this.#failed(error)
        this.#retryWhenQuiet()
      },
    )
  }

  #retryWhenQuiet(): void {
    if (this.#failure === null || this.#inFlight > 0 || this.#retrying) return
    this.#retrying = true
    void this.#retry()
  }

  /** Never rejects: every failure is a reason to wait and try again. */
  async #retry(): Promise<void> {
    let length = FIRST_PAUSE
    while (this.#unsaved.length > 0) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      await Promise.race([this.#ports.pause(this.#waiting.length > 0 ? FIRST_PAUSE : length), woken])
      length = Math.min(length * 2, LONGEST_PAUSE)
      try {
        for (let next = this.#unsaved[0]; next !== undefined; next = this.#unsaved[0]) {
          await this.#ports.send(next)
          this.#failure = null
          this.#saved(next)
        }
      } catch (error) {
        this.#failed(error)
      }
    }
    this.#retrying = false
  }

  #saved(update: Uint8Array): void {
    this.#unsaved = this.#unsaved.filter((other) => other !== update)
    if (this.#unsaved.length === 0) {
      this.#failure = null
      for (const resolve of this.#waiting.splice(0)) resolve()
    }
    this.#report()
  }

  #failed(error: unknown): void {
    this.#failure = this.#ports.explain(error)
    this.#report()
  }

  #report(): void {
    this.#ports.onState({ unsaved: this.#unsaved.length, failure: this.#failure })
  }
}
