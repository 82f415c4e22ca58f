/**
 * A connection: one app on one WebSocket, its documents multiplexed by channel. It decides nothing about documents; it
 * knows who proved what, holds to the limits, and ends what is not a message.
 */
import type { RawData, WebSocket } from 'ws'
import {
  RELAY_VERSIONS,
  decodeRelayPacket,
  encodeRelayFrame,
  encodeRelayMessage,
  type RelayMessage,
  type RelayMessageOf,
} from '../../shared/relay/relay-message.ts'
import { type Meeting, openBytes } from '../../shared/relay/relay-proof.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import { type Rate, spend } from '../../shared/protocol/rate.ts'
import type { RelayPorts } from '../relay-ports.ts'
import type { DocumentRoom } from '../rooms/document-room.ts'
import type { Lobby } from '../rooms/lobby.ts'
import { type Carrier, Channel } from './channel.ts'
import { Outbox } from './outbox.ts'
import { answerRequest } from './answer-request.ts'
import type { RelayDesk } from './relay-desk.ts'
import type { VaultDesk } from './vault-desk.ts'

export interface ConnectionParts {
  readonly ports: RelayPorts
  readonly lobby: Lobby
  readonly desk: RelayDesk
  readonly vaults: VaultDesk
  /** How a device that was let in begins; a test may put something else there. */
  readonly meet: (room: DocumentRoom, channel: Channel, refuse: (why: RelayRefusal, ends: boolean) => void) => void
}

/** Codes a WebSocket is closed with; 4000 and on are ours. */
export const CLOSE = {
  restarting: 1012,
  malformed: 4400,
  unproved: 4401,
  tooFast: 4429,
  version: 4426,
} as const

/** Who called: by which name of ours, and whether they may begin something new here. */
export interface Caller {
  readonly host: string
  readonly mayBegin: () => boolean
}

/** Bytes that must be read in the time after which one that reads nothing is let go; and how often the most that may wait so long. */
const LEAST = 64 * 1024
const MOST = 32

interface Opened {
  readonly channel: Channel
  readonly room: DocumentRoom
}

export class Connection implements Carrier {
  private readonly parts: ConnectionParts
  private readonly socket: WebSocket
  private readonly caller: Caller
  readonly meeting: Meeting
  private readonly channels = new Map<number, Opened>()
  private readonly deadline: ReturnType<typeof setTimeout>
  private isProved = false
  private bytesBeforeProof = 0
  private rate: Rate
  private isSpeaking = false
  private readonly outbox: Outbox
  /** Since when too much waits, and what had been read by then. */
  private lagging: { readonly since: number; readonly read: number } | null = null

  constructor(parts: ConnectionParts, socket: WebSocket, caller: Caller) {
    this.parts = parts
    this.socket = socket
    this.outbox = new Outbox(socket)
    this.caller = caller
    const { suite, clock, limits, mailbox, metrics } = parts.ports
    this.meeting = { host: caller.host, nonce: suite.random(32) }
    this.rate = { tokens: limits.messagesPerSecond, at: clock.now() }
    this.deadline = setTimeout(() => this.end(CLOSE.unproved), limits.proofTime)
    metrics.add('sockets', 1)
    socket.on('message', (data: RawData, isBinary: boolean) => this.guard(() => this.receive(data, isBinary)))
    socket.on('close', () => this.closed())
    // `close` follows; what went wrong on the way is nobody's business here.
    socket.on('error', () => socket.terminate())
    this.say({
      t: 'challenge',
      ...RELAY_VERSIONS,
      relay: mailbox.relayId,
      nonce: this.meeting.nonce,
      clock: clock.now(),
    })
  }

  sendFrame(chan: number, frame: Uint8Array): void {
    this.write(encodeRelayFrame(chan, frame))
  }

  say(message: RelayMessage): void {
    this.write(encodeRelayMessage(message))
  }

  isLagging(): boolean {
    return this.outbox.waiting > this.parts.ports.limits.laggingBytes
  }

  drop(chan: number): void {
    if (!this.channels.delete(chan)) return
    this.say({ t: 'closed', chan, why: 'busy' })
  }

  /**
   * To be called a few times a second: who reads too little for too long is let go. One large record may be more than
   * waits for anybody else; as long as it is read there is nothing wrong.
   */
  watch(now: number): void {
    const { limits, metrics } = this.parts.ports
    if (!this.isLagging()) {
      this.lagging = null
      return
    }
    const { waiting, gone: read } = this.outbox
    this.lagging ??= { since: now, read }
    const isTooMuch = waiting > limits.stalledBytes * MOST
    if (now - this.lagging.since < limits.stalledTime && !isTooMuch) return
    const least = waiting > limits.stalledBytes ? limits.stalledBytes : LEAST
    if (read - this.lagging.read >= least && !isTooMuch) {
      this.lagging = { since: now, read }
      return
    }
    metrics.count('sockets_stalled')
    // It reads nothing: it would not read a farewell either.
    this.socket.terminate()
  }

  goodbye(retry: number): void {
    this.say({ t: 'goodbye', retry })
  }

  end(code: number): void {
    this.outbox.flush()
    this.socket.close(code)
    // Who does not answer the closing is not waited for.
    setTimeout(() => this.socket.terminate(), 2000).unref()
  }

  mayBegin(): boolean {
    return this.caller.mayBegin()
  }

  /** The room of an open channel, and the device's member key. */
  opened(chan: number): { readonly room: DocumentRoom; readonly member: Uint8Array } | null {
    const opened = this.channels.get(chan)
    return opened === undefined ? null : { room: opened.room, member: opened.channel.memberKey }
  }

  private receive(data: RawData, isBinary: boolean): void {
    const { metrics, limits, clock } = this.parts.ports
    if (!isBinary || !(data instanceof Buffer)) return this.malformed()
    metrics.count('bytes_in', data.length)
    if (!this.isProved && (this.bytesBeforeProof += data.length) > limits.bytesBeforeProof)
      return this.end(CLOSE.unproved)
    const packet = decodeRelayPacket(data)
    if (packet === null) return this.malformed()
    if (packet.kind === 'frame') {
      // A channel that was closed here may still be spoken on there.
      this.channels.get(packet.chan)?.channel.receive(packet.frame)
      return
    }
    const rate = spend(this.rate, limits.messagesPerSecond, clock.now())
    if (rate === null) return this.end(CLOSE.tooFast)
    this.rate = rate
    const { message } = packet
    if (message.t === 'hello') return this.greet(message)
    if (!this.isSpeaking) return this.malformed()
    this.hear(message).catch((cause: unknown) => this.broken(cause))
  }

  private greet({ min, max }: RelayMessageOf<'hello'>): void {
    if (min > RELAY_VERSIONS.max || max < RELAY_VERSIONS.min) {
      this.say({ t: 'no', id: 0, why: 'version' })
      return this.end(CLOSE.version)
    }
    this.isSpeaking = true
  }

  private async hear(message: RelayMessage): Promise<void> {
    switch (message.t) {
      case 'open':
        return await this.open(message)
      case 'close': {
        const opened = this.channels.get(message.chan)
        this.channels.delete(message.chan)
        opened?.channel.end()
        return
      }
      default: {
        // Who does not read what was said is answered nothing large.
        if (this.isLagging() && 'id' in message) return this.say({ t: 'no', id: message.id, why: 'busy' })
        const answer = await answerRequest(this.parts, this, message)
        if (answer === 'malformed') return this.malformed()
        if (answer.t !== 'no') this.proved()
        this.say(answer)
      }
    }
  }

  private async open({ id, document, member, sig, rows }: RelayMessageOf<'open'>): Promise<void> {
    const { ports, lobby, meet } = this.parts
    const no = (why: RelayRefusal): void => {
      ports.metrics.count('documents_refused')
      this.say({ t: 'no', id, why })
    }
    if (!ports.suite.verify(openBytes(this.meeting, document), sig, member)) return no('refused')
    if (this.channels.size >= ports.limits.channels) return no('busy')
    const admission = await lobby.admit(document, member, rows, this.caller.mayBegin)
    if (admission.kind === 'out') return no(admission.why)
    if (admission.kind === 'behind') return this.say({ t: 'behind', id, rows: admission.rows })
    if (this.socket.readyState !== this.socket.OPEN) return
    this.proved()
    const { room } = admission
    const chan = room.document.number
    // Opened anew: what was before is over.
    this.channels.get(chan)?.channel.end()
    const channel = new Channel(this, chan, member)
    this.channels.set(chan, { channel, room })
    ports.metrics.count('documents_opened')
    this.say({ t: 'opened', id, chan })
    meet(room, channel, (why, ends) => {
      if (!ends) return this.say({ t: 'note', chan, why })
      this.channels.delete(chan)
      channel.end()
      this.say({ t: 'closed', chan, why })
    })
  }

  private proved(): void {
    this.isProved = true
    clearTimeout(this.deadline)
  }

  /** What is broken in us by one message costs its sender the WebSocket, and nobody else anything. */
  private guard(work: () => void): void {
    try {
      work()
    } catch (cause) {
      this.broken(cause)
    }
  }

  private broken(cause: unknown): void {
    this.parts.ports.metrics.count('messages_failed')
    this.parts.ports.log('message-failed', {
      error: cause instanceof Error ? (cause.stack ?? cause.message) : 'unknown',
    })
    this.socket.terminate()
  }

  private malformed(): void {
    this.parts.ports.metrics.count('frames_malformed')
    this.end(CLOSE.malformed)
  }

  private write(bytes: Uint8Array): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.parts.ports.metrics.count('bytes_out', bytes.length)
    this.outbox.send(bytes)
  }

  private closed(): void {
    clearTimeout(this.deadline)
    this.parts.ports.metrics.add('sockets', -1)
    for (const { channel } of Array.from(this.channels.values())) channel.end()
    this.channels.clear()
  }
}
