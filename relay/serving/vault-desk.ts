/** Where vaults are left and fetched: each under a public key, changed only by who has the other half, one version at a time. */
import type { Vault } from '../mailbox/vault-rows.ts'
import { vaultBytes } from '../../shared/relay/relay-proof.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import type { RelayPorts } from '../relay-ports.ts'
import { hasRoom, recount } from '../rooms/held-bytes.ts'
import type { CommitQueue } from '../rooms/commit-queue.ts'

export class VaultDesk {
  private readonly ports: RelayPorts
  private readonly commits: CommitQueue

  constructor(ports: RelayPorts, commits: CommitQueue) {
    this.ports = ports
    this.commits = commits
  }

  find(id: Uint8Array): Vault | null {
    return this.ports.mailbox.vaults.find(id)
  }

  /** Null when it is kept. 'stale' when another version came first: whoever made this one looks again and makes it anew. */
  async put(id: Uint8Array, vault: Vault, by: { mayBegin(): boolean }): Promise<RelayRefusal | null> {
    const { suite, mailbox, clock, limits, metrics } = this.ports
    if (vault.bytes.length > limits.vaultBytes) return 'too-big'
    if (!suite.verify(vaultBytes(suite, id, vault.version, vault.bytes), vault.sig, id)) return 'refused'
    if (mailbox.vaults.find(id) === null && !by.mayBegin()) return 'busy'
    const put = (): RelayRefusal | 'kept' => {
      const before = mailbox.vaults.find(id)
      if (vault.version !== (before?.version ?? 0) + 1) return 'stale'
      const growth = vault.bytes.length - (before?.bytes.length ?? 0)
      if (growth > 0 && !hasRoom(this.ports, growth)) return 'quota'
      mailbox.vaults.keep(id, vault, clock.now())
      metrics.add('held_bytes', growth)
      return 'kept'
    }
    const outcome = await this.commits.commit(put, () => recount(this.ports))
    return outcome === 'kept' ? null : (outcome ?? 'busy')
  }
}
