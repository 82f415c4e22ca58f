/** The main process as tests need it: a library and settings in memory behind the bridge's contract. */
import * as Y from 'yjs'
import type { DocumentId } from '../../shared/ids.ts'
import type {
  CallName,
  EventName,
  LibraryEntry,
  LibraryView,
  OpenedDocument,
  Settings,
  SheafBridge,
  SheafCalls,
  SheafEvents,
} from '../../shared/ipc/contract.ts'
import type { Failure } from '../../shared/ipc/outcome.ts'
import { entry, library } from './entries.ts'

export const SETTINGS: Settings = {
  theme: 'system',
  textFace: 'literata',
  textSize: 18,
  measure: 'medium',
  spacing: 'normal',
  density: 'comfortable',
  language: 'system',
  libraryOrder: 'changed',
  libraryShown: true,
  libraryWidth: 288,
  panel: 'none',
  focus: 'off',
  typewriter: false,
  recentCommands: [],
  displayName: 'Alice',
}

type Answers = { readonly [N in CallName]: (...args: Parameters<SheafCalls[N]>) => ReturnType<SheafCalls[N]> }

export class FakeBridge implements SheafBridge {
  view: LibraryView
  settings: Settings = SETTINGS
  /** Every call made, as `name(first argument)`. */
  readonly calls: string[] = []
  readonly #failures = new Map<CallName, Failure>()
  readonly #listeners = new Map<string, Set<(payload: never) => void>>()

  constructor(entries: readonly LibraryEntry[] = [], facts: Partial<LibraryView> = {}) {
    this.view = library(entries, facts)
  }

  /** Makes every later call of that name fail. */
  failAt(name: CallName, failure: Partial<Failure>): void {
    this.#failures.set(name, {
      kind: 'disk-error',
      message: 'The disk refused.',
      data: {},
      reference: 'r-1',
      ...failure,
    })
  }

  /** Announces an event to the window. */
  emit<N extends EventName>(name: N, payload: SheafEvents[N]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (payload: SheafEvents[N]) => void)(payload)
  }

  async call<N extends CallName>(name: N, ...args: Parameters<SheafCalls[N]>) {
    this.calls.push(args.length === 0 ? name : `${name}(${JSON.stringify(args[0])})`)
    const error = this.#failures.get(name)
    if (error) return { ok: false, error } as const
    const answer = this.#answers[name] as (...args: Parameters<SheafCalls[N]>) => ReturnType<SheafCalls[N]>
    return { ok: true, value: answer(...args) } as const
  }

  on<N extends EventName>(name: N, listener: (payload: SheafEvents[N]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  #change(next: Partial<LibraryView>): void {
    this.view = { ...this.view, ...next }
    this.emit('library.changed', this.view)
  }

  #find(id: string): LibraryEntry {
    const found = [...this.view.entries, ...this.view.trash].find((each) => each.id === id)
    if (!found) throw new Error(`the test asked for an unknown row: ${id}`)
    return found
  }

  #openDocument(documentId: DocumentId): OpenedDocument {
    const row = this.view.entries.find((each) => each.documentId === documentId)
    const doc = new Y.Doc()
    doc.getMap('facts').set('title', row?.title ?? '')
    const file = { kind: 'ok', fileName: row?.fileName ?? '', folder: row?.folder ?? '' } as const
    const state = Y.encodeStateAsUpdate(doc)
    return { documentId, state, clientId: 1, mode: 'write', readOnlyReason: '', file }
  }

  readonly #answers: Answers = {
    'app.about': () => ({ version: '0.1.0', electron: '45', platform: 'linux' }),
    'settings.get': () => this.settings,
    'settings.set': (patch) => {
      this.settings = { ...this.settings, ...patch }
      return this.settings
    },
    'library.get': () => this.view,
    'library.chooseFolder': () => null,
    'library.new': (title) => {
      const made = entry(title)
      this.#change({ entries: [made, ...this.view.entries] })
      return { entryId: made.id, documentId: made.documentId ?? '' }
    },
    'library.open': (id) => this.#find(id).documentId ?? '',
    'library.openFile': () => null,
    'library.import': () => null,
    'library.rename': (id, title) =>
      this.#change({ entries: this.view.entries.map((each) => (each.id === id ? { ...each, title } : each)) }),
    'library.resolveCopy': (id) => this.#find(id).documentId ?? '',
    'library.trash': (id) => {
      const gone = this.#find(id)
      this.#change({ entries: this.view.entries.filter((each) => each !== gone), trash: [gone, ...this.view.trash] })
    },
    'library.restore': (id) => {
      const back = this.#find(id)
      this.#change({ trash: this.view.trash.filter((each) => each !== back), entries: [back, ...this.view.entries] })
    },
    'library.reveal': () => {},
    'document.open': (documentId) => this.#openDocument(documentId),
    'document.append': () => {},
    'document.close': () => {},
    'document.rebuild': (documentId) => this.#openDocument(documentId),
    'document.saveAgain': () => {},
    'document.locate': () => true,
    'document.resolveRollback': () => {},
    'document.export': () => true,
    'image.add': () => 'f'.repeat(64),
    'image.copy': () => {},
    'link.open': () => {},
    'window.open': () => {},
    'window.shows': () => {},
    'window.flushed': () => {},
    'window.start': () => ({ documentId: null, problem: null }),
  }
}
