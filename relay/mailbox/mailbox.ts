/** Everything a relay keeps, and the one way to change it: a transaction, on the disk when it is done. */
import { DocumentRows } from './document-rows.ts'
import { ClaimRows } from './claim-rows.ts'
import { EnvelopeRows } from './envelope-rows.ts'
import { InviteRows } from './invite-rows.ts'
import { type MailboxDatabase, openMailbox } from './open-mailbox.ts'
import { PictureRows } from './picture-rows.ts'
import { VaultRows } from './vault-rows.ts'

export class Mailbox {
  readonly documents: DocumentRows
  readonly envelopes: EnvelopeRows
  readonly claims: ClaimRows
  readonly invites: InviteRows
  readonly vaults: VaultRows
  readonly pictures: PictureRows
  /** Names this relay: 32 random bytes, made with the mailbox. One that lost its mailbox is another relay. */
  readonly relayId: Uint8Array
  private readonly db: MailboxDatabase

  constructor(folder: string, random: (length: number) => Uint8Array) {
    this.db = openMailbox(folder)
    this.documents = new DocumentRows(this.db)
    this.envelopes = new EnvelopeRows(this.db)
    this.claims = new ClaimRows(this.db)
    this.invites = new InviteRows(this.db)
    this.vaults = new VaultRows(this.db)
    this.pictures = new PictureRows(this.db)
    this.db.prepare(`INSERT OR IGNORE INTO relay (name, value) VALUES ('id', ?)`).run(random(32))
    this.relayId = new Uint8Array(
      this.db.prepare<[], Uint8Array>(`SELECT value FROM relay WHERE name = 'id'`).pluck().get() ?? [],
    )
  }

  /** All of the work or none; on the disk when it answers. Work within work can be undone by itself. */
  transact<T>(work: () => T): T {
    return this.db.transaction(work).immediate()
  }

  /** Whether something written can be read again: what a health check asks. */
  isReady(probe: Uint8Array): boolean {
    try {
      this.db.prepare(`INSERT OR REPLACE INTO relay (name, value) VALUES ('probe', ?)`).run(probe)
      const read = this.db.prepare<[], Uint8Array>(`SELECT value FROM relay WHERE name = 'probe'`).pluck().get()
      return read !== undefined && Buffer.compare(read, probe) === 0
    } catch {
      // A disk that is full or gone: that is what the question is for.
      return false
    }
  }

  close(): void {
    this.db.close()
  }
}
