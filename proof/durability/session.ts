/**
 * One process's work on one document, through the ways in that the app has: windows that type, sealing, publishing,
 * merging a copy, ending the run. It notes what it is about to do and what it has heard was saved; see ledger.ts.
 */
import path from 'node:path'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { OpenDocument } from '../../main/documents/open-document.ts'
import { WriterKeeper } from '../../main/documents/writer-keeper.ts'
import type { Secrets } from '../../main/identity/installation.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import type { Durability } from '../../main/storage/open-database.ts'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import { SessionWindow } from './session-window.ts'

/** One thing a session does. `type` and `erase` have all their edits on the way at once. */
export type Step =
  | { readonly do: 'type'; readonly times: number; readonly filler?: number }
  | { readonly do: 'erase'; readonly times: number }
  | { readonly do: 'seal' | 'finish' | 'reopen' | 'window' | 'publish' | 'merge' }

export interface SessionParts {
  readonly folder: string
  readonly suite: CryptoSuite
  readonly durability: Durability
  /** Number of the first token: no two sessions on one document may share any. */
  readonly firstToken: number
  /** Writes one line where it outlives this process, before it returns. */
  readonly note: (line: string) => void
}

export const STORE = 'document.db'
export const PUBLISHED = 'Published.sheaf'
const APP_VERSION = '0.0.0'
const CLOCK = { now: (): number => 1_700_000_000_000 }
/** The same person and computer in every session of every proof. */
const INSTALLATION = { userRoot: new Uint8Array(32).fill(1), deviceSeed: new Uint8Array(32).fill(2) }

export class Session {
  readonly documentId: string
  private readonly parts: SessionParts
  private document: OpenDocument
  private windows: SessionWindow[] = []
  private next: number
  private readonly erasable: string[] = []

  constructor(parts: SessionParts, documentId: string) {
    this.parts = parts
    this.documentId = documentId
    this.next = parts.firstToken
    this.document = this.open()
    this.parts.note('open')
  }

  /** Founds the document of a folder, or founds it again when a crash came between: it is the same one every time. */
  static found(parts: SessionParts): string {
    const salt = new Uint8Array(16).fill(3)
    const keys = founderKeys(parts.suite, INSTALLATION.userRoot, INSTALLATION.deviceSeed, salt)
    const genesis = foundDocument(parts.suite, CLOCK.now(), salt, keys)
    DocumentStore.open(path.join(parts.folder, STORE), [{ seq: 0, ...genesis }], parts.durability).close()
    parts.note(`document ${toHex(genesis.hash)}`)
    return toHex(genesis.hash)
  }

  /** Does a step; resolves when every edit in it is acknowledged. */
  async do(step: Step): Promise<void> {
    switch (step.do) {
      case 'type':
        await Promise.all(Array.from({ length: step.times }, () => this.type(step.filler ?? 0)))
        return
      case 'erase':
        await Promise.all(Array.from({ length: step.times }, () => this.erase()))
        return
      case 'seal':
        this.document.seal()
        return
      case 'finish':
        this.document.finish()
        this.windows = []
        return
      case 'reopen':
        this.document.finish()
        this.document.close()
        this.windows = []
        this.document = this.open()
        return
      case 'window':
        this.windows.unshift(new SessionWindow(this.document))
        return
      case 'publish':
        this.parts.note('publishing')
        await publishSheafFile(path.join(this.parts.folder, PUBLISHED), this.document.content())
        this.parts.note('published')
        return
      case 'merge':
        this.mergeCopy()
    }
  }

  private async type(filler: number): Promise<void> {
    const name = String(this.next++)
    this.parts.note(`type ${name}`)
    await this.window().type(name, filler)
    this.parts.note(`saved ${name}`)
    this.erasable.push(name)
  }

  private async erase(): Promise<void> {
    // From the middle: among the oldest and the newest nobody would notice a mistake about order.
    const [name] = this.erasable.splice(Math.floor(this.erasable.length / 2), 1)
    if (name === undefined) return
    this.parts.note(`erase ${name}`)
    await this.window().erase(name)
    this.parts.note(`erased ${name}`)
  }

  /** Somebody else's edit of the file comes back. */
  private mergeCopy(): void {
    const ports = { suite: this.parts.suite, clock: CLOCK, appVersion: APP_VERSION }
    const copy = DetachedDocument.from(ports, this.document.content())
    const name = String(this.next++)
    copy.edit((doc) => SessionWindow.put(doc, name, 0))
    this.parts.note(`type ${name}`)
    this.document.merge(copy.content().records)
    this.parts.note(`saved ${name}`)
  }

  private window(): SessionWindow {
    const [window = new SessionWindow(this.document)] = this.windows
    if (this.windows.length === 0) this.windows.push(window)
    return window
  }

  private open(): OpenDocument {
    return openForProof(this.parts, this.documentId, (update, by) => {
      for (const window of this.windows) if (window.guard !== by) window.hear(update)
    })
  }
}

/** Opens the document of a folder as the app would on this computer. */
export function openForProof(
  { folder, suite, durability }: Pick<SessionParts, 'folder' | 'suite' | 'durability'>,
  documentId: string,
  hear: (update: Uint8Array, by: unknown) => void = () => {},
  store = DocumentStore.open(path.join(folder, STORE), null, durability),
  installation: Secrets = INSTALLATION,
): OpenDocument {
  const keeper = new WriterKeeper({
    suite,
    // What protects keys at rest is not in question here.
    vault: { protection: 'file-rights', wrap: (secret) => secret, unwrap: (wrapped) => wrapped },
    installation,
    clock: CLOCK,
    displayName: () => 'Alice',
    appVersion: APP_VERSION,
  })
  const document = new OpenDocument({
    documentId,
    suite,
    store,
    keeper,
    clock: CLOCK,
    announce: (change) => {
      if (change.kind === 'edited') hear(change.update, change.by)
    },
  })
  document.rewriteLeftovers()
  return document
}
