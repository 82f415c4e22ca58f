/** Builds the library and the publisher of one data folder, joined to the documents they are about. */
import fs from 'node:fs'
import path from 'node:path'
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { FilePlaces } from '../documents/file-places.ts'
import { Publisher } from '../documents/publisher.ts'
import type { Ports } from '../ports.ts'
import type { Announcement, LibraryApi } from '../sheaf.ts'
import { PathLock } from '../storage/path-lock.ts'
import { replaceFile } from '../storage/replace-file.ts'
import type { DocumentFiles, DocumentPort } from './document-port.ts'
import { Library } from './library.ts'
import { LibraryIndex } from './library-index.ts'
import { MissedNotices } from './missed-notices.ts'

export interface LibraryOptions {
  readonly ports: Pick<Ports, 'clock' | 'systemTrash' | 'folders' | 'logger'>
  readonly documents: DocumentPort & { attach(files: DocumentFiles): void }
  readonly announce: (announcement: Announcement) => void
  /** Where locks are kept, for tests; else where all of this person's processes look. */
  readonly lockFolder?: string
  /** Milliseconds from the last edit to its publication, for tests. */
  readonly publishDelay?: number
}

export interface OpenedLibrary {
  readonly library: LibraryApi
  readonly files: DocumentFiles
  /** Resolves when the folder has been looked through once; rows appear while that goes on. */
  readonly ready: Promise<void>
  /** Founds a document with this text, with a file in the library's folder. */
  readonly add: (shape: DocumentShape) => Promise<DocumentId>
  /** Gives a file to a document this person was let into. */
  readonly receive: (documentId: DocumentId, title: string) => Promise<void>
  /** Publishes what waits and lets go of every file. */
  readonly close: () => Promise<void>
}

/** Resolves at once; the folder is looked through in the background. */
export async function openLibrary(options: LibraryOptions): Promise<OpenedLibrary> {
  const { ports, documents, announce } = options
  const data = ports.folders.data
  const intakeFolder = path.join(data, 'intake')
  // What a crash left there are copies of files that are elsewhere.
  fs.rmSync(intakeFolder, { recursive: true, force: true })
  fs.mkdirSync(intakeFolder, { recursive: true })
  const choice = path.join(data, 'library.json')
  const places = FilePlaces.open(path.join(data, 'places.db'))
  const index = LibraryIndex.open(path.join(data, 'index.db'))
  const notices = new MissedNotices(announce, (documentId) => documents.isShown(documentId))
  const publisher = new Publisher({
    documents,
    notices,
    places,
    lock: new PathLock(options.lockFolder),
    logger: ports.logger,
    announce,
    intakeFolder,
    libraryFolder: () => library.root,
    edited: (documentId) => library.edited(documentId),
    published: (place, content) => library.published(place, content),
    ...(options.publishDelay === undefined ? {} : { delay: options.publishDelay }),
  })
  const library: Library = new Library({
    ...ports,
    documents,
    publisher,
    places,
    index,
    notices,
    announce,
    intakeFolder,
    keepFolder: (folder) => replaceFile(choice, `${JSON.stringify({ folder })}\n`, { mode: 0o600 }),
  })
  documents.attach(publisher)
  const ready = library.start(chosenFolder(choice) ?? ports.folders.defaultLibrary)
  publisher.resume()
  return {
    library,
    files: publisher,
    ready,
    add: (shape) => library.add(shape),
    receive: (documentId, title) => library.receive(documentId, title),
    async close() {
      await publisher.close()
      await library.close()
      index.close()
      places.close()
    },
  }
}

/** The folder the person picked, or null. An unreadable note counts as none: the folder can be picked again. */
function chosenFolder(file: string): string | null {
  try {
    const note: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
    const folder = typeof note === 'object' && note !== null && 'folder' in note ? note.folder : null
    return typeof folder === 'string' && path.isAbsolute(folder) ? folder : null
  } catch {
    return null
  }
}
