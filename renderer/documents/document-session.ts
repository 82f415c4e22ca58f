/**
 * One open document in this window: its Yjs document, what is unsaved of it, and what others did to it.
 *
 * Every update of the person's own goes to the main process at once and counts as unsaved until that answers. When the
 * main process replaces the document (`document.reset`, or `document.rebuild` after a held repair), a new Yjs document
 * with a new client id takes over and unsaved updates are put back into it.
 */
import * as Y from 'yjs'
import { FACTS, languageTag } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { FileState, OpenedDocument, WriteMode } from '../../shared/ipc/contract.ts'
import { Tripwire } from '../editor/binding/tripwire.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import type { DocumentNotice, SaveState } from './document-state.ts'
import { LANGUAGE, REMOTE, TITLE, UNSAVED } from './origins.ts'
import { Outbox, type OutboxState } from './outbox.ts'
import { nextFrame, RemoteInbox } from './remote-inbox.ts'

export interface SessionState {
  readonly save: SaveState
  readonly reason: string
  readonly file: FileState
  readonly mode: WriteMode
  readonly readOnlyReason: string
  readonly notice: DocumentNotice | null
}

/** Who shows the session's document. */
export interface SessionView {
  /** A new Yjs document takes the place of the last one. `previous` is null the first time. */
  onDocument(doc: Y.Doc, previous: Y.Doc | null): void
  onState(state: SessionState): void
  /** Others' changes are about to be shown. */
  onArrival(): void
  isComposing(): boolean
}

/** Stands in for the client id while others' updates are applied, so that the binding takes no text for this window's. */
const NOBODY = -1
/** A document that needs this many rebuilds is only shown: something about it can't be held. */
const MOST_REBUILDS = 3

export class DocumentSession {
  readonly documentId: DocumentId
  readonly inbox: RemoteInbox
  readonly #api: SheafApi
  readonly #view: SessionView
  readonly #outbox: Outbox
  readonly #stops: (() => void)[] = []
  #doc: Y.Doc | null = null
  #tripwire: Tripwire | null = null
  #state: SessionState | null = null
  #notices = 0
  /** What was said while the main process was still answering `document.open`. */
  #earlyNotice: DocumentNotice | null = null
  #rebuilding = false
  #rebuilds = 0
  /** What arrived while the main process was still answering `document.open`. */
  #early: Uint8Array[] | null = []
  #closed = false

  constructor(api: SheafApi, documentId: DocumentId, view: SessionView) {
    this.documentId = documentId
    this.#api = api
    this.#view = view
    this.inbox = new RemoteInbox({
      apply: (updates) => this.#applyRemote(updates),
      isComposing: () => view.isComposing(),
      nextFrame,
    })
    this.#outbox = new Outbox({
      send: (update) => api.call('document.append', documentId, 0, update),
      explain: (error) => (error instanceof SheafError ? error.message : t('page.saveFailed')),
      onState: (state) => this.#patch(saveStateOf(state)),
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    })
  }

  /** Opens the document. Rejects with `SheafError` when the main process can't. */
  async open(): Promise<void> {
    const own =
      <P extends { readonly documentId: DocumentId }>(listener: (payload: P) => void) =>
      (payload: P) => {
        if (payload.documentId === this.documentId) listener(payload)
      }
    this.#stops.push(
      this.#api.on(
        'document.updated',
        own(({ stream, update }) => {
          if (stream !== 0) return
          if (this.#early !== null) this.#early.push(update)
          else this.inbox.add(update)
        }),
      ),
      this.#api.on(
        'document.reset',
        own((opened) => this.#replace(opened)),
      ),
      this.#api.on(
        'document.file',
        own(({ file }) => this.#patch({ file })),
      ),
      this.#api.on(
        'document.notice',
        own(({ message }) => this.notify(message)),
      ),
    )
    const opened = await this.#api.call('document.open', this.documentId)
    if (this.#closed) return
    const early = this.#early ?? []
    this.#replace(opened)
    this.#applyRemote(early)
  }

  /** The document as it is now; there is one from the moment `open` resolves. */
  get doc(): Y.Doc | null {
    return this.#doc
  }

  get writable(): boolean {
    return this.#state?.mode === 'write' && !this.#rebuilding
  }

  get title(): string {
    const title = this.#doc?.getMap(FACTS).get('title')
    return typeof title === 'string' ? title : ''
  }

  setTitle(title: string): void {
    const doc = this.#doc
    if (doc === null || !this.writable || title === this.title) return
    this.byUser(() => doc.transact(() => doc.getMap(FACTS).set('title', title), TITLE))
  }

  /** What the document says it is written in, as a BCP 47 tag, or null. */
  get language(): string | null {
    return languageTag(this.#doc?.getMap(FACTS).get('language'))
  }

  setLanguage(language: string | null): void {
    const doc = this.#doc
    if (doc === null || !this.writable || language === this.language) return
    const facts = doc.getMap(FACTS)
    const set = () => (language === null ? facts.delete('language') : facts.set('language', language))
    this.byUser(() => doc.transact(set, LANGUAGE))
  }

  /** Runs what the person did; updates made outside are held back. */
  byUser<T>(act: () => T): T {
    return this.#tripwire === null ? act() : this.#tripwire.byUser(act)
  }

  /** Resolves when nothing is unsaved. */
  async saved(): Promise<void> {
    await this.#outbox.drained()
  }

  /** Stops listening at once; the main process hears of it when the last update is saved. */
  async close(): Promise<void> {
    this.#closed = true
    for (const stop of this.#stops.splice(0)) stop()
    this.inbox.clear()
    this.#tripwire?.stop()
    await this.saved()
    await this.#api.call('document.close', this.documentId)
  }

  /** The page no longer equals what is saved: takes the saved document and puts unsaved updates back in. */
  rebuild(detail: string): void {
    if (this.#rebuilding || this.#closed || this.#doc === null) return
    if (++this.#rebuilds > MOST_REBUILDS) {
      this.refuseWriting(t('page.cannotHold'))
      return
    }
    this.#rebuilding = true
    this.#patch({})
    this.#api.call('document.rebuild', this.documentId, detail).then(
      (opened) => {
        if (this.#closed) return
        this.#replace(opened)
        this.notify(t('page.stoppedRepair'))
      },
      (error: unknown) => {
        const reason = error instanceof SheafError ? error.message : t('page.rebuildFailed')
        this.#patch({ mode: 'read-only', readOnlyReason: reason })
        this.notify(reason)
      },
    )
  }

  /** The page can't hold this document safely: it is shown, not edited. */
  refuseWriting(reason: string): void {
    this.#patch({ mode: 'read-only', readOnlyReason: reason })
  }

  #replace(opened: OpenedDocument): void {
    const previous = this.#doc
    this.#tripwire?.stop()
    this.inbox.clear()
    this.#early = null
    this.#rebuilding = false
    const doc = createSteadyDocument()
    doc.clientID = opened.clientId
    Y.applyUpdate(doc, opened.state, REMOTE)
    const lost = putBack(doc, this.#outbox.unsaved)
    this.#doc = doc
    this.#tripwire = new Tripwire(doc, {
      onUpdate: (update) => this.#outbox.add(update),
      onHeld: (detail) => this.rebuild(detail),
    })
    const { file, mode, readOnlyReason } = opened
    const before = this.#state ?? { save: 'saved', reason: '', notice: this.#earlyNotice }
    this.#state = { ...before, file, mode, readOnlyReason }
    this.#view.onDocument(doc, previous)
    if (lost > 0) this.notify(t('page.lostPlace'))
    else this.#patch({})
  }

  #applyRemote(updates: readonly Uint8Array[]): void {
    const doc = this.#doc
    if (doc === null || updates.length === 0) return
    this.#view.onArrival()
    const ours = doc.clientID
    doc.clientID = NOBODY
    try {
      Y.transact(
        doc,
        () => {
          for (const update of updates) Y.applyUpdate(doc, update, REMOTE)
        },
        REMOTE,
      )
    } catch (error) {
      this.rebuild(`applying failed: ${error instanceof Error ? error.name : 'unknown'}`)
    } finally {
      doc.clientID = ours
    }
    if (doc.store.pendingStructs !== null) this.rebuild('an update is missing')
  }

  /** Shows one sentence to the person. */
  notify(message: string): void {
    const notice = { key: ++this.#notices, message }
    if (this.#state === null) this.#earlyNotice = notice
    else this.#patch({ notice })
  }

  #patch(change: Partial<SessionState>): void {
    if (this.#state === null) return
    this.#state = { ...this.#state, ...change }
    if (!this.#closed) this.#view.onState(this.#state)
  }
}

function saveStateOf({ unsaved, failure }: OutboxState): Pick<SessionState, 'save' | 'reason'> {
  if (failure !== null) return { save: 'not-saved', reason: failure }
  return { save: unsaved > 0 ? 'saving' : 'saved', reason: '' }
}

/** Applies updates that still fit the document. Answers how many did not: what they build on is gone. */
function putBack(doc: Y.Doc, updates: readonly Uint8Array[]): number {
  if (updates.length === 0) return 0
  const trial = createSteadyDocument()
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
  let lost = 0
  for (const update of updates) {
    Y.applyUpdate(trial, update)
    if (trial.store.pendingStructs === null) Y.applyUpdate(doc, update, UNSAVED)
    else lost++
  }
  trial.destroy()
  return lost
}
