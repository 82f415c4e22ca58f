/** The main process as tests need it: a library and settings in memory behind the bridge's contract. */
import * as Y from 'yjs'
import type { DocumentId } from '../../shared/ids.ts'
import type {
  CallName,
  EventName,
  ImportReport,
  LibraryEntry,
  LibraryView,
  OpenedDocument,
  Settings,
  SheafBridge,
  SheafCalls,
  SheafEvents,
} from '../../shared/ipc/contract.ts'
import type {
  InviteWish,
  JoinView,
  PersonView,
  RestoredView,
  SharingView,
  SyncView,
} from '../../shared/ipc/together.ts'
import type { Failure } from '../../shared/ipc/outcome.ts'
import { entry, library } from './entries.ts'
import { SHARING, SYNC, yjsWay } from './together.ts'

export const SETTINGS: Settings = {
  theme: 'system',
  textFace: 'literata',
  textSize: 18,
  measure: 'medium',
  spacing: 'normal',
  zoom: 100,
  density: 'comfortable',
  language: 'system',
  libraryOrder: 'changed',
  libraryShown: true,
  libraryWidth: 288,
  panel: 'none',
  focus: 'off',
  typewriter: false,
  tray: false,
  spelling: true,
  recentCommands: [],
  exportFormat: 'pdf',
  paperSize: 'a4',
  paperMargins: 'normal',
  paperHeader: true,
  paperFooter: true,
  displayName: 'Alice',
  lan: true,
  relay: '',
}

type Answers = { readonly [N in CallName]: (...args: Parameters<SheafCalls[N]>) => ReturnType<SheafCalls[N]> }

export class FakeBridge implements SheafBridge {
  view: LibraryView
  settings: Settings = SETTINGS
  /** The invite link the window was opened with. */
  invitation: string | null = null
  sharing: SharingView = SHARING
  sync: SyncView = SYNC
  /** Answers to joining, the first one first. */
  readonly joins: JoinView[] = []
  /** What was asked for in invites, and how requests were answered. */
  readonly wishes: InviteWish[] = []
  readonly answers: [request: string, admit: boolean][] = []
  /** Addresses and codes that were looked at. */
  readonly dialled: string[] = []
  link = 'sheaf://i#invite'
  restored: RestoredView = { coming: 2, known: 0, newer: 0, refused: 0 }
  words = 'one two three four five six seven eight nine ten eleven twelve'
  /** Every call made, as `name(first argument)`. */
  readonly calls: string[] = []
  readonly #held = new Map<CallName, Promise<void>>()
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

  /** Makes calls of that name answer again. */
  mend(name: CallName): void {
    this.#failures.delete(name)
  }

  /** Leaves every later call of that name unanswered until what it returns is called. */
  holdAt(name: CallName): () => void {
    let answer = () => {}
    this.#held.set(name, new Promise((resolve) => (answer = resolve)))
    return () => {
      this.#held.delete(name)
      answer()
    }
  }

  async call<N extends CallName>(name: N, ...args: Parameters<SheafCalls[N]>) {
    this.calls.push(args.length === 0 ? name : `${name}(${JSON.stringify(args[0])})`)
    const held = this.#held.get(name)
    if (held) await held
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

  /** What an import of these names brings. */
  #bringIn(names: readonly string[]): ImportReport {
    const good = names.filter((name) => /\.(md|html|txt)$/.test(name)).map((name) => entry(name.replace(/\..*$/, '')))
    this.#change({ entries: [...good, ...this.view.entries] })
    const failures = names
      .filter((name) => !/\.(md|html|txt)$/.test(name))
      .map((name) => ({ name, reason: 'No text.' }))
    return {
      documents: good.map(({ documentId }) => documentId ?? ''),
      opened: [],
      leftOut: [],
      failures,
      cancelled: false,
    }
  }

  async drop(_task: number, files: readonly object[]) {
    const names = files.map((file) => ('name' in file ? String(file.name) : ''))
    this.calls.push(`drop(${names.join(',')})`)
    return { ok: true, value: this.#bringIn(names) } as const
  }

  #share(documentId: DocumentId, next: Partial<SharingView>): SharingView {
    this.sharing = { ...this.sharing, ...next, documentId }
    return this.sharing
  }

  #changePerson(documentId: DocumentId, id: string, next: Partial<PersonView>): SharingView {
    return this.#share(documentId, {
      people: this.sharing.people.map((each) => (each.id === id ? { ...each, ...next } : each)),
    })
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
    'library.import': () => this.#bringIn([]),
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
    'document.losses': (_documentId, format) => (format === 'txt' ? ['text alignment (1)'] : []),
    'document.export': (_documentId, { format }) => `Letter.${format}`,
    'document.revealExport': () => {},
    'document.print': () => true,
    'task.cancel': () => {},
    'image.add': () => 'f'.repeat(64),
    'image.copy': () => {},
    'spelling.get': () => ({ languages: ['en-US'] }),
    'spelling.check': () => [],
    'spelling.suggest': () => [],
    'spelling.learn': () => {},
    'spelling.forget': () => {},
    'spelling.addDictionary': () => null,
    'link.open': () => {},
    'window.edit': () => {},
    'window.open': () => {},
    'window.shows': () => {},
    'window.flushed': () => {},
    'window.start': () => ({ documentId: null, problem: null, invitation: this.invitation }),
    'sharing.get': (documentId) => ({ ...this.sharing, documentId }),
    'sharing.invite': (documentId, wish) => {
      this.wishes.push(wish)
      return { link: this.link, view: this.#share(documentId, { shared: true }) }
    },
    'sharing.dropInvite': (documentId, id) =>
      this.#share(documentId, { invites: this.sharing.invites.filter((each) => each.id !== id) }),
    'sharing.answer': (documentId, id, admit) => {
      this.answers.push([id, admit])
      return this.#share(documentId, { requests: this.sharing.requests.filter((each) => each.id !== id) })
    },
    'sharing.setRole': (documentId, id, role) => this.#changePerson(documentId, id, { role }),
    'sharing.remove': (documentId, id) =>
      this.#share(documentId, { people: this.sharing.people.filter((each) => each.id !== id) }),
    'sharing.removeDevice': (documentId, device) =>
      this.#share(documentId, {
        people: this.sharing.people.map((each) => ({
          ...each,
          devices: each.devices.filter(({ id }) => id !== device),
        })),
      }),
    'sharing.verify': (documentId, id, verified) => this.#changePerson(documentId, id, { verified }),
    'sharing.setWays': (documentId, ways) => this.#share(documentId, ways),
    'sharing.connect': (documentId, address) => {
      this.dialled.push(address)
      return this.#share(documentId, {})
    },
    'sharing.addresses': () => (this.sharing.lan ? ['192.168.1.20:5050'] : []),
    'sharing.admit': (documentId, id) =>
      this.#share(documentId, { waiting: this.sharing.waiting.filter((each) => each.id !== id) }),
    'sharing.join': () => this.joins.shift() ?? { kind: 'failed', why: 'nobody-near' },
    'sync.get': (documentId) => ({ ...this.sync, documentId }),
    'presence.say': () => undefined,
    'sharing.pairingCode': () => 'sheaf-pair:192.168.1.7:41234#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'recovery.words': () => this.words,
    'recovery.restore': () => this.restored,
    'yjs.connect': (documentId, room) => ({ ...this.sync, documentId, ways: yjsWay(room !== null) }),
  }
}
