/**
 * What goes out on one WebSocket, in its order. It is handed over little by little: only what was handed over and is gone
 * has been read, and a WebSocket does not say of much at once how far it came.
 */
import type { WebSocket } from 'ws'

/** Bytes handed over before some of them have gone; one message at least. */
const AT_ONCE = 256 * 1024

export class Outbox {
  /** Bytes that have gone since the beginning. */
  gone = 0
  private readonly socket: WebSocket
  private readonly queue: Uint8Array[] = []
  private queued = 0
  private handed = 0

  constructor(socket: WebSocket) {
    this.socket = socket
  }

  /** Bytes that wait to be read. */
  get waiting(): number {
    return this.queued + this.handed
  }

  send(bytes: Uint8Array): void {
    this.queue.push(bytes)
    this.queued += bytes.length
    this.handOver()
  }

  /** Hands everything over: there will be no more. */
  flush(): void {
    for (const bytes of this.queue.splice(0)) this.socket.send(bytes)
    this.queued = 0
  }

  private handOver(): void {
    while (this.socket.readyState === this.socket.OPEN) {
      const [next] = this.queue
      if (next === undefined || (this.handed > 0 && this.handed + next.length > AT_ONCE)) return
      this.queue.shift()
      this.queued -= next.length
      this.handed += next.length
      this.socket.send(next, () => {
        this.handed -= next.length
        this.gone += next.length
        this.handOver()
      })
    }
  }
}
