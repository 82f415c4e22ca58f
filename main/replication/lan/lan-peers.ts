/**
 * The apps this one is connected to, by their keys. Two that dial each other at once have two connections: the one whose
 * key is lower chooses, and keeps the one it has as long as the other app answers on it. So both use the same one.
 */
import type { LanConnection } from './lan-connection.ts'
import { MAX_PEERS } from './lan-limits.ts'
import { WHOLE_CONNECTION } from './lan-message.ts'
import type { LanPeer } from './lan-peer.ts'

/** Connections of one app at a time: both dialled, on two networks. */
const MAX_OF_ONE = 4

export class LanPeers {
  private readonly byKey = new Map<string, LanPeer[]>()

  has(key: string): boolean {
    return this.byKey.has(key)
  }

  all(): readonly LanPeer[] {
    return [...this.byKey.values()].flat()
  }

  /** Those over which documents are spoken of. */
  used(): readonly LanPeer[] {
    return this.all().filter((peer) => peer.isUsed)
  }

  /** Takes one more, or closes it: there are too many, or another connection of that app is kept. */
  add(key: string, peer: LanPeer, chooses: boolean): void {
    const others = this.byKey.get(key) ?? []
    const isTooMuch = others.length >= MAX_OF_ONE || (others.length === 0 && this.byKey.size >= MAX_PEERS)
    this.byKey.set(key, [...others, peer])
    if (isTooMuch) return part(peer.connection, 'busy')
    if (!chooses) return
    const current = others.find((other) => other.isUsed)
    if (current === undefined) return peer.begin()
    void current.connection.probe().then((isThere) => {
      if (isThere) return part(peer.connection, 'doubled')
      current.connection.close()
      // Unless it is gone as well, or was begun when the current one ended.
      if (!peer.isUsed) peer.begin()
    })
  }

  /** The other app has begun to use this connection: it is the one that counts. */
  chosen(key: string, peer: LanPeer): void {
    for (const other of this.byKey.get(key) ?? []) if (other !== peer && other.isUsed) other.connection.close()
  }

  /** The connection is over. `chooses`: another one of the same app is used instead. */
  remove(key: string, peer: LanPeer, chooses: boolean): void {
    const others = (this.byKey.get(key) ?? []).filter((other) => other !== peer)
    if (others.length === 0) this.byKey.delete(key)
    else this.byKey.set(key, others)
    const [next] = others
    if (chooses && peer.isUsed && next !== undefined && others.every((other) => !other.isUsed)) next.begin()
  }
}

function part(connection: LanConnection, parting: 'busy' | 'doubled'): void {
  connection.send({ op: 'close', channel: WHOLE_CONNECTION, parting })
  connection.close()
}
