/** Another look at a folder some time from now, although nothing in it will have rung: what hinders one for a moment passes silently. */

const FIRST = 2000
const LAST = 60_000

export class LaterLook {
  private readonly look: () => void
  private timer: NodeJS.Timeout | null = null
  private delay = FIRST
  private closed = false
  private lastWanted = 0

  constructor(look: () => void) {
    this.look = look
  }

  /** After 2 s; after 4 s, 8 s… up to a minute when the look before did not help. */
  wanted(): void {
    if (this.closed || this.timer !== null) return
    const now = performance.now()
    // Nothing was wanted for a while: what is in the way now is something else.
    if (now - this.lastWanted > 2 * LAST) this.delay = FIRST
    this.lastWanted = now
    this.timer = setTimeout(() => {
      this.timer = null
      this.look()
    }, this.delay).unref()
    this.delay = Math.min(this.delay * 2, LAST)
  }

  close(): void {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
  }
}
