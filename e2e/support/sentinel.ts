/** A web server that nobody should ever reach: it counts who does. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Sentinel {
  /** Its address, "127.0.0.1:PORT". */
  readonly host: string
  /** The paths asked for so far; "connection" for a connection that asked for nothing. */
  readonly visits: readonly string[]
  close(): Promise<void>
}

export async function startSentinel(): Promise<Sentinel> {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end('<script>window.reached = true</script>')
  })
  server.on('upgrade', (request, socket) => {
    visits.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    visits,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
