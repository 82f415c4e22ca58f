/** One WebSocket to a relay, from dialling to its end: questions with their answers, and frames by channel. */
import { WebSocket } from 'ws'
import { equalBytes } from '../../../shared/ids.ts'
import {
  decodeRelayPacket,
  encodeRelayFrame,
  encodeRelayMessage,
  MAX_MESSAGE,
  RELAY_PATH,
  RELAY_PROTOCOL,
  RELAY_VERSIONS,
  type RelayMessage,
  type RelayMessageOf,
} from '../../../shared/relay/relay-message.ts'
import { type RelayRefusal, whyNotOf } from '../../../shared/relay/relay-refusal.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import { whyNotOpened, whyUnreachable } from './why-unreachable.ts'

/** Milliseconds until a relay must have said who it is, and answered. */
const PATIENCE = 8000

/** What is asked, without the number that finds the answer again. */
export type Question = {
  [T in RelayMessage['t']]: RelayMessageOf<T> extends { id: number } ? Omit<RelayMessageOf<T>, 'id'> : never
}[RelayMessage['t']]

export interface ConnectionListener {
  /** It said who it is, and may be asked. */
  ready(challenge: RelayMessageOf<'challenge'>): void
  frame(chan: number, frame: Uint8Array): void
  closed(chan: number, why: RelayRefusal): void
  note(chan: number, why: RelayRefusal): void
  /** It is over, for this reason; `retry` is when the relay asked to be called again. */
  ended(why: WhyNot, retry: number | null): void
}

export interface DialSetting {
  /** Certificates to trust beside the system's, in PEM: a relay of one's own. */
  readonly certificates?: string
  /** Versions that are offered. */
  readonly versions?: { readonly min: number; readonly max: number }
}

export class RelayConnection {
  private readonly socket: WebSocket
  private readonly listener: ConnectionListener
  private readonly versions: { readonly min: number; readonly max: number }
  private readonly answers = new Map<number, (answer: RelayMessage | null) => void>()
  private readonly patience: ReturnType<typeof setTimeout>
  private challenge: RelayMessageOf<'challenge'> | null = null
  private why: WhyNot | null = null
  private retry: number | null = null
  private asked = 0

  constructor(url: string, setting: DialSetting, listener: ConnectionListener) {
    this.listener = listener
    this.versions = setting.versions ?? RELAY_VERSIONS
    this.socket = new WebSocket(socketUrl(url), RELAY_PROTOCOL, {
      handshakeTimeout: PATIENCE,
      maxPayload: MAX_MESSAGE,
      perMessageDeflate: false,
      followRedirects: false,
      ...(setting.certificates === undefined ? {} : { ca: setting.certificates }),
    })
    this.socket.binaryType = 'nodebuffer'
    this.patience = setTimeout(() => this.fail('not-a-relay'), PATIENCE + 1000)
    this.socket.on('unexpected-response', (_, response) => {
      this.why ??= whyNotOpened(response.statusCode ?? 0)
      this.socket.terminate()
    })
    this.socket.on('error', (cause) => (this.why ??= whyUnreachable(cause)))
    this.socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    this.socket.on('close', (code) => this.closed(code))
  }

  get isReady(): boolean {
    return this.challenge !== null && this.socket.readyState === this.socket.OPEN
  }

  /** The answer, or null when none came: the connection ended, or the relay took too long. */
  ask(question: Question): Promise<RelayMessage | null> {
    if (!this.isReady) return Promise.resolve(null)
    const id = (this.asked += 1)
    return new Promise((resolve) => {
      const late = setTimeout(() => answered(null), PATIENCE)
      const answered = (answer: RelayMessage | null): void => {
        clearTimeout(late)
        this.answers.delete(id)
        resolve(answer)
      }
      this.answers.set(id, answered)
      this.say({ ...question, id } as RelayMessage)
    })
  }

  say(message: RelayMessage): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(encodeRelayMessage(message))
  }

  sendFrame(chan: number, frame: Uint8Array): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(encodeRelayFrame(chan, frame))
  }

  close(): void {
    this.fail('relay-unreachable')
  }

  private receive(data: unknown, isBinary: boolean): void {
    const packet = isBinary && data instanceof Buffer ? decodeRelayPacket(data) : null
    if (packet === null) return this.fail('not-a-relay')
    if (packet.kind === 'frame') return this.listener.frame(packet.chan, packet.frame)
    const { message } = packet
    if (this.challenge === null) return this.meet(message)
    if (message.t === 'closed') return this.listener.closed(message.chan, message.why)
    if (message.t === 'note') return this.listener.note(message.chan, message.why)
    if (message.t === 'goodbye') this.retry = message.retry
    // Of no question in particular: it speaks no version of ours.
    else if (message.t === 'no' && message.id === 0) this.fail(whyNotOf(message.why))
    else if ('id' in message) this.answers.get(message.id)?.(message)
    else if (message.t !== 'challenge' || !equalBytes(message.nonce, this.challenge.nonce)) this.fail('not-a-relay')
  }

  private meet(message: RelayMessage): void {
    if (message.t !== 'challenge') return this.fail('not-a-relay')
    const { min, max } = this.versions
    if (message.min > max || message.max < min) return this.fail('version')
    clearTimeout(this.patience)
    this.challenge = message
    this.say({ t: 'hello', min, max })
    this.listener.ready(message)
  }

  private fail(why: WhyNot): void {
    this.why ??= why
    // A farewell when it can be said, and never a wait for the answer.
    this.socket.close()
    setTimeout(() => this.socket.terminate(), 500).unref()
  }

  private closed(code: number): void {
    clearTimeout(this.patience)
    for (const answered of Array.from(this.answers.values())) answered(null)
    this.listener.ended(
      this.why ?? (code === VERSION ? 'version' : code === TOO_FAST ? 'busy' : 'relay-unreachable'),
      this.retry,
    )
  }
}

const VERSION = 4426
const TOO_FAST = 4429

function socketUrl(url: string): URL {
  const dialled = new URL(url)
  dialled.protocol = dialled.protocol === 'https:' || dialled.protocol === 'wss:' ? 'wss:' : 'ws:'
  dialled.pathname = `${dialled.pathname.replace(/\/$/, '')}${RELAY_PATH}`
  dialled.search = ''
  dialled.hash = ''
  return dialled
}
