/**
 * Updates from others, waiting for a moment in which applying them can't disturb the person.
 *
 * They are applied in order and in one go per frame; never while a word is being composed, and never between pressing the
 * mouse and the selection it makes, because the page under the pointer must not move.
 */
export interface InboxPorts {
  apply(updates: readonly Uint8Array[]): void
  /** Whether a composition is going on. */
  isComposing(): boolean
  /** Calls back at the next frame, or soon in a hidden window. Answers how to call it off. */
  nextFrame(callback: () => void): () => void
}

export class RemoteInbox {
  readonly #ports: InboxPorts
  #waiting: Uint8Array[] = []
  #cancel: (() => void) | null = null
  #pressed = false

  constructor(ports: InboxPorts) {
    this.#ports = ports
  }

  add(update: Uint8Array): void {
    this.#waiting.push(update)
    this.#schedule()
  }

  /** The pointer went down on the page. */
  press(): void {
    this.#pressed = true
  }

  /** The selection changed, or the pointer was let go. */
  release(): void {
    this.#pressed = false
  }

  /** Applies what waits, whatever the person is doing. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    const updates = this.#waiting
    this.#waiting = []
    if (updates.length > 0) this.#ports.apply(updates)
  }

  /** Forgets what waits: a newer state holds it. */
  clear(): void {
    this.#waiting = []
    this.#cancel?.()
    this.#cancel = null
  }

  #schedule(): void {
    if (this.#cancel !== null) return
    this.#cancel = this.#ports.nextFrame(() => {
      this.#cancel = null
      if (this.#pressed || this.#ports.isComposing()) this.#schedule()
      else this.flush()
    })
  }
}

/** The next animation frame; a hidden window has none, so a timer stands in. */
export function nextFrame(callback: () => void): () => void {
  const done = () => {
    cancel()
    callback()
  }
  const frame = requestAnimationFrame(done)
  const timer = setTimeout(done, 250)
  const cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  return cancel
}
