/** The desktop app put together: Sheaf with the system's folders, keyring and trash, its windows, menu and channels. */
import { mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { app, ipcMain, nativeTheme, safeStorage, session, shell } from 'electron'
import { createSheaf } from '../main/create-sheaf.ts'
import { openHubs } from '../main/network/open-hubs.ts'
import type { Clock, Logger, Ports } from '../main/ports.ts'
import type { Sheaf } from '../main/sheaf.ts'
import { systemDictionaryFolders } from '../main/spelling/dictionary-folders.ts'
import { CALL_CHANNEL, DROP_CHANNEL } from '../shared/ipc/contract.ts'
import { chosenLanguage, pickLanguage } from '../shared/languages.ts'
import { servePage } from './app-protocol.ts'
import { callHandlers } from './call-handlers.ts'
import { installMenus } from './menus/desktop-menu.ts'
import { DesktopStateFile } from './windows/desktop-state.ts'
import { Exports } from './exchange/exports.ts'
import { Imports } from './exchange/imports.ts'
import { answerCall, answerDrop, failureOf } from './ipc-server.ts'
import { PrintSession } from './print/print-session.ts'
import { openDesktopVault } from './safety/safe-storage-vault.ts'
import { takeScreenshot } from './windows/screenshot.ts'
import { confineSession, isAllowedRequest } from './safety/session.ts'
import { speak, strings } from './wording/strings.ts'
import { Tasks } from './exchange/tasks.ts'
import { isTrustedSender } from './safety/trusted-sender.ts'
import type { AppWindow } from './windows/window.ts'
import { Windows } from './windows/windows.ts'

export interface DesktopApp {
  /** Opens files of the person's choosing, by path, and shows each. */
  openFiles(paths: readonly string[]): Promise<void>
  /** Asks in a window whether to join by a link that was opened; nothing happens before that. */
  invite(link: string): void
  /** Shows the window in front, or opens one: someone started Sheaf again. */
  present(): void
  /** Saves, closes every window and Sheaf itself. False when the person keeps a window open. */
  close(): Promise<boolean>
}

export interface DesktopOptions {
  readonly data: string
  readonly clock: Clock
  readonly logger: Logger
  /** Files named on the command line: they open instead of the last run's windows. */
  readonly files: readonly string[]
  readonly screenshot: string | null
}

/** Starts the app; the electron runtime is ready. Throws a `SheafError` when it can't, with a sentence that says why. */
export async function startDesktopApp(options: DesktopOptions): Promise<DesktopApp> {
  const { logger, data } = options
  const devtools = !app.isPackaged
  confineSession(session.defaultSession, logger, (address) => isAllowedRequest(address, devtools))
  // Private: it holds every document's words and this installation's keys.
  await mkdir(data, { recursive: true, mode: 0o700 })
  // What it says before the settings are read.
  speak(pickLanguage(systemLanguages()))
  const [sheaf, state] = await Promise.all([
    openSheaf(options),
    DesktopStateFile.open(path.join(data, 'desktop.json'), logger),
  ])
  const bundle = path.join(import.meta.dirname, '../renderer')
  servePage(session.defaultSession, bundle, (documentId, name) => sheaf.documents.image(documentId, name))
  followTheme(sheaf)
  const preload = path.join(import.meta.dirname, '../preload/preload.cjs')
  const windows = new Windows({ sheaf, state, logger, preload, devtools })
  const exports = new Exports(sheaf, new PrintSession(bundle, logger))
  const imports = new Imports(sheaf, logger)
  const tasks = new Tasks()
  const handlers = callHandlers({ sheaf, windows, state, exports, imports, tasks })
  const updateMenu = installMenus({ sheaf, windows, state, imports, logger })
  followLanguage(sheaf, updateMenu)
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, args: unknown) => {
    const window = isTrustedSender(event.senderFrame) ? windows.of(event.sender) : null
    const outcome = await answerCall(handlers, logger, window, name, args)
    updateMenu()
    return outcome
  })

  ipcMain.handle(DROP_CHANNEL, (event, task: unknown, paths: unknown) => {
    const window = isTrustedSender(event.senderFrame) ? windows.of(event.sender) : null
    const bring = (from: AppWindow, number: number, files: readonly string[]) =>
      tasks.run(from, number, (running) => imports.bring(files, running))
    return answerDrop(bring, logger, window, task, paths)
  })

  async function openFiles(paths: readonly string[]): Promise<void> {
    for (const file of paths) {
      try {
        windows.show(await sheaf.library.openPath(file))
      } catch (error) {
        const reason = failureOf(error, 'file.open', logger).message
        windows.tell(strings.problems.notOpened(path.basename(file), reason))
      }
    }
  }

  if (options.files.length > 0) await openFiles(options.files)
  else windows.reopen()
  if (options.screenshot !== null && windows.front !== null) {
    takeScreenshot(windows.front, options.screenshot, logger).catch((error: unknown) => {
      logger.error('screenshot.not-taken', error)
      process.stderr.write('The picture of the window could not be taken.\n')
    })
  }

  return {
    openFiles,
    invite: (link) => windows.invite(link),
    present: () => windows.present(),
    async close() {
      if (!(await windows.closeAll())) return false
      await sheaf.close()
      await state.settled()
      return true
    },
  }
}

async function openSheaf({ data, clock, logger }: DesktopOptions): Promise<Sheaf> {
  const override = process.env['SHEAF_LIBRARY']
  const library = override ? path.resolve(override) : null
  const ports: Ports = {
    clock,
    logger,
    vault: await openDesktopVault(data, safeStorage),
    systemTrash: { discard: (file) => shell.trashItem(file) },
    folders: { data, defaultLibrary: library ?? path.join(app.getPath('documents'), 'Sheaf') },
    accountName: accountName(),
    appVersion: app.getVersion(),
    dictionaryFolders: [
      ...systemDictionaryFolders({ platform: process.platform, env: process.env, home: app.getPath('home') }),
      path.join(import.meta.dirname, 'dictionaries'),
    ],
    language: pickLanguage(systemLanguages()),
    hubs: openHubs,
  }
  const sheaf = await createSheaf(ports)
  if (library !== null && sheaf.library.view().path !== library) await sheaf.library.useFolder(library)
  return sheaf
}

function accountName(): string {
  try {
    return os.userInfo().username
  } catch {
    // An account without an entry in the system's list, as in some containers.
    return ''
  }
}

/** The languages the system speaks: the same list the pages go by. */
function systemLanguages(): readonly string[] {
  return [app.getLocale()]
}

function followLanguage(sheaf: Sheaf, changed: () => void): void {
  const follow = () => {
    speak(chosenLanguage(sheaf.settings.get().language, systemLanguages()))
    changed()
  }
  follow()
  sheaf.subscribe(({ name }) => {
    if (name === 'settings.changed') follow()
  })
}

function followTheme(sheaf: Sheaf): void {
  nativeTheme.themeSource = sheaf.settings.get().theme
  sheaf.subscribe((announcement) => {
    if (announcement.name === 'settings.changed') nativeTheme.themeSource = announcement.payload.theme
  })
}
