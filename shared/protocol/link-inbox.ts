/**
 * The hearing side of a link, whatever it goes over: frames that come before anybody listens are kept for them, and the
 * end is said once.
 */
export interface LinkListener {
  receive(frame: Uint8Array): void
  /** At most once; nothing is received after it. */
  closed(): void
}

/** Bytes that wait for somebody to listen: more comes of nobody who keeps to the protocol. */
const MAX_EARLY = 8 * 1024 * 1024

export class LinkInbox {
  isOpen = true
  private listener: LinkListener | null = null
  private readonly early: Uint8Array[] = []
  private earlyBytes = 0

  listen(listener: LinkListener): void {
    this.listener = listener
    for (const frame of this.early.splice(0)) listener.receive(frame)
    if (!this.isOpen) listener.closed()
  }

  /** Hands a frame on, or keeps it. False when more waits than may: the link is to be closed. */
  receive(frame: Uint8Array): boolean {
    if (!this.isOpen) return true
    if (this.listener !== null) this.listener.receive(frame)
    else {
      this.early.push(frame)
      this.earlyBytes += frame.length
    }
    return this.earlyBytes <= MAX_EARLY
  }

  /** Ends it, and tells whoever listens. False when it had ended before. */
  end(): boolean {
    if (!this.isOpen) return false
    this.isOpen = false
    if (this.listener !== null) this.listener.closed()
    return true
  }
}
