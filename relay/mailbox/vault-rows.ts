/** Vaults: what a person needs to come back with nothing but twelve words, encrypted; each under the key that names it. */
import type { Statement } from 'better-sqlite3'
import type { MailboxDatabase } from './open-mailbox.ts'

export interface Vault {
  readonly version: number
  readonly bytes: Uint8Array
  readonly sig: Uint8Array
}

export class VaultRows {
  private readonly select: Statement<[Uint8Array], Vault>
  private readonly put: Statement
  private readonly sum: Statement<[], number>

  constructor(db: MailboxDatabase) {
    this.select = db.prepare('SELECT version, bytes, sig FROM vaults WHERE id = ?')
    this.put = db.prepare('INSERT OR REPLACE INTO vaults (id, version, bytes, sig, changed) VALUES (?, ?, ?, ?, ?)')
    this.sum = db.prepare<[], number>('SELECT coalesce(sum(length(bytes)), 0) FROM vaults').pluck()
  }

  find(id: Uint8Array): Vault | null {
    return this.select.get(id) ?? null
  }

  bytes(): number {
    return this.sum.get() ?? 0
  }

  keep(id: Uint8Array, { version, bytes, sig }: Vault, now: number): void {
    this.put.run(id, version, bytes, sig, now)
  }
}
