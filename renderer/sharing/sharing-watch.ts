/** Who may do what with the document on the page, kept as the main process says it; null until it has said so. */
import type { DocumentId } from '../../shared/ids.ts'
import type { SharingView } from '../../shared/ipc/together.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { Observable } from '../window/observable.ts'

export class SharingWatch {
  readonly view = new Observable<SharingView | null>(null)
  readonly #documentId: Observable<DocumentId | null>
  #asked = 0

  constructor(api: SheafApi, documentId: Observable<DocumentId | null>, onFailure: (error: unknown) => void) {
    this.#documentId = documentId
    api.on('sharing.changed', (view) => this.hear(view))
    documentId.subscribe(() => {
      this.view.set(null)
      this.#asked += 1
      const [number, document] = [this.#asked, documentId.get()]
      if (document === null) return
      // Of a page that was left, and may be back, the answer is old and its failure nobody's.
      const isLast = () => number === this.#asked
      api.call('sharing.get', document).then(
        // What was announced meanwhile is newer.
        (view) => isLast() && this.view.get() === null && this.hear(view),
        (error: unknown) => isLast() && onFailure(error),
      )
    })
  }

  /** Takes in what the main process says; of another document nothing. */
  hear(view: SharingView): void {
    if (view.documentId === this.#documentId.get()) this.view.set(view)
  }
}
