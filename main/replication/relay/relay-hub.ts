/** The relays an app knows: one client for each address, shared by all its documents. */
import { RelayClient, type RelayClientParts } from './relay-client.ts'

export class RelayHub {
  private readonly parts: RelayClientParts
  private readonly clients = new Map<string, RelayClient>()

  constructor(parts: RelayClientParts) {
    this.parts = parts
  }

  relay(url: string): RelayClient {
    const { origin, pathname } = new URL(url.replace(/^ws/, 'http'))
    const name = `${origin}${pathname.replace(/\/$/, '')}`
    const known = this.clients.get(name)
    if (known !== undefined) return known
    const client = new RelayClient(name, this.parts)
    this.clients.set(name, client)
    return client
  }

  stop(): void {
    for (const client of this.clients.values()) client.stop()
    this.clients.clear()
  }
}
