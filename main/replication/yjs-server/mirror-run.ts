/**
 * One run of a mirror on an open document: what comes from either side is put on the disk, words and whereabouts in one
 * transaction, before it is shown or sent.
 */
import { SheafError } from '../../../shared/errors.ts'
import type { InstanceGuard } from '../../documents/instance-guard.ts'
import type { DocumentChange } from '../../documents/document-change.ts'
import type { MirrorTable, PlacedRow } from '../../storage/mirror-table.ts'
import { DocumentMirror } from './document-mirror.ts'

/** What a bridge needs of an open document. */
export interface BridgedDocument {
  readonly documentId: string
  readonly mirrors: Pick<MirrorTable, 'rows' | 'keep' | 'replace'>
  state(): Uint8Array
  openInstance(): InstanceGuard
  /** Makes records of all edits so far. */
  seal(): void
  /** A record at once; it and the row are on the disk when it answers, in one transaction. */
  bring(guard: InstanceGuard, update: Uint8Array, beside: PlacedRow): void
}

/** Rows that are kept one by one before they are put together. */
const MOST_ROWS = 500

export class MirrorRun {
  readonly mirror: DocumentMirror
  /** Whether nothing was ever kept for this place: then the server is heard before anything is said. */
  readonly isNew: boolean
  private readonly document: BridgedDocument
  private readonly place: string
  private guard: InstanceGuard
  private rows: number
  private refolds = 0

  constructor(document: BridgedDocument, place: string, random: () => number) {
    this.document = document
    this.place = place
    this.guard = document.openInstance()
    const rows = document.mirrors.rows(place)
    this.rows = rows.length
    this.isNew = rows.length === 0
    this.mirror = new DocumentMirror({ state: document.state(), rows, writer: this.guard.clientId, random })
  }

  /** What the open document announces. */
  hear(change: DocumentChange): void {
    if (change.kind === 'refolded') {
      this.refolds += 1
      // What was written under the old id may not be on the page any more: its numbers would be given twice.
      this.guard = this.document.openInstance()
      this.mirror.refold(this.document.state(), this.guard.clientId)
    }
    if (change.kind === 'edited' && change.stream === 0 && change.by !== this.guard) this.mirror.hear(change.update)
  }

  /** Carries over and keeps what came since the last turn; answers what is to be sent. */
  turn(): readonly Uint8Array[] {
    // Only records have ids for good: an edit that is not one yet is made anew when Sheaf ends without a word.
    this.document.seal()
    const { ours, row, theirs } = this.mirror.settle()
    if (row === null) return theirs
    const placed = { place: this.place, row }
    if (ours === null) this.document.mirrors.keep(placed)
    else this.bring(ours, placed)
    this.rows += 1
    if (this.rows > MOST_ROWS) {
      this.document.mirrors.replace({ place: this.place, row: this.mirror.whole() })
      this.rows = 1
    }
    return theirs
  }

  private bring(ours: Uint8Array, placed: PlacedRow): void {
    const { refolds } = this
    this.document.bring(this.guard, ours, placed)
    // What we sign does not count any more: it would be gone at once, and be brought again without end.
    if (this.refolds > refolds) throw new SheafError('read-only', 'You may no longer write in this document.')
  }
}
