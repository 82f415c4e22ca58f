/** The library: the documents in one folder, what people do with them there, and what they see of it. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import type { DocumentId, EntryId } from '../../shared/ids.ts'
import type { LibraryView } from '../../shared/ipc/contract.ts'
import type { FilePlace, FilePlaces } from '../documents/file-places.ts'
import type { Publisher } from '../documents/publisher.ts'
import type { Clock, Logger, SystemTrash } from '../ports.ts'
import type { Announcement, Imported, LibraryApi } from '../sheaf.ts'
import { diskError } from '../storage/disk-error.ts'
import { fileProblem } from '../storage/file-problem.ts'
import { readSheafSummary } from '../storage/read-sheaf-file.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { unusedPath } from '../storage/unused-path.ts'
import { absorbCopy } from './absorb-copy.ts'
import { arrivalSentence } from './arrival-sentence.ts'
import { ConflictCopies } from './conflict-copies.ts'
import { describeEntry } from './describe-entry.ts'
import type { DocumentPort } from './document-port.ts'
import { EXTENSION, fileStem, isNamedAfter, stemOf, UNTITLED } from './file-name.ts'
import { readImport } from './read-import.ts'
import { LibraryFolder } from './library-folder.ts'
import { LiveRows } from './live-rows.ts'
import type { IndexRow, LibraryIndex } from './library-index.ts'
import type { MissedNotices } from './missed-notices.ts'
import { resolveCopy } from './resolve-copy.ts'
import { TrashList } from './trash-list.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'

export interface LibraryParts {
  readonly documents: DocumentPort
  readonly publisher: Publisher
  readonly places: FilePlaces
  readonly index: LibraryIndex
  readonly clock: Clock
  readonly logger: Logger
  readonly systemTrash: SystemTrash
  readonly folders: { readonly data: string }
  readonly intakeFolder: string
  readonly announce: (announcement: Announcement) => void
  readonly notices: MissedNotices
  /** Remembers the person's choice of folder. */
  readonly keepFolder: (folder: string) => Promise<void>
}

/** Milliseconds: a burst of changes is announced once. */
const QUIET = 50
const IS_COPY =
  'This is a second copy of a document you already have. Choose whether it is the same document or a separate one.'

export class Library implements LibraryApi {
  private readonly parts: LibraryParts
  private readonly folder: LibraryFolder
  private readonly trashed: TrashList
  private readonly live: LiveRows
  /** The latest renaming after a new title, by document. */
  private readonly renaming = new Map<DocumentId, Promise<void>>()
  private announcing: NodeJS.Timeout | null = null

  constructor(parts: LibraryParts) {
    this.parts = parts
    this.trashed = new TrashList(parts.folders.data, parts.intakeFolder)
    this.live = new LiveRows({
      factsOf: (documentId) => parts.documents.factsOf(documentId),
      summaryOf: (documentId) => {
        const place = parts.places.get(documentId)
        return place === null ? null : (parts.index.at(place.path)?.summary ?? null)
      },
      changed: () => this.announceSoon(),
    })
    this.folder = new LibraryFolder('', {
      ...parts,
      places: {
        placeOf: (documentId) => parts.places.get(documentId),
        moved: (documentId, file) => parts.publisher.moved(documentId, file),
        flush: (documentId) => parts.publisher.flush(documentId),
      },
      changed: () => this.announceSoon(),
      conflicts: new ConflictCopies({
        absorb: ({ row, original }, arrived) => absorbCopy(row.path, original.path, parts, arrived),
        told: (documentId, intakes) => parts.notices.tell(documentId, arrivalSentence(intakes, 'conflicted copy')),
        logger: parts.logger,
      }),
    })
  }

  get root(): string {
    return this.folder.root
  }

  async start(root: string): Promise<void> {
    await fs
      .mkdir(root, { recursive: true })
      .catch((cause: unknown) => this.parts.logger.error('library.no-folder', cause))
    // Links are resolved once, so that paths from here and from elsewhere can be compared.
    const real = await fs.realpath(root).catch(() => path.resolve(root))
    this.trashed.use(real)
    const looked = this.folder.use(real)
    await this.trashed.refresh()
    await looked
  }

  view(): LibraryView {
    const { root, copies, complete } = this.folder
    const isCopy = new Set(copies.map((copy) => copy.row.entryId))
    return {
      name: path.basename(root),
      path: root,
      entries: this.parts.index
        .rows()
        .map((row) => describeEntry(this.current(row), root, isCopy.has(row.entryId)))
        .sort((a, b) => b.changedAt - a.changedAt || a.fileName.localeCompare(b.fileName) || (a.id < b.id ? -1 : 1)),
      trash: this.trashed.entries(),
      complete,
    }
  }

  async useFolder(root: string): Promise<LibraryView> {
    try {
      await fs.mkdir(root, { recursive: true })
      await fs.access(root, fs.constants.R_OK)
      await this.parts.keepFolder(path.resolve(root))
    } catch (cause) {
      throw diskError(cause, 'That folder could not be used.')
    }
    await this.start(root)
    return this.view()
  }

  async create(title = ''): Promise<{ entryId: EntryId; documentId: DocumentId }> {
    const wanted = oneLine(title)
    const documentId = await this.parts.documents.create(wanted === '' ? undefined : { title: wanted, content: [] })
    return { entryId: await this.giveFile(documentId, wanted === '' ? UNTITLED : fileStem(wanted)), documentId }
  }

  async open(entryId: EntryId): Promise<DocumentId> {
    const row = this.row(entryId)
    if (row.problem !== null) throw fileProblem(row.problem)
    if (this.folder.copies.some((copy) => copy.row.entryId === entryId)) {
      throw new SheafError('already-exists', IS_COPY, { entryId })
    }
    return await this.parts.publisher.adopt(row.path)
  }

  async openPath(file: string): Promise<DocumentId> {
    const real = await fs.realpath(file).catch(() => path.resolve(file))
    const { publisher, intakeFolder } = this.parts
    const summary = await readSheafSummary(real, { intakeFolder })
    if (summary.problem !== null) throw fileProblem(summary.problem)
    const row = await this.folder.include(real)
    this.announceSoon()
    const place = publisher.pathOf(summary.documentId)
    // A second file of a document whose own file is where it was: whether they are one is for the person to say.
    if (row !== null && place !== null && place !== real && (await this.isFileOf(place, summary.documentId))) {
      if (this.parts.index.at(place) === null) await this.folder.include(place)
    }
    if (row !== null) return await this.open(row.entryId)
    // It was a conflict copy, and has just become part of the document.
    return await publisher.adopt(place ?? real)
  }

  async importPath(file: string): Promise<Imported> {
    const { shape, blobs, losses } = await readImport(file, (bytes) => this.parts.documents.pictureOf(bytes))
    return { documentId: await this.add(shape, blobs), losses }
  }

  /** Founds a document with this text and gives it a file named after its title. */
  async add(shape: DocumentShape, blobs: readonly StoredBlob[] = []): Promise<DocumentId> {
    const documentId = await this.parts.documents.create(shape, blobs)
    await this.giveFile(documentId, fileStem(shape.title))
    return documentId
  }

  /** Gives a file to a document this person was let into. */
  async receive(documentId: DocumentId, title: string): Promise<void> {
    const wanted = oneLine(title)
    await this.giveFile(documentId, wanted === '' ? UNTITLED : fileStem(wanted))
  }

  async rename(entryId: EntryId, title: string): Promise<void> {
    const documentId = await this.open(entryId)
    await this.parts.documents.setTitle(documentId, oneLine(title))
    await this.parts.publisher.flush(documentId)
    // Publishing a new title has set the file's renaming going; after a failure to publish the name stays as it was.
    await this.renaming.get(documentId)
  }

  async resolveCopy(entryId: EntryId, as: 'separate' | 'same'): Promise<DocumentId> {
    const copy = this.folder.copies.find(({ row }) => row.entryId === entryId)
    if (copy === undefined) return await this.open(entryId)
    const documentId = await resolveCopy(copy, as, this.parts)
    if (as === 'same') this.parts.index.change([], [entryId])
    await this.folder.refresh()
    return documentId
  }

  async trash(entryId: EntryId): Promise<void> {
    const { publisher, index, clock } = this.parts
    const row = this.row(entryId)
    const documentId = row.summary?.documentId ?? null
    const put = (file: string): Promise<void> => this.trashed.put(entryId, file, row.outside, clock.now())
    try {
      if (documentId !== null && publisher.pathOf(documentId) === row.path) {
        // The file takes the last words along; when it can't be written, the store has them. Doing so may rename it.
        await publisher.flush(documentId)
        await publisher.rename(documentId, async (file) => {
          await put(file)
          return file
        })
        // Its windows learn that the file is gone.
        await publisher.flush(documentId)
      } else await put(row.path)
    } catch (cause) {
      throw diskError(cause, 'The document could not be moved to the trash.')
    }
    index.change([], [entryId])
    await this.trashed.refresh()
    await this.folder.refresh()
  }

  async restore(entryId: EntryId): Promise<void> {
    const documentId = this.trashed.entries().find((entry) => entry.id === entryId)?.documentId ?? null
    let file: string
    try {
      file = await this.trashed.restore(entryId)
    } catch (cause) {
      throw diskError(cause, 'The document could not be restored.')
    }
    await this.folder.include(file)
    const row = this.parts.index.at(file)
    if (row !== null) this.parts.index.change([{ ...row, entryId }], [row.entryId])
    if (documentId !== null) await this.bringBack(documentId, file)
    await this.trashed.refresh()
    await this.folder.refresh()
  }

  pathOf(entryId: EntryId): string {
    return this.parts.index.get(entryId)?.path ?? this.trashed.pathOf(entryId) ?? this.row(entryId).path
  }

  pathOfDocument(documentId: DocumentId): string | null {
    return this.parts.publisher.pathOf(documentId)
  }

  /** An edit became durable: its row follows when the typing pauses. */
  edited(documentId: DocumentId): void {
    this.live.edited(documentId)
  }

  /** A file was written: its row says so, and its name follows a new title. */
  published(place: FilePlace, content: SheafFileContent): void {
    const before = this.parts.index.at(place.path)?.summary?.title
    this.live.published(place.documentId, content.changedAt)
    this.folder.published(place, content)
    if (before === undefined || before === content.title) return
    const { documentId } = place
    const renaming = this.nameAfterTitle(documentId, before, content.title)
      .catch((cause: unknown) => this.parts.logger.error('library.rename-failed', cause))
      .finally(() => {
        if (this.renaming.get(documentId) === renaming) this.renaming.delete(documentId)
      })
    this.renaming.set(documentId, renaming)
  }

  async close(): Promise<void> {
    if (this.announcing !== null) clearTimeout(this.announcing)
    this.announcing = null
    this.live.close()
    await Promise.all(this.renaming.values())
    await this.folder.close()
  }

  /** Renames the file after its document's title, when it had the name of the title before. */
  private async nameAfterTitle(documentId: DocumentId, before: string, title: string): Promise<void> {
    await this.parts.publisher.rename(documentId, async (from) => {
      if (!isNamedAfter(stemOf(from), before) || isNamedAfter(stemOf(from), title)) return from
      const to = await unusedPath(path.join(path.dirname(from), fileStem(title) + EXTENSION), from)
      await this.folder.move(from, to)
      return to
    })
    this.announceSoon()
  }

  private async giveFile(documentId: DocumentId, stem: string): Promise<EntryId> {
    await this.parts.publisher.give(documentId, await unusedPath(path.join(this.root, stem + EXTENSION)))
    const file = this.parts.publisher.pathOf(documentId)
    const row = file === null ? null : this.parts.index.at(file)
    if (row === null)
      throw new SheafError('disk-error', 'The new document has no file yet; its words are safe on this computer.')
    return row.entryId
  }

  /** The restored file is the document's file again, unless the person has written another one meanwhile. */
  private async bringBack(documentId: DocumentId, file: string): Promise<void> {
    const { publisher } = this.parts
    const place = publisher.pathOf(documentId)
    if (place === null) return
    if (place !== file && !(await this.isFileOf(place, documentId))) await publisher.moved(documentId, file)
    await publisher.flush(documentId)
  }

  private async isFileOf(file: string, documentId: DocumentId): Promise<boolean> {
    const summary = await readSheafSummary(file, { intakeFolder: this.parts.intakeFolder })
    return summary.problem === null && summary.documentId === documentId
  }

  /** A row with what is known of its document beyond its file. */
  private current(row: IndexRow): IndexRow {
    const { summary } = row
    if (summary === null || this.parts.places.get(summary.documentId)?.path !== row.path) return row
    return { ...row, summary: this.live.over(summary) }
  }

  private row(entryId: EntryId): IndexRow {
    const row = this.parts.index.get(entryId)
    if (row === null) throw new SheafError('not-found', 'This document is not in the library any more.')
    return row
  }

  private announceSoon(): void {
    this.announcing ??= setTimeout(() => {
      this.announcing = null
      this.parts.announce({ name: 'library.changed', payload: this.view() })
    }, QUIET).unref()
  }
}

function oneLine(title: string): string {
  return title.replace(/\s+/gu, ' ').trim()
}
