/** A plain y-websocket server as a team runs one, and somebody's editor in one of its rooms. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { docs, setupWSConnection } from '@y/websocket-server/utils'
import { WebSocket, WebSocketServer } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export class RunningYjsServer {
  readonly url: string
  private readonly server: http.Server
  private readonly sockets: WebSocketServer

  private constructor(server: http.Server) {
    this.server = server
    this.sockets = new WebSocketServer({ server })
    this.sockets.on('connection', (socket, request) => setupWSConnection(socket, request))
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async start(): Promise<RunningYjsServer> {
    const server = http.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new RunningYjsServer(server)
  }

  /** Ends it without a word to anybody; what it held is gone. */
  async stop(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate()
    this.sockets.close()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
    docs.clear()
  }
}

/** An editor of other people's in a room: it knows of Sheaf only what docs/YJS.md says. */
export class RoomGuest {
  private readonly doc = new Y.Doc()
  private readonly provider: WebsocketProvider

  constructor(url: string, room: string) {
    const options = { WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket, disableBc: true }
    this.provider = new WebsocketProvider(url, room, this.doc, options)
  }

  get text(): string {
    return this.doc.getXmlFragment('body').toString()
  }

  get title(): unknown {
    return this.doc.getMap('facts').get('title')
  }

  /** Writes a paragraph at the end. */
  write(words: string): void {
    const block = new Y.XmlElement('block')
    block.insert(0, [new Y.XmlText(words)])
    this.doc.getXmlFragment('body').push([block])
  }

  leave(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}
