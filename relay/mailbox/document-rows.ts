/** Documents as a relay knows them: which there are, and the membership chain of each. */
import type { Statement } from 'better-sqlite3'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { MailboxDatabase } from './open-mailbox.ts'

export interface DocumentRow {
  readonly number: number
  readonly bytes: number
}

export class DocumentRows {
  private readonly select: Statement<[Uint8Array], DocumentRow>
  private readonly insert: Statement
  private readonly grow: Statement
  private readonly selectLinks: Statement<[number, number], StoredLink>
  private readonly insertLink: Statement
  private readonly countAll: Statement<[], { readonly documents: number; readonly bytes: number }>

  constructor(db: MailboxDatabase) {
    this.select = db.prepare('SELECT number, bytes FROM documents WHERE id = ?')
    this.insert = db.prepare('INSERT INTO documents (id, founded) VALUES (?, ?)')
    this.grow = db.prepare('UPDATE documents SET bytes = bytes + ? WHERE number = ?')
    this.selectLinks = db.prepare('SELECT op, hash, sig FROM links WHERE document = ? AND seq > ? ORDER BY seq')
    this.insertLink = db.prepare('INSERT INTO links (document, seq, op, hash, sig) VALUES (?, ?, ?, ?, ?)')
    this.countAll = db.prepare('SELECT count(*) AS documents, coalesce(sum(bytes), 0) AS bytes FROM documents')
  }

  find(documentId: Uint8Array): DocumentRow | null {
    return this.select.get(documentId) ?? null
  }

  found(documentId: Uint8Array, now: number): number {
    return Number(this.insert.run(documentId, now).lastInsertRowid)
  }

  /** Counts bytes that came, or went when negative. */
  count(document: number, bytes: number): void {
    this.grow.run(bytes, document)
  }

  /** Rows of the chain after the one of this number; -1 for all. */
  links(document: number, after: number): StoredLink[] {
    return this.selectLinks.all(document, after)
  }

  append(document: number, seq: number, { op, hash, sig }: StoredLink): void {
    this.insertLink.run(document, seq, op, hash, sig)
  }

  totals(): { readonly documents: number; readonly bytes: number } {
    return this.countAll.get() ?? { documents: 0, bytes: 0 }
  }
}
