/** Invites as a relay keeps them: the box that is handed out with the last step in, and who waits for an owner's word. */
import type { Statement } from 'better-sqlite3'
import type { JoinRequest } from '../../shared/relay/relay-message.ts'
import type { MailboxDatabase } from './open-mailbox.ts'

export class InviteRows {
  private readonly select: Statement<[number, Uint8Array], Uint8Array>
  private readonly put: Statement
  private readonly remove: Statement
  private readonly countOpen: Statement<[number], number>
  private readonly putRequest: Statement
  private readonly selectRequests: Statement<[number], JoinRequest>
  private readonly removeRequest: Statement
  private readonly removeRequestsOf: Statement
  private readonly removeOld: Statement

  constructor(db: MailboxDatabase) {
    this.select = db
      .prepare<[number, Uint8Array], Uint8Array>('SELECT box FROM invites WHERE document = ? AND invite = ?')
      .pluck()
    this.put = db.prepare('INSERT OR REPLACE INTO invites (document, invite, box) VALUES (?, ?, ?)')
    this.remove = db.prepare('DELETE FROM invites WHERE document = ? AND invite = ?')
    this.countOpen = db.prepare<[number], number>('SELECT count(*) FROM invites WHERE document = ?').pluck()
    this.putRequest = db.prepare(
      'INSERT OR REPLACE INTO requests (document, root, invite, member, consent, name, asked) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.selectRequests = db.prepare(
      'SELECT invite, root, member, consent, name FROM requests WHERE document = ? ORDER BY asked, root',
    )
    this.removeRequest = db.prepare('DELETE FROM requests WHERE document = ? AND root = ?')
    this.removeRequestsOf = db.prepare('DELETE FROM requests WHERE document = ? AND invite = ?')
    this.removeOld = db.prepare('DELETE FROM requests WHERE asked < ?')
  }

  /** The box, encrypted for whoever has the link. */
  find(document: number, invite: Uint8Array): Uint8Array | null {
    const box = this.select.get(document, invite)
    return box === undefined ? null : new Uint8Array(box)
  }

  count(document: number): number {
    return this.countOpen.get(document) ?? 0
  }

  keep(document: number, invite: Uint8Array, box: Uint8Array): void {
    this.put.run(document, invite, box)
  }

  drop(document: number, invite: Uint8Array): void {
    this.remove.run(document, invite)
    this.removeRequestsOf.run(document, invite)
  }

  ask(document: number, { root, invite, member, consent, name }: JoinRequest, now: number): void {
    this.putRequest.run(document, root, invite, member, consent, name, now)
  }

  requests(document: number): JoinRequest[] {
    return this.selectRequests.all(document)
  }

  answer(document: number, root: Uint8Array): void {
    this.removeRequest.run(document, root)
  }

  /** Forgets whom nobody answered since `before`, in milliseconds. */
  forget(before: number): void {
    this.removeOld.run(before)
  }
}
