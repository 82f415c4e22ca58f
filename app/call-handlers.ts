/** What each request of a window does: most go straight to Sheaf, the others to the system's dialogs and windows. */
import { app, shell } from 'electron'
import type { Sheaf } from '../main/sheaf.ts'
import { SheafError } from '../shared/errors.ts'
import type { DesktopStateFile } from './windows/desktop-state.ts'
import { withRecent } from './windows/desktop-state.ts'
import { chooseDictionary, chooseDocument, chooseLibraryFolder, chooseMovedDocument, confirmLink } from './dialogs.ts'
import { externalLink } from './safety/external-link.ts'
import type { CallHandlers } from './ipc-server.ts'
import type { Exports } from './exchange/exports.ts'
import type { Imports } from './exchange/imports.ts'
import type { Tasks } from './exchange/tasks.ts'
import type { AppWindow } from './windows/window.ts'
import type { Windows } from './windows/windows.ts'
import { wordedOpened } from './wording/wording.ts'

export interface ShellParts {
  readonly sheaf: Sheaf
  readonly windows: Windows
  readonly state: DesktopStateFile
  readonly exports: Exports
  readonly imports: Imports
  readonly tasks: Tasks
}

export function callHandlers({ sheaf, windows, state, exports, imports, tasks }: ShellParts): CallHandlers<AppWindow> {
  const { settings, library, documents, spelling, sharing, network, recovery } = sheaf

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
    'library.import': (window, task) => tasks.run(window, task, (running) => imports.choose(window, running)),
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
    'document.losses': (_window, documentId, format) => exports.losses(documentId, format),
    'document.export': (window, documentId, choice, task) =>
      tasks.run(window, task, (running) => exports.export(window, documentId, choice, running)),
    'document.revealExport': (window) => exports.reveal(window),
    'document.print': (window, documentId, paper, task) =>
      tasks.run(window, task, (running) => exports.print(documentId, paper, running)),
    'task.cancel': (window, task) => tasks.cancel(window, task),

    'image.add': (window, documentId, bytes) => documents.addImage(documentId, window.id, bytes),
    'image.copy': (window, from, to, name) => documents.copyImage(from, to, window.id, name),

    'spelling.get': () => spelling.view(),
    'spelling.check': (_window, language, words) => spelling.check(language, words),
    'spelling.suggest': (_window, language, word) => spelling.suggest(language, word),
    'spelling.learn': (_window, word) => spelling.learn(word),
    'spelling.forget': (_window, word) => spelling.forget(word),
    'spelling.addDictionary': async (window) => {
      const file = await chooseDictionary(window.browser)
      return file === null ? null : spelling.addDictionary(file)
    },

    'sharing.get': (_window, documentId) => sharing.view(documentId),
    'sharing.invite': (_window, documentId, wish) => sharing.invite(documentId, wish),
    'sharing.dropInvite': (_window, documentId, invite) => sharing.dropInvite(documentId, invite),
    'sharing.answer': (_window, documentId, request, admit) => sharing.answer(documentId, request, admit),
    'sharing.setRole': (_window, documentId, person, role) => sharing.setRole(documentId, person, role),
    'sharing.remove': (_window, documentId, person) => sharing.remove(documentId, person),
    'sharing.removeDevice': (_window, documentId, device) => sharing.removeDevice(documentId, device),
    'sharing.verify': (_window, documentId, person, verified) => sharing.verify(documentId, person, verified),
    'sharing.setWays': (_window, documentId, ways) => network.setWays(documentId, ways),
    'sharing.connect': (_window, documentId, address) => network.connect(documentId, address),
    'sharing.addresses': () => network.addresses(),
    'sharing.pairingCode': () => network.pairingCode(),
    'sharing.admit': (_window, documentId, waiting) => sharing.admit(documentId, waiting),
    'sharing.join': (_window, link) => sharing.join(link),
    'sync.get': (_window, documentId) => network.view(documentId),
    'presence.say': (window, documentId, words) => network.say(documentId, window.id, words),
    'recovery.words': () => recovery.words(),
    'recovery.restore': (_window, words, relay) => recovery.restore(words, relay),
    'yjs.connect': (_window, documentId, room) => network.connectYjs(documentId, room),

    'link.open': async (window, href) => {
      const link = externalLink(href)
      if (await confirmLink(window.browser, link)) await openOutside(link.href)
    },

    'window.edit'(window, edit) {
      // A page that somebody else got hold of must not read the clipboard whenever it likes.
      if (!window.hasActedLately) throw new SheafError('no-permission', 'This needs a key or a click.')
      window.browser.webContents[edit]()
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
      const { documentId, problem, invitation } = window
      window.problem = null
      window.invitation = null
      return { documentId, problem, invitation }
    },
  }
}

async function openOutside(href: string): Promise<void> {
  try {
    await shell.openExternal(href)
  } catch (cause) {
    throw new SheafError('unsupported', 'The system has no program that opens this address.', {}, { cause })
  }
}
