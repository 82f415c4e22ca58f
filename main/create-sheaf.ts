/** Builds Sheaf from its ports: the one place that constructs things. The app, tests and benches all call it. */
import type { DocumentRegistry } from './documents/document-registry.ts'
import { sodiumSuite as suite } from './identity/sodium-suite.ts'
import { openLibrary } from './library/open-library.ts'
import { networkApi } from './network/network-api.ts'
import { openReplicas } from './open-replicas.ts'
import type { Ports } from './ports.ts'
import { withCurrentTitles } from '../shared/document/current-titles.ts'
import { SheafError } from '../shared/errors.ts'
import type { DocumentId } from '../shared/ids.ts'
import type { LibraryView } from '../shared/ipc/contract.ts'
import { Recovery } from './sharing/recovery.ts'
import type { DocumentsApi, Sheaf } from './sheaf.ts'
import { openSpelling } from './spelling/spelling.ts'
import { welcomeDocument } from './welcome-document.ts'

export async function createSheaf(ports: Ports): Promise<Sheaf> {
  const { folders, logger } = ports
  const replicas = await openReplicas(ports, {
    receive: (documentId, title) => receive(documentId, title),
    noted: (document) => recovery.note(document),
  })
  const { settings, registry, hubs, sharing, network, announce } = replicas
  const recovery = new Recovery({
    suite,
    logger,
    hubs,
    installation: replicas.installation,
    adopt: replicas.adopt,
    receive: (document) => sharing.restore(document),
    isKnown: (documentId) => registry.isKnown(documentId),
  })
  const { library, files, ready, add, receive, close } = await openLibrary({ ports, documents: registry, announce })
  if (replicas.isFirst) {
    await ready
    if (library.view().entries.length === 0) await add(welcomeDocument(ports.language ?? 'en'))
  }
  const spelling = await openSpelling({
    data: folders.data,
    folders: ports.dictionaryFolders ?? [],
    logger,
    changed: (payload) => announce({ name: 'spelling.changed', payload }),
  })
  return {
    settings,
    library,
    documents: documentsApi(ports, registry, files, () => titlesIn(library.view())),
    spelling,
    sharing,
    network: networkApi(network, sharing, hubs),
    recovery,
    subscribe: replicas.subscribe,
    async close() {
      spelling.close()
      recovery.stop()
      // Words go to their files whatever the ways to others do meanwhile.
      try {
        await replicas.close()
      } finally {
        await close()
      }
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
    async forReading(documentId) {
      const shape = registry.shapeOf(documentId)
      const named = titles()
      return {
        shape: withCurrentTitles(shape, (other) => named.get(other) ?? null),
        picture: (name) => registry.image(documentId, name),
      }
    },
  }
}
