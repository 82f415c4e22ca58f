/**
 * What is known of where the words of the page are, kept true: while one types, and until the main process was asked
 * after the last word was saved, nothing that was heard before counts for the words written since.
 */
import type { DocumentId } from '../../../shared/ids.ts'
import type { SyncView } from '../../../shared/ipc/together.ts'
import type { DocumentState } from '../../documents/document-state.ts'
import type { SheafApi } from '../../sheaf-api.ts'
import { Observable } from '../../window/observable.ts'
import { type SyncClaim, syncClaim } from './sync-claim.ts'

export class SyncWatch {
  /** The newest the main process said of the document on the page, or null. */
  readonly view = new Observable<SyncView | null>(null)
  readonly claim = new Observable<SyncClaim>({ kind: 'nothing' })
  readonly #api: SheafApi
  readonly #documentId: Observable<DocumentId | null>
  /** Whether every word was saved when the main process was asked last. */
  #fresh = false
  #saved = false
  #asked = 0

  constructor(api: SheafApi, documentId: Observable<DocumentId | null>, state: Observable<DocumentState | null>) {
    this.#api = api
    this.#documentId = documentId
    documentId.subscribe(() => this.#begin())
    state.subscribe(() => this.#follow(state.get()?.save === 'saved'))
    api.on('sync.changed', (view) => this.hear(view))
  }

  /** Takes in what the main process says; of another document nothing. */
  hear(view: SyncView): void {
    if (view.documentId !== this.#documentId.get()) return
    this.view.set(view)
    this.#say(syncClaim(view, this.#fresh))
  }

  #begin(): void {
    this.#asked += 1
    this.#saved = false
    this.#fresh = false
    this.view.set(null)
    this.#say({ kind: 'nothing' })
  }

  #follow(saved: boolean): void {
    if (saved === this.#saved) return
    this.#saved = saved
    if (saved) this.#ask()
    else {
      this.#asked += 1
      this.#fresh = false
      const view = this.view.get()
      if (view !== null) this.#say(syncClaim(view, false))
    }
  }

  #ask(): void {
    const documentId = this.#documentId.get()
    if (documentId === null) return
    this.#asked += 1
    const asked = this.#asked
    this.#api.call('sync.get', documentId).then(
      (view) => {
        if (asked !== this.#asked) return
        this.#fresh = true
        this.hear(view)
      },
      () => {
        // Said where it is asked for: nobody can tell who has the words.
        if (asked === this.#asked) this.#say({ kind: 'unknown' })
      },
    )
  }

  #say(claim: SyncClaim): void {
    if (JSON.stringify(claim) !== JSON.stringify(this.claim.get())) this.claim.set(claim)
  }
}
