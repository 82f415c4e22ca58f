/** One of the servers that are measured, in a process of its own: `node server-process.ts KIND FOLDER`. It prints its port. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from '@hocuspocus/server'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { sodiumSuite } from '../../main/identity/sodium-suite.ts'
import { RelayServer } from '../../relay/relay-server.ts'

const [, , kind, data = ''] = process.argv

async function start(): Promise<number> {
  if (kind === 'relay') {
    const limits = { socketsPerAddress: 1000, newSocketsPerSecond: 1000 }
    const config = { host: '127.0.0.1', port: 0, data, cert: null, key: null, behindProxy: false, names: [], limits }
    return await new RelayServer({ config, suite: sodiumSuite, log: () => undefined }).start()
  }
  if (kind === 'hocuspocus') {
    const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false })
    await server.listen()
    return server.address.port
  }
  const server = http.createServer()
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (socket, request) => setupWSConnection(socket, request))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

process.stdout.write(`port ${await start()}\n`)
