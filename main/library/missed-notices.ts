/**
 * What happened to documents while no window showed them: kept until one does, for as long as the program runs. What a
 * window shows is told at once.
 */
import type { DocumentId } from '../../shared/ids.ts'
import type { Announcement, WindowId } from '../sheaf.ts'

export class MissedNotices {
  private readonly announce: (announcement: Announcement) => void
  private readonly isShown: (documentId: DocumentId) => boolean
  private readonly missed = new Map<DocumentId, string>()

  constructor(announce: (announcement: Announcement) => void, isShown: (documentId: DocumentId) => boolean) {
    this.announce = announce
    this.isShown = isShown
  }

  /** One sentence about a document. Of several that nobody saw the last one is told. */
  tell(documentId: DocumentId, message: string): void {
    if (this.isShown(documentId)) this.announce({ name: 'document.notice', payload: { documentId, message } })
    else this.missed.set(documentId, message)
  }

  /** A window is about to show the document: it is told what it missed, once it has the document. */
  opened(documentId: DocumentId, window: WindowId): void {
    const message = this.missed.get(documentId)
    if (message === undefined) return
    this.missed.delete(documentId)
    setImmediate(() => this.announce({ name: 'document.notice', payload: { documentId, message }, to: window }))
  }
}
