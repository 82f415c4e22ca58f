/** A person's Sheaf for tests: real stores, files and folders in a temporary place; a window that types like the editor. */
import fs from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { FileState, LibraryEntry } from '../../shared/ipc/contract.ts'
import { founderKeys } from '../../shared/log/genesis.ts'
import { DocumentRegistry } from '../documents/document-registry.ts'
import { plainVault } from '../documents/open-document.fixture.ts'
import { WriterKeeper } from '../documents/writer-keeper.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import type { Announcement } from '../sheaf.ts'
import { readSheafFile } from '../storage/read-sheaf-file.ts'
import { type OpenedLibrary, openLibrary } from './open-library.ts'

export class Person {
  readonly folder: string
  readonly data: string
  readonly systemTrash: string
  readonly announcements: Announcement[] = []
  readonly errors: string[] = []
  publishDelay = 20
  /** Called before a file goes to the system's trash. */
  discarding: (file: string) => Promise<void> = async () => {}
  /** Milliseconds by which this person's clock is wrong. */
  skew = 0
  readonly name: string
  private readonly installation = { userRoot: suite.random(32), deviceSeed: suite.random(32) }
  private readonly windows = new Map<DocumentId, Y.Doc>()
  private opened: OpenedLibrary | null = null
  private documents: DocumentRegistry | null = null
  private now = 1_700_000_000_000

  constructor(place: string, name: string, folder = path.join(place, `${name}-library`)) {
    this.name = name
    this.folder = folder
    this.data = path.join(place, `${name}-data`)
    this.systemTrash = path.join(place, `${name}-system-trash`)
    for (const made of [this.folder, this.data, this.systemTrash]) fs.mkdirSync(made, { recursive: true })
  }

  /** Starts Sheaf and waits for its first look at the folder. */
  async start(): Promise<this> {
    const clock = { now: () => (this.now += 1000) + this.skew }
    const keeper = new WriterKeeper({
      suite,
      vault: plainVault(),
      installation: this.installation,
      clock,
      displayName: () => this.name,
      appVersion: '0.1.0',
    })
    const logger = {
      info: () => {},
      error: (event: string, cause: unknown) => this.errors.push(`${event}: ${String(cause)}`),
    }
    const announce = (announcement: Announcement): void => {
      this.announcements.push(announcement)
      const { name, payload } = announcement
      if (name !== 'document.updated') return
      const doc = this.windows.get(payload.documentId)
      if (doc !== undefined) Y.applyUpdate(doc, payload.update, 'main')
    }
    this.documents = new DocumentRegistry({
      folder: path.join(this.data, 'store'),
      suite,
      clock,
      logger,
      keeper,
      founderKeys: (salt) => founderKeys(suite, this.installation.userRoot, this.installation.deviceSeed, salt),
      announce,
      appVersion: '0.1.0',
    })
    const discard = async (file: string): Promise<void> => {
      await this.discarding(file)
      fs.renameSync(file, path.join(this.systemTrash, path.basename(file)))
    }
    this.opened = await openLibrary({
      ports: {
        clock,
        logger,
        systemTrash: { discard },
        folders: { data: this.data, defaultLibrary: this.folder },
      },
      documents: this.documents,
      announce,
      lockFolder: path.join(path.dirname(this.data), 'locks'),
      publishDelay: this.publishDelay,
    })
    await this.opened.ready
    return this
  }

  async stop(): Promise<void> {
    this.windows.clear()
    await this.documents?.close()
    await this.opened?.close()
    this.documents = null
    this.opened = null
  }

  get library(): OpenedLibrary['library'] {
    return this.running.library
  }

  get files(): OpenedLibrary['files'] {
    return this.running.files
  }

  get registry(): DocumentRegistry {
    if (this.documents === null) throw new Error('Sheaf is not running.')
    return this.documents
  }

  /** Makes a document with some words, closed again; answers its file's path. */
  async write(title: string, words: string): Promise<{ documentId: DocumentId; entryId: string; file: string }> {
    const { documentId, entryId } = await this.library.create()
    await this.library.rename(entryId, title)
    this.show(documentId)
    await this.type(documentId, words)
    await this.leave(documentId)
    return { documentId, entryId, file: this.library.pathOf(entryId) }
  }

  /** Opens a window on the document. */
  show(documentId: DocumentId): void {
    const opened = this.registry.openIn(1, documentId)
    const doc = new Y.Doc()
    doc.clientID = opened.clientId
    Y.applyUpdate(doc, opened.state, 'main')
    this.windows.set(documentId, doc)
  }

  /** Types a paragraph at the end and waits until it is saved. */
  async type(documentId: DocumentId, words: string): Promise<void> {
    const doc = this.windows.get(documentId)
    if (doc === undefined) throw new Error('No window shows this document.')
    const saved: Promise<void>[] = []
    const send = (update: Uint8Array): void => {
      saved.push(this.registry.append(documentId, 1, 0, update))
    }
    doc.on('update', send)
    doc.transact(() => {
      const block = new Y.XmlElement('block')
      block.insert(0, [new Y.XmlText(words)])
      const body = doc.getXmlFragment(BODY)
      body.insert(body.length, [block])
    })
    doc.off('update', send)
    await Promise.all(saved)
  }

  async leave(documentId: DocumentId): Promise<void> {
    this.windows.delete(documentId)
    await this.registry.release(documentId, 1)
  }

  /** Opens a document by its file, types, and leaves. */
  async add(file: string, words: string): Promise<DocumentId> {
    const documentId = await this.library.openPath(file)
    this.show(documentId)
    await this.type(documentId, words)
    await this.leave(documentId)
    return documentId
  }

  /** The words this person's window shows, or their store holds. */
  text(documentId: DocumentId): string {
    const shape = this.registry.shapeOf(documentId)
    return shape.content
      .map((block) => block.content.map((part) => ('text' in part ? part.text : '')).join(''))
      .join('\n')
  }

  /** The rows by file name. */
  entries(): Map<string, LibraryEntry> {
    return new Map(this.library.view().entries.map((entry) => [path.posix.join(entry.folder, entry.fileName), entry]))
  }

  fileState(documentId: DocumentId): FileState['kind'] {
    return this.files.fileState(documentId).kind
  }

  notices(): string[] {
    return this.announcements.flatMap(({ name, payload }) => (name === 'document.notice' ? [payload.message] : []))
  }

  private get running(): OpenedLibrary {
    if (this.opened === null) throw new Error('Sheaf is not running.')
    return this.opened
  }
}

/** The words of a file, as another program would read them. */
export async function wordsOf(file: string): Promise<string> {
  return (await readSheafFile(file)).previews['text/plain'] ?? ''
}
