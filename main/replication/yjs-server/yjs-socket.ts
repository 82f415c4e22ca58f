/** One WebSocket to a plain Yjs server, from dialling to its end, with what its messages mean. */
import { WebSocket } from 'ws'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import { whyNotOpened, whyUnreachable } from '../../replication/relay/why-unreachable.ts'
import type { Heard, YjsWire } from './yjs-wire.ts'

export interface SocketListener {
  opened(): void
  /** Throws `RangeError` for what must not come. */
  heard(heard: Heard): void
  /** It is over, for this reason. At most once. */
  ended(why: WhyNot): void
}

/** Milliseconds until a server must have opened the connection. */
const PATIENCE = 8000
/** Bytes of one message: a whole document may come in one. */
const LARGEST_MESSAGE = 64 * 2 ** 20
const POLICY = 1008
const TOO_BIG = 1009

export class YjsSocket {
  private readonly socket: WebSocket
  private readonly listener: SocketListener
  private readonly wire: YjsWire
  private why: WhyNot | null = null
  private isOver = false

  constructor(address: URL, wire: YjsWire, listener: SocketListener, certificates: string | null) {
    this.wire = wire
    this.listener = listener
    this.socket = new WebSocket(address, {
      handshakeTimeout: PATIENCE,
      maxPayload: LARGEST_MESSAGE,
      perMessageDeflate: false,
      followRedirects: false,
      ...(certificates === null ? {} : { ca: certificates }),
    })
    this.socket.binaryType = 'nodebuffer'
    this.socket.on('unexpected-response', (_, response) => {
      const status = response.statusCode ?? 0
      this.why ??= status === 401 || status === 403 ? 'key' : whyNotOpened(status)
      this.socket.terminate()
    })
    this.socket.on('error', (cause) => (this.why ??= whyUnreachable(cause)))
    this.socket.on('open', () => {
      for (const message of wire.opening) this.send(message)
      listener.opened()
    })
    this.socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    this.socket.on('close', (code) => this.over(whyClosed(code)))
  }

  send(message: Uint8Array): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(message)
  }

  /** Ends it; the listener hears of it at once, with this reason. */
  end(why: WhyNot): void {
    this.why ??= why
    this.socket.close()
    setTimeout(() => this.socket.terminate(), 500).unref()
    this.over(why)
  }

  private receive(data: unknown, isBinary: boolean): void {
    if (this.isOver) return
    let heard: Heard
    try {
      if (!isBinary || !(data instanceof Buffer)) throw new RangeError('The server sent text.')
      heard = this.wire.read(new Uint8Array(data))
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      return this.end('not-a-relay')
    }
    this.listener.heard(heard)
  }

  private over(why: WhyNot): void {
    if (this.isOver) return
    this.isOver = true
    this.listener.ended(this.why ?? why)
  }
}

/** Codes from 4400 on repeat those of HTTP. */
function whyClosed(code: number): WhyNot {
  if (code === 4401 || code === 4403 || code === POLICY) return 'key'
  return code === TOO_BIG || (code >= 4400 && code < 4500 && code !== 4408) ? 'refused' : 'relay-unreachable'
}
