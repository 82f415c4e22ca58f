/** The main process as the page needs it: one document in memory, any number of windows, failures at will. */
import * as Y from 'yjs'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { SheafError } from '../../shared/errors.ts'
import type {
  CallName,
  EventName,
  ImportReport,
  OpenedDocument,
  SheafCalls,
  SheafEvents,
  WriteMode,
} from '../../shared/ipc/contract.ts'
import type { SheafApi } from '../sheaf-api.ts'

export const DOCUMENT_ID = 'd0'.repeat(32)

export class MemoryMain {
  /** What is "on disk". */
  doc = createSteadyDocument()
  mode: WriteMode = 'write'
  /** Every update that reached the disk, in order. */
  readonly saved: Uint8Array[] = []
  readonly windows: MemoryWindow[] = []
  #clientId = 100

  window(): MemoryWindow {
    const window = new MemoryWindow(this)
    this.windows.push(window)
    return window
  }

  opened(): OpenedDocument {
    return {
      documentId: DOCUMENT_ID,
      state: Y.encodeStateAsUpdate(this.doc),
      clientId: ++this.#clientId,
      mode: this.mode,
      readOnlyReason: this.mode === 'write' ? '' : 'It was made by a newer Sheaf.',
      file: { kind: 'ok', fileName: 'a', folder: '' },
    }
  }

  save(update: Uint8Array, from: MemoryWindow | null): void {
    Y.applyUpdate(this.doc, update)
    this.saved.push(update)
    for (const window of this.windows) {
      if (window !== from) window.emit('document.updated', { documentId: DOCUMENT_ID, stream: 0, update })
    }
  }

  /** Somebody elsewhere changes the document. */
  change(work: (doc: Y.Doc) => void): void {
    const copy = createSteadyDocument()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc))
    const before = Y.encodeStateVector(copy)
    const updates: Uint8Array[] = []
    copy.on('update', (update: Uint8Array) => updates.push(update))
    copy.transact(() => work(copy))
    for (const update of updates) this.save(update, null)
    if (updates.length === 0) this.save(Y.encodeStateAsUpdate(copy, before), null)
  }

  /** Gives every window a document in place of its own. */
  reset(): void {
    for (const window of this.windows) window.emit('document.reset', this.opened())
  }
}

/** One window's api. `failing` makes saving fail, `holding` leaves calls unanswered until `answer()`. */
export class MemoryWindow implements SheafApi {
  failing: string | null = null
  holding = false
  readonly calls: string[] = []
  readonly rebuilds: string[] = []
  readonly #main: MemoryMain
  readonly #held: (() => void)[] = []
  readonly #listeners = new Map<string, Set<(payload: never) => void>>()

  constructor(main: MemoryMain) {
    this.#main = main
  }

  answer(): void {
    this.holding = false
    for (const resolve of this.#held.splice(0)) resolve()
  }

  emit<N extends EventName>(name: N, payload: SheafEvents[N]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (payload: SheafEvents[N]) => void)(payload)
  }

  on<N extends EventName>(name: N, listener: (payload: SheafEvents[N]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  async call<N extends CallName>(name: N, ...args: Parameters<SheafCalls[N]>): Promise<ReturnType<SheafCalls[N]>> {
    this.calls.push(name)
    if (this.holding) await new Promise<void>((resolve) => this.#held.push(resolve))
    return this.#answer(name, args) as ReturnType<SheafCalls[N]>
  }

  drop(): Promise<ImportReport> {
    return Promise.reject(new SheafError('unsupported', 'This window holds one document only.'))
  }

  #answer(name: CallName, args: readonly unknown[]): unknown {
    switch (name) {
      case 'document.open':
        return this.#main.opened()
      case 'document.append':
        if (this.failing !== null) throw new SheafError('disk-full', this.failing)
        this.#main.save(args[2] as Uint8Array, this)
        return undefined
      case 'document.rebuild':
        this.rebuilds.push(String(args[1]))
        return this.#main.opened()
      default:
        return undefined
    }
  }
}
