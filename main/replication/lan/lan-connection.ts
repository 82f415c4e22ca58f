/**
 * A connection: one TCP socket to another app, greeted, then encrypted. It says what messages came and, once, that it
 * ended and why; it notices by itself when the other side is gone. Whatever bytes come, it ends at worst.
 */
import type net from 'node:net'
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { ByteQueue } from './byte-queue.ts'
import { FrameCipher, LENGTH_BYTES, lengthOf } from './frame-cipher.ts'
import type { GreetingStep, LanGreeting, Secured } from './lan-greeting.ts'
import type { LanTimes } from './lan-limits.ts'
import { decodeMessage, encodeMessage, type LanMessage } from './lan-message.ts'

/** How a connection ended: it never came about, or it did. */
export type Ending =
  /** The address does not answer; nothing listens there; there is no way to it; it is the name of nothing. */
  | 'silent'
  | 'nothing-there'
  | 'no-way'
  | 'no-such-name'
  /** What the greeting ended with; not in time. */
  | 'version'
  | 'key'
  | 'garbled'
  | 'late'
  /** It was there, and then it was closed by us or them, or was not heard of any more. */
  | 'closed'
  | 'lost'

export interface ConnectionEvents {
  secured(secured: Secured): void
  message(message: Exclude<LanMessage, { op: 'ping' | 'pong' }>): void
  /** Once; nothing comes after it. */
  ended(ending: Ending): void
}

/** Bytes that may wait for a side that reads slowly: far more than a session has on its way. */
const MAX_WAITING = 64 * 1024 * 1024

export class LanConnection {
  private readonly suite: CryptoSuite
  private readonly socket: net.Socket
  private readonly times: LanTimes
  private readonly events: ConnectionEvents
  private readonly bytes = new ByteQueue()
  private greeting: LanGreeting | null
  private cipher: FrameCipher | null = null
  private wanted = LENGTH_BYTES
  private length: Uint8Array | null = null
  private ending: Ending | null = null
  private heardAt = 0
  private saidAt = 0
  private readonly timers = new Set<NodeJS.Timeout>()
  private beat: NodeJS.Timeout | null = null
  private readonly probes = new Set<(isThere: boolean) => void>()

  /** `isOpen`: the socket is connected already, because it was accepted. */
  constructor(parts: {
    suite: CryptoSuite
    socket: net.Socket
    greeting: LanGreeting
    times: LanTimes
    events: ConnectionEvents
    isOpen: boolean
  }) {
    this.suite = parts.suite
    this.socket = parts.socket
    this.greeting = parts.greeting
    this.times = parts.times
    this.events = parts.events
    const { socket, times } = parts
    socket.setNoDelay(true)
    socket.on('error', (cause: NodeJS.ErrnoException) => this.end(endingOf(cause.code)))
    socket.on('close', () => this.end('closed'))
    socket.on('end', () => this.end('closed'))
    socket.on('data', (piece: Buffer) => this.take(piece))
    // Who dials wants to know soon; who answers lets the other take its time.
    this.after(parts.isOpen ? times.handshake : times.connect, () => this.end(socket.connecting ? 'silent' : 'late'))
    if (parts.isOpen) this.step(parts.greeting.begin())
    else {
      socket.once('connect', () => {
        if (this.ending === null) this.step(parts.greeting.begin())
      })
    }
  }

  get isOpen(): boolean {
    return this.cipher !== null && this.ending === null
  }

  send(message: LanMessage): void {
    if (this.cipher === null || this.ending !== null) return
    this.saidAt = performance.now()
    this.socket.write(this.cipher.seal(encodeMessage(message)))
    if (this.socket.writableLength > MAX_WAITING) this.end('lost')
  }

  /** Ends it; what was sent before still goes out. */
  close(): void {
    this.end('closed')
  }

  /** Whether the other side is there: it must be heard of soon. */
  probe(): Promise<boolean> {
    if (!this.isOpen) return Promise.resolve(false)
    this.send({ op: 'ping' })
    return new Promise((resolve) => {
      const answer = (isThere: boolean): void => {
        clearTimeout(timer)
        this.probes.delete(answer)
        resolve(isThere)
      }
      const timer = this.after(this.times.probe, () => answer(false))
      this.probes.add(answer)
    })
  }

  /** Ends it unless the other side is heard of soon: the network has changed, or the computer slept. */
  doubt(): void {
    void this.probe().then((isThere) => {
      if (!isThere) this.end('lost')
    })
  }

  private take(piece: Uint8Array): void {
    if (this.ending !== null) return
    this.bytes.put(piece)
    // What is taken out may end it.
    while (this.ending === null) {
      const next = this.bytes.take(this.wanted)
      if (next === null) return
      if (this.greeting !== null) this.step(this.greeting.receive(next))
      else this.read(next)
    }
  }

  private step(step: GreetingStep): void {
    if (step.send !== null) this.socket.write(step.send)
    switch (step.kind) {
      case 'more':
        this.wanted = step.length
        return
      case 'failed':
        return this.end(step.why)
      case 'done': {
        this.greeting = null
        this.cipher = new FrameCipher(this.suite, step.secured.tx, step.secured.rx)
        this.wanted = LENGTH_BYTES
        for (const timer of this.timers) clearTimeout(timer)
        this.timers.clear()
        this.heardAt = this.saidAt = performance.now()
        this.beat = setInterval(() => this.watch(), Math.min(this.times.idle, this.times.lost) / 2)
        return this.events.secured(step.secured)
      }
    }
  }

  private read(bytes: Uint8Array): void {
    if (this.length === null) {
      const length = lengthOf(bytes)
      if (length === null) return this.end('garbled')
      this.length = bytes
      this.wanted = length
      return
    }
    const plaintext = this.cipher?.open(this.length, bytes) ?? null
    const message = plaintext === null ? null : decodeMessage(plaintext)
    this.length = null
    this.wanted = LENGTH_BYTES
    if (message === null) return this.end('garbled')
    this.heardAt = performance.now()
    for (const answer of this.probes) answer(true)
    if (message.op === 'ping') this.send({ op: 'pong' })
    else if (message.op !== 'pong') this.events.message(message)
  }

  private watch(): void {
    const now = performance.now()
    if (now - this.heardAt >= this.times.lost) this.end('lost')
    else if (now - Math.min(this.saidAt, this.heardAt) >= this.times.idle) this.send({ op: 'ping' })
  }

  private end(ending: Ending): void {
    if (this.ending !== null) return
    this.ending = ending
    for (const timer of this.timers) clearTimeout(timer)
    if (this.beat !== null) clearInterval(this.beat)
    for (const answer of this.probes) answer(false)
    // What is written goes out first, as far as the other side takes it soon.
    this.socket.end()
    setTimeout(() => this.socket.destroy(), 500).unref()
    this.events.ended(ending)
  }

  private after(milliseconds: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      run()
    }, milliseconds)
    this.timers.add(timer)
    return timer
  }
}

/** What the system says, in our words. */
function endingOf(code: string | undefined): Ending {
  switch (code) {
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
      return 'silent'
    case 'ECONNREFUSED':
      return 'nothing-there'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no-such-name'
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EINVAL':
      return 'no-way'
    default:
      return 'lost'
  }
}
