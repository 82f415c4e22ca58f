/** A library as the page needs it, in memory: documents to link to, and what was asked of them. */
import type { DocumentId } from '../../shared/ids.ts'
import type { LibraryEntry, LibraryView } from '../../shared/ipc/contract.ts'
import type { DocumentLinks } from '../mentions/document-links.ts'
import { Observable } from '../window/observable.ts'
import { entry, library } from './entries.ts'

export class MemoryLinks implements DocumentLinks {
  readonly library: Observable<LibraryView | null>
  /** What was opened, as `title` or `title, in a new window`; what was copied, and restored. */
  readonly done: string[] = []
  /** Makes creating fail. */
  failing = false
  /** Leaves creating unanswered until it is called. */
  answer: (() => void) | null = null
  holding = false

  constructor(entries: readonly LibraryEntry[] = [], facts: Partial<LibraryView> = {}) {
    this.library = new Observable<LibraryView | null>(library(entries, facts))
  }

  /** Gives the library other rows. */
  change(work: (view: LibraryView) => Partial<LibraryView>): void {
    const view = this.library.get() ?? library([])
    this.library.set({ ...view, ...work(view) })
  }

  open(documentId: DocumentId, label: string, inNewWindow: boolean): void {
    const row = this.library.get()?.entries.find((each) => each.documentId === documentId)
    this.done.push(`${row?.title ?? `no ${label}`}${inNewWindow ? ', in a new window' : ''}`)
  }

  async create(title: string): Promise<DocumentId | null> {
    if (this.holding) await new Promise<void>((resolve) => (this.answer = resolve))
    if (this.failing) return null
    const made = entry(title)
    this.change(({ entries }) => ({ entries: [made, ...entries] }))
    return made.documentId
  }

  copyAddress(href: string): void {
    this.done.push(`copied ${href}`)
  }

  restore({ title }: LibraryEntry): void {
    this.done.push(`restored ${title}`)
  }
}
