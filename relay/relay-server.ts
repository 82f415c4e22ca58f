/**
 * A relay: a replica of many documents that can't read one of them, on a port. It begins with a mailbox in a folder and
 * ends without losing anything it acknowledged, however it ends.
 */
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { CryptoSuite } from '../shared/crypto/crypto-suite.ts'
import { SheafError } from '../shared/errors.ts'
import { MAX_MESSAGE, RELAY_PATH, RELAY_PROTOCOL } from '../shared/relay/relay-message.ts'
import { Mailbox } from './mailbox/mailbox.ts'
import { RELAY_LIMITS } from './relay-limits.ts'
import type { RelayConfig } from './relay-config.ts'
import type { RelayLog, RelayPorts } from './relay-ports.ts'
import { CommitQueue } from './rooms/commit-queue.ts'
import { recount } from './rooms/held-bytes.ts'
import { Lobby } from './rooms/lobby.ts'
import { AddressGate } from './serving/address-gate.ts'
import { CLOSE, Connection, type ConnectionParts } from './serving/connection.ts'
import { answerHttp, pathOf } from './serving/http-pages.ts'
import { Metrics } from './serving/metrics.ts'
import { RelayDesk } from './serving/relay-desk.ts'
import { VaultDesk } from './serving/vault-desk.ts'

const TICK = 250
/** Milliseconds a WebSocket has to say farewell, and apps are spread over when they come again. */
const GRACE = 5000
const SPREAD = 5000
const REQUESTS_KEPT = 30 * 24 * 3600 * 1000

export class RelayServer {
  private readonly config: RelayConfig
  private readonly ports: RelayPorts
  private readonly commits: CommitQueue
  private readonly lobby: Lobby
  private readonly gate: AddressGate
  private readonly server: http.Server
  private readonly sockets: WebSocketServer
  private readonly connections = new Set<Connection>()
  private readonly parts: ConnectionParts
  private readonly memoryBytes: number
  private timer: ReturnType<typeof setInterval> | null = null
  private tickedAt = 0
  private isEnding = false

  constructor(parts: {
    config: RelayConfig
    suite: CryptoSuite
    log: RelayLog
    clock?: RelayPorts['clock']
    meet?: ConnectionParts['meet']
  }) {
    const { config, suite, log, clock = { now: () => Date.now() } } = parts
    const limits = { ...RELAY_LIMITS, ...config.limits }
    const mailbox = new Mailbox(config.data, (length) => suite.random(length))
    const metrics = new Metrics()
    metrics.set('documents', mailbox.documents.totals().documents)
    this.config = config
    this.ports = { suite, clock, limits, mailbox, metrics, log }
    recount(this.ports)
    this.commits = new CommitQueue(this.ports)
    this.lobby = new Lobby(this.ports, this.commits)
    this.gate = new AddressGate(limits)
    this.memoryBytes = limits.memoryBytes || Math.floor(os.totalmem() * 0.75)
    const desk = new RelayDesk(this.ports, this.lobby)
    const vaults = new VaultDesk(this.ports, this.commits)
    const meet = parts.meet ?? ((room, channel, refuse) => room.meet(channel, refuse))
    this.parts = { ports: this.ports, lobby: this.lobby, desk, vaults, meet }
    const options = {
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      maxHeaderSize: 8192,
      connectionsCheckingInterval: 1000,
    }
    const answer: http.RequestListener = (request, response) => answerHttp(this.ports, this.isEnding, request, response)
    this.server =
      config.cert !== null && config.key !== null
        ? https.createServer(
            { ...options, cert: fs.readFileSync(config.cert), key: fs.readFileSync(config.key), minVersion: 'TLSv1.2' },
            answer,
          )
        : http.createServer(options, answer)
    this.sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_MESSAGE,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has(RELAY_PROTOCOL) ? RELAY_PROTOCOL : false),
    })
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
    this.server.on('clientError', (_, socket) => {
      // A caller that hung up in the middle of a request hears nothing any more.
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
      else socket.destroy()
    })
  }

  /** Begins to listen; answers the port. */
  async start(): Promise<number> {
    const { server, config } = this
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) =>
        reject(new SheafError('unsupported', `The relay can’t listen on port ${config.port}: ${cause.message}`)),
      )
      server.listen(config.port, config.host, resolve)
    })
    this.tickedAt = performance.now()
    this.timer = setInterval(() => this.tick(), TICK)
    const { port } = server.address() as AddressInfo
    this.ports.log('listening', { port, documents: this.ports.metrics.read('documents') })
    return port
  }

  /** Lets nobody new in, finishes what is begun, says when to come again, and ends. */
  async stop(): Promise<void> {
    if (this.isEnding) return
    this.isEnding = true
    this.ports.log('ending', { sockets: this.connections.size })
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    for (const connection of this.connections) connection.goodbye(Math.floor(Math.random() * SPREAD))
    this.commits.close()
    // What was committed is told before the farewell: promises first.
    await new Promise((resolve) => setTimeout(resolve, 50))
    for (const connection of Array.from(this.connections)) connection.end(CLOSE.restarting)
    this.server.closeIdleConnections()
    const impatient = setTimeout(() => this.server.closeAllConnections(), GRACE)
    for (const socket of this.sockets.clients) setTimeout(() => socket.terminate(), GRACE).unref()
    await closed
    clearTimeout(impatient)
    if (this.timer !== null) clearInterval(this.timer)
    this.lobby.close()
    this.ports.mailbox.close()
    this.ports.log('ended')
  }

  get metrics(): Metrics {
    return this.ports.metrics
  }

  private upgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    const turnAway = (status: string): void => {
      this.ports.metrics.count('sockets_turned_away')
      socket.on('error', () => socket.destroy())
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    const host = (request.headers.host ?? '').toLowerCase()
    const { names } = this.config
    if (pathOf(request) !== RELAY_PATH || request.headers['sec-websocket-protocol'] !== RELAY_PROTOCOL)
      return turnAway('404 Not Found')
    // A signature names the host it was made for: another relay can't use it here.
    if (names.length > 0 && !names.includes(host)) return turnAway('421 Misdirected Request')
    const { limits, clock } = this.ports
    const isFull = this.connections.size >= limits.sockets || process.memoryUsage.rss() > this.memoryBytes
    const address = this.addressOf(request)
    if (this.isEnding || isFull) return turnAway('503 Service Unavailable')
    if (!this.gate.enter(address, clock.now())) return turnAway('429 Too Many Requests')
    socket.once('close', () => this.gate.leave(address))
    this.sockets.handleUpgrade(request, socket, head, (accepted) => {
      this.ports.metrics.count('sockets_accepted')
      const connection = new Connection(this.parts, accepted, {
        host,
        mayBegin: () => this.gate.begin(address, clock.now()),
      })
      this.connections.add(connection)
      accepted.on('close', () => this.connections.delete(connection))
    })
  }

  private addressOf({ socket, headers }: http.IncomingMessage): string {
    const forwarded = headers['x-forwarded-for']
    // The last one is the one our own proxy saw; those before are whatever the caller wrote.
    const last =
      this.config.behindProxy && typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined
    return last ?? socket.remoteAddress ?? 'unknown'
  }

  private tick(): void {
    const now = performance.now()
    this.ports.metrics.set('event_loop_lag_seconds', Math.max(0, now - this.tickedAt - TICK) / 1000)
    this.tickedAt = now
    this.lobby.tick()
    const time = this.ports.clock.now()
    for (const connection of Array.from(this.connections)) connection.watch(time)
    this.gate.forget(time)
    if (time - this.forgotAt > 3_600_000) {
      this.forgotAt = time
      this.ports.mailbox.invites.forget(time - REQUESTS_KEPT)
    }
  }

  private forgotAt = 0
}
