/** What each request of a window does: most go straight to Sheaf, the others to the system's dialogs and windows. */
import path from 'node:path'
import { app, shell } from 'electron'
import type { Sheaf } from '../main/sheaf.ts'
import { SheafError } from '../shared/errors.ts'
import type { DocumentId } from '../shared/ids.ts'
import type { DesktopStateFile } from './desktop-state.ts'
import { withRecent } from './desktop-state.ts'
import {
  chooseDocument,
  chooseExport,
  chooseImport,
  chooseLibraryFolder,
  chooseMovedDocument,
  confirmLink,
} from './dialogs.ts'
import { externalLink } from './external-link.ts'
import type { CallHandlers } from './ipc-server.ts'
import { strings } from './strings.ts'
import type { AppWindow } from './window.ts'
import type { Windows } from './windows.ts'
import { wordedOpened } from './wording.ts'

export interface ShellParts {
  readonly sheaf: Sheaf
  readonly windows: Windows
  readonly state: DesktopStateFile
}

export function callHandlers({ sheaf, windows, state }: ShellParts): CallHandlers<AppWindow> {
  const { settings, library, documents } = sheaf

  return {
    'app.about': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
    }),
    'settings.get': () => settings.get(),
    'settings.set': (_window, patch) => settings.set(patch),

    'library.get': () => library.view(),
    'library.chooseFolder': async (window) => {
      const folder = await chooseLibraryFolder(window.browser, library.view().path)
      return folder === null ? null : library.useFolder(folder)
    },
    'library.new': (_window, title) => library.create(title),
    'library.open': (_window, entryId) => library.open(entryId),
    'library.openFile': async (window) => {
      const file = await chooseDocument(window.browser, library.view().path)
      return file === null ? null : library.openPath(file)
    },
    'library.import': async (window) => {
      const file = await chooseImport(window.browser)
      return file === null ? null : library.importPath(file)
    },
    'library.rename': (_window, entryId, title) => library.rename(entryId, title),
    'library.resolveCopy': (_window, entryId, as) => library.resolveCopy(entryId, as),
    'library.trash': (_window, entryId) => library.trash(entryId),
    'library.restore': (_window, entryId) => library.restore(entryId),
    'library.reveal': (_window, entryId) => shell.showItemInFolder(library.pathOf(entryId)),

    'document.open': async (window, documentId) => {
      window.held.add(documentId)
      try {
        return wordedOpened(await documents.open(documentId, window.id))
      } catch (error) {
        window.held.delete(documentId)
        throw error
      }
    },
    'document.append': (window, documentId, stream, update) => documents.append(documentId, window.id, stream, update),
    'document.close': (window, documentId) => {
      window.held.delete(documentId)
      return documents.release(documentId, window.id)
    },
    'document.rebuild': async (window, documentId, detail) =>
      wordedOpened(await documents.rebuild(documentId, window.id, detail)),
    'document.saveAgain': (_window, documentId) => documents.saveAgain(documentId),
    'document.locate': async (window, documentId) => {
      const file = await chooseMovedDocument(window.browser, library.view().path)
      if (file === null) return false
      await documents.locate(documentId, file)
      return true
    },
    'document.resolveRollback': (_window, documentId, choose) => documents.resolveRollback(documentId, choose),
    'document.export': async (window, documentId, format) => {
      const file = await chooseExport(window.browser, exportName(documentId), format)
      if (file === null) return false
      await documents.exportTo(documentId, format, file)
      return true
    },

    'image.add': (window, documentId, bytes) => documents.addImage(documentId, window.id, bytes),
    'image.copy': (window, from, to, name) => documents.copyImage(from, to, window.id, name),

    'link.open': async (window, href) => {
      const link = externalLink(href)
      if (await confirmLink(window.browser, link)) await openOutside(link.href)
    },

    'window.open': (_window, documentId) => {
      windows.open(documentId)
    },
    'window.shows': (window, documentId, title) => {
      const file = documentId === null ? null : library.pathOfDocument(documentId)
      window.shows(documentId, title, file)
      windows.remember()
      if (documentId === null) return
      state.change({ recent: withRecent(state.state.recent, { documentId, title }) })
      if (file !== null) app.addRecentDocument(file)
    },
    'window.flushed': (window) => window.flushed(),
    'window.start': (window) => {
      window.started = true
      const { documentId, problem } = window
      window.problem = null
      return { documentId, problem }
    },
  }

  function exportName(documentId: DocumentId): string {
    const file = library.pathOfDocument(documentId)
    return file === null ? strings.file.untitled : path.basename(file, path.extname(file))
  }
}

async function openOutside(href: string): Promise<void> {
  try {
    await shell.openExternal(href)
  } catch (cause) {
    throw new SheafError('unsupported', 'The system has no program that opens this address.', {}, { cause })
  }
}
