/**
 * What came in parts and is not whole yet, of all who send: in memory, so bounded. Beyond that whoever has most of it is
 * sent away, for one who sends parts and never the last would otherwise take the memory of all.
 */
import type { RelayPorts } from '../relay-ports.ts'

interface Sender {
  readonly bytes: number
  readonly end: () => void
}

export class Unfinished {
  private readonly ports: Pick<RelayPorts, 'limits' | 'metrics'>
  private readonly senders = new Map<object, Sender>()
  private bytes = 0

  constructor(ports: Pick<RelayPorts, 'limits' | 'metrics'>) {
    this.ports = ports
  }

  /** So many bytes are unfinished of this sender now. */
  set(sender: object, bytes: number, end: () => void): void {
    this.leave(sender)
    if (bytes > 0) this.senders.set(sender, { bytes, end })
    this.count(bytes)
    while (this.bytes > this.ports.limits.unfinishedBytes) {
      const [most] = [...this.senders].sort(([, a], [, b]) => b.bytes - a.bytes)
      if (most === undefined) return
      const [largest, one] = most
      this.leave(largest)
      one.end()
    }
  }

  leave(sender: object): void {
    this.count(-(this.senders.get(sender)?.bytes ?? 0))
    this.senders.delete(sender)
  }

  private count(bytes: number): void {
    this.bytes += bytes
    this.ports.metrics.set('unfinished_bytes', this.bytes)
  }
}
