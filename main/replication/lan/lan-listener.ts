/** A listener: the one port on which this app answers, on whatever addresses the computer has. */
import net from 'node:net'
import type { HandshakeGate } from './handshake-gate.ts'
import { MAX_PEERS, MAX_UNFINISHED } from './lan-limits.ts'

export class LanListener {
  private readonly gate: HandshakeGate
  private readonly ports: () => readonly number[]
  private readonly accept: (socket: net.Socket) => void
  private server: net.Server | null = null

  /** `ports`: those it tries, in their order. `accept` is given those the gate let in; it is to let them out when they are greeted, or gone. */
  constructor(gate: HandshakeGate, ports: () => readonly number[], accept: (socket: net.Socket) => void) {
    this.gate = gate
    this.ports = ports
    this.accept = accept
  }

  /** Null while it does not listen. */
  get port(): number | null {
    const address = this.server?.listening === true ? this.server.address() : null
    return address === null || typeof address === 'string' ? null : address.port
  }

  /** Begins to listen; resolves when it does. Rejects with what the system said of the last port when it can't. */
  async open(): Promise<void> {
    const server = net.createServer({ noDelay: true }, (socket) => this.enter(socket))
    server.maxConnections = MAX_PEERS + MAX_UNFINISHED
    this.server = server
    await first(server, this.ports())
    server.on('error', () => {
      // One that could not be accepted, because there are too many files open: others can.
    })
    if (this.server !== server) server.close()
  }

  /** Closes the port. Connections there are go on. */
  close(): void {
    const { server } = this
    this.server = null
    if (server?.listening === true) server.close()
  }

  private enter(socket: net.Socket): void {
    // Whatever happens to it, before or after: nothing is thrown.
    socket.on('error', () => undefined)
    if (this.server === null || !this.gate.enter(socket.remoteAddress ?? '', performance.now())) {
      socket.destroy()
      return
    }
    this.accept(socket)
  }
}

/** At the first of these ports that is not taken. */
async function first(server: net.Server, [port = 0, ...others]: readonly number[]): Promise<void> {
  try {
    await anywhere(server, port)
  } catch (cause) {
    if (others.length === 0 || !hasCode(cause, ['EADDRINUSE', 'EACCES'])) throw cause
    await first(server, others)
  }
}

async function anywhere(server: net.Server, port: number): Promise<void> {
  try {
    await listening(server, port, '::')
  } catch (cause) {
    // Without IPv6.
    if (!hasCode(cause, ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'])) throw cause
    await listening(server, port, '0.0.0.0')
  }
}

function listening(server: net.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function hasCode(cause: unknown, codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code))
}
