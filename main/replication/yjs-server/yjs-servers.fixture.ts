/** Real y-websocket and Hocuspocus servers for tests, real providers as other people's programs, and a document of ours. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server as HocuspocusServer } from '@hocuspocus/server'
import { HocuspocusProvider } from '@hocuspocus/provider'
import { docs, setupWSConnection } from '@y/websocket-server/utils'
import { WebSocket, WebSocketServer } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { BODY, FACTS } from '../../../shared/document/document-shape.ts'
import { Desk, Pane } from '../../documents/open-document.fixture.ts'
import type { DocumentChange } from '../../documents/document-change.ts'
import type { OpenDocument } from '../../documents/open-document.ts'
import { YjsServerBridge } from './yjs-server-bridge.ts'
import type { YjsServerKind } from './yjs-wire.ts'

export const ROOM = 'a room'
export const TOKEN = 'open sesame'

export interface RunningServer {
  readonly url: string
  readonly port: number
  /** Ends it without a word to anybody. What it held is gone. */
  kill(): Promise<void>
}

/** `port` 0 is any that is free. */
export async function startServer(kind: YjsServerKind, port = 0): Promise<RunningServer> {
  return kind === 'hocuspocus' ? await startHocuspocus(port) : await startYWebsocket(port)
}

async function startYWebsocket(port: number): Promise<RunningServer> {
  const server = http.createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => setupWSConnection(socket, request))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const taken = (server.address() as AddressInfo).port
  return {
    port: taken,
    url: `ws://127.0.0.1:${taken}`,
    kill: async () => {
      docs.clear()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      docs.clear()
    },
  }
}

async function startHocuspocus(port: number): Promise<RunningServer> {
  const server = new HocuspocusServer({
    port,
    address: '127.0.0.1',
    quiet: true,
    stopOnSignals: false,
    onAuthenticate: async ({ token }) => {
      if (token !== TOKEN) throw new Error('no')
    },
  })
  await server.listen()
  const taken = server.address.port
  return {
    port: taken,
    url: `ws://127.0.0.1:${taken}`,
    kill: async () => {
      // Its own way of ending tells everybody to go and not come back.
      for (const socket of server.webSocketServer.clients) socket.terminate()
      server.webSocketServer.close()
      await new Promise((resolve) => server.httpServer.close(resolve))
    },
  }
}

/** Somebody's program in the room, with its own Yjs document. */
export class Guest {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider | HocuspocusProvider

  constructor(kind: YjsServerKind, url: string) {
    const polyfill = WebSocket as unknown as typeof globalThis.WebSocket
    this.provider =
      kind === 'hocuspocus'
        ? new HocuspocusProvider({
            url,
            name: ROOM,
            token: TOKEN,
            document: this.doc,
            WebSocketPolyfill: polyfill,
          } as never)
        : new WebsocketProvider(url, ROOM, this.doc, {
            WebSocketPolyfill: polyfill,
            disableBc: true,
            maxBackoffTime: 200,
          })
  }

  get body(): Y.XmlFragment {
    return this.doc.getXmlFragment(BODY)
  }

  write(text: string, at = this.body.length): Y.XmlText {
    const block = new Y.XmlElement('block')
    const run = new Y.XmlText(text)
    block.insert(0, [run])
    this.body.insert(at, [block])
    return run
  }

  leave(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}

/** A document of ours with a window on it, and the bridge that connects it. */
export class Connected {
  readonly document: OpenDocument
  readonly pane: Pane
  readonly bridge: YjsServerBridge
  readonly statuses: string[] = []
  private readonly desk: Desk

  constructor(
    desk: Desk,
    documentId: string,
    server: { kind?: YjsServerKind; url: string; token?: string | null; device?: string; takeOver?: boolean },
  ) {
    this.desk = desk
    this.document = desk.open(documentId)
    const { token = TOKEN, ...rest } = server
    this.bridge = new YjsServerBridge({
      document: this.document,
      room: ROOM,
      device: 'this computer',
      clock: { now: () => Date.now() },
      random: () => 0.001 + Math.random() / 10,
      ...rest,
      ...(token === null ? {} : { token }),
    })
    this.bridge.watch(({ state, problem }) => this.statuses.push(problem === null ? state : `${state}: ${problem}`))
    const pane = new Pane(this.document)
    this.pane = pane
    const { changes } = desk
    const push = Array.prototype.push.bind(changes) as (...items: DocumentChange[]) => number
    changes.push = (...items) => {
      for (const change of items) {
        this.bridge.hear(change)
        if (change.kind === 'edited' && change.by !== pane.guard) Y.applyUpdate(pane.doc, change.update, 'main')
      }
      return push(...items)
    }
  }

  /** Ends in good order, or without a word. */
  end(suddenly = false): void {
    this.bridge.stop()
    if (!suddenly) this.document.finish()
    this.document.close()
    this.desk.changes.push = Array.prototype.push.bind(this.desk.changes)
  }
}

/** What a document says, for people to read: its title, then its blocks. */
export function textOf(doc: Y.Doc): string {
  const title = doc.getMap(FACTS).get('title')
  const lines = doc.getXmlFragment(BODY).toArray().map(String)
  return [typeof title === 'string' ? title : '', ...lines].join('\n')
}
