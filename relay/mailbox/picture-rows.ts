/** Pictures on their way, sealed: each kept once, under a name that only members can tell a picture by. */
import type { Statement } from 'better-sqlite3'
import type { MailboxDatabase } from './open-mailbox.ts'

export class PictureRows {
  private readonly select: Statement<[number, Uint8Array], Uint8Array>
  private readonly selectOne: Statement<[number, Uint8Array], unknown>
  private readonly put: Statement

  constructor(db: MailboxDatabase) {
    this.select = db
      .prepare<[number, Uint8Array], Uint8Array>('SELECT bytes FROM pictures WHERE document = ? AND id = ?')
      .pluck()
    this.selectOne = db.prepare('SELECT 1 FROM pictures WHERE document = ? AND id = ?')
    this.put = db.prepare('INSERT OR REPLACE INTO pictures (document, id, bytes, received) VALUES (?, ?, ?, ?)')
  }

  has(document: number, id: Uint8Array): boolean {
    return this.selectOne.get(document, id) !== undefined
  }

  find(document: number, id: Uint8Array): Uint8Array | null {
    const bytes = this.select.get(document, id)
    return bytes === undefined ? null : new Uint8Array(bytes)
  }

  /** Keeps a picture under its name; answers how many bytes were kept there before. */
  replace(document: number, id: Uint8Array, bytes: Uint8Array, now: number): number {
    const before = this.select.get(document, id)?.length ?? 0
    this.put.run(document, id, bytes, now)
    return before
  }
}
