/**
 * What came and is not taken in yet, of all who send and for all documents: parts of what is not whole, and records that
 * wait. In memory, so bounded. Beyond that whoever has most of it is sent away, for one who sends what is never whole would
 * otherwise take the memory of all; the others lose nothing.
 */
interface Held {
  readonly bytes: number
  readonly by: unknown
  readonly end: () => void
}

export class Unfinished {
  private readonly limit: number
  private readonly counted: (bytes: number) => void
  private readonly senders = new Map<object, Held>()
  private bytes = 0

  /** `limit` in bytes; `counted` hears how many there are. */
  constructor(limit: number, counted: (bytes: number) => void = () => undefined) {
    this.limit = limit
    this.counted = counted
  }

  /** So many bytes are unfinished of this sender now. Senders with one `by`, a connection, count as one. */
  set(sender: object, bytes: number, end: () => void, by: unknown = sender): void {
    this.leave(sender)
    if (bytes > 0) this.senders.set(sender, { bytes, by, end })
    this.count(bytes)
    while (this.bytes > this.limit) {
      const largest = this.largest()
      if (largest === null) return
      const [most, held] = largest
      this.leave(most)
      held.end()
    }
  }

  leave(sender: object): void {
    this.count(-(this.senders.get(sender)?.bytes ?? 0))
    this.senders.delete(sender)
  }

  /** What has most, of those of whom most is. */
  private largest(): [object, Held] | null {
    const sums = new Map<unknown, number>()
    for (const { by, bytes } of this.senders.values()) sums.set(by, (sums.get(by) ?? 0) + bytes)
    const order = [...this.senders].sort(
      ([, a], [, b]) => (sums.get(b.by) ?? 0) - (sums.get(a.by) ?? 0) || b.bytes - a.bytes,
    )
    return order[0] ?? null
  }

  private count(bytes: number): void {
    this.bytes += bytes
    this.counted(this.bytes)
  }
}
