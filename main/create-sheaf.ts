/** Builds Sheaf from its ports: the one place that constructs things. The app, tests and benches all call it. */
import path from 'node:path'
import { founderKeys } from '../shared/log/genesis.ts'
import { DocumentRegistry } from './documents/document-registry.ts'
import { WriterKeeper } from './documents/writer-keeper.ts'
import { exportDocument } from './exchange/convert-document.ts'
import { loadInstallation } from './identity/installation.ts'
import { sodiumSuite as suite } from './identity/sodium-suite.ts'
import { openLibrary } from './library/open-library.ts'
import type { Ports } from './ports.ts'
import { withCurrentTitles } from '../shared/document/current-titles.ts'
import { SheafError } from '../shared/errors.ts'
import type { DocumentId } from '../shared/ids.ts'
import type { LibraryView } from '../shared/ipc/contract.ts'
import { openSettings } from './settings.ts'
import type { Announcement, DocumentsApi, Sheaf } from './sheaf.ts'
import { diskError } from './storage/disk-error.ts'
import { replaceFile } from './storage/replace-file.ts'
import { welcomeDocument } from './welcome-document.ts'

export async function createSheaf(ports: Ports): Promise<Sheaf> {
  const { clock, logger, vault, folders, appVersion } = ports
  const listeners = new Set<(announcement: Announcement) => void>()
  const announce = (announcement: Announcement): void => {
    for (const listener of listeners) listener(announcement)
  }
  const settings = await openSettings({
    folder: folders.data,
    accountName: ports.accountName,
    logger,
    changed: (payload) => announce({ name: 'settings.changed', payload }),
  })
  const { installation, found } = await loadInstallation(path.join(folders.data, 'identity'), vault, suite)
  if (found === 'unreadable') logger.info('identity.replaced')
  const displayName = (): string => settings.get().displayName
  const registry = new DocumentRegistry({
    folder: path.join(folders.data, 'store'),
    suite,
    clock,
    logger,
    keeper: new WriterKeeper({ suite, vault, installation, clock, displayName, appVersion }),
    founderKeys: (salt) => founderKeys(suite, installation.userRoot, installation.deviceSeed, salt),
    announce,
    appVersion,
  })
  const { library, files, ready, add, close } = await openLibrary({ ports, documents: registry, announce })
  if (found === 'first') {
    await ready
    if (library.view().entries.length === 0) await add(welcomeDocument(ports.language ?? 'en'))
  }
  return {
    settings,
    library,
    documents: documentsApi(ports, registry, files, () => titlesIn(library.view())),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      await registry.close()
      await close()
    },
  }
}

/** Titles by document; of several rows of one document, that in the library counts. */
function titlesIn({ entries, trash }: LibraryView): ReadonlyMap<DocumentId, string> {
  return new Map([...trash, ...entries].map(({ documentId, title }) => [documentId ?? '', title]))
}

/** What windows may do with documents: the registry's and the files' doings under one name. */
function documentsApi(
  { logger }: Ports,
  registry: DocumentRegistry,
  files: Awaited<ReturnType<typeof openLibrary>>['files'],
  titles: () => ReadonlyMap<DocumentId, string>,
): DocumentsApi {
  return {
    open: async (documentId, window) => registry.openIn(window, documentId),
    append: (documentId, window, stream, update) => registry.append(documentId, window, stream, update),
    release: (documentId, window) => registry.release(documentId, window),
    async rebuild(documentId, window, detail) {
      logger.info('document.repair-stopped', { document: documentId.slice(0, 8), detail })
      return registry.openIn(window, documentId)
    },
    addImage: async (documentId, window, bytes) => registry.addImage(documentId, window, bytes),
    async copyImage(from, to, window, name) {
      const blob = registry.image(from, name)
      if (blob === null) throw new SheafError('not-found', 'This picture is not on this computer.')
      registry.addImage(to, window, blob.bytes)
    },
    image: async (documentId, name) => registry.image(documentId, name),
    saveAgain: (documentId) => files.saveAgain(documentId),
    locate: (documentId, file) => files.locate(documentId, file),
    resolveRollback: (documentId, choose) => files.resolveRollback(documentId, choose),
    async exportTo(documentId, format, file) {
      const shape = registry.shapeOf(documentId)
      // JSON is the document as it is stored; what is for reading names other documents as they are called now.
      const named = titles()
      const read = format === 'json' ? shape : withCurrentTitles(shape, (other) => named.get(other) ?? null)
      const { text } = exportDocument(read, format, (name) => registry.image(documentId, name))
      try {
        await replaceFile(file, text)
      } catch (cause) {
        throw diskError(cause, 'The document could not be exported.')
      }
    },
  }
}
