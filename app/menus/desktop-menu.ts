/** The native menus at work, the bar's and the tray's: built anew when the recent documents, the language or the wish for a tray change. */
import { app, Menu } from 'electron'
import type { Logger } from '../../main/ports.ts'
import type { Sheaf } from '../../main/sheaf.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { Language } from '../../shared/languages.ts'
import type { DesktopStateFile } from '../windows/desktop-state.ts'
import { DesktopTray } from './desktop-tray.ts'
import { chooseDocument } from '../dialogs.ts'
import type { Imports } from '../exchange/imports.ts'
import { failureOf, type ShellAction } from '../ipc-server.ts'
import { type MenuActions, menuTemplate } from './menu.ts'
import { spokenLanguage } from '../wording/strings.ts'
import type { Windows } from '../windows/windows.ts'

export interface DesktopMenuParts {
  readonly sheaf: Sheaf
  readonly windows: Windows
  readonly state: DesktopStateFile
  readonly imports: Imports
  readonly logger: Logger
}

/** Sets the application's menus, and answers what to call when what they go by may have changed. */
export function installMenus({ sheaf, windows, state, imports, logger }: DesktopMenuParts): () => void {
  /** Runs what an item does; a failure is told in the window in front. */
  function attempt(doing: ShellAction, action: () => Promise<void>): void {
    action().catch((error: unknown) => windows.tell(failureOf(error, doing, logger).message))
  }

  async function showChosen(open: () => Promise<DocumentId | null>): Promise<void> {
    const documentId = await open()
    if (documentId !== null) windows.show(documentId)
  }

  /** The window that opens then shows the first document, and each failure. */
  async function importWithoutWindow(): Promise<void> {
    const report = await imports.choose(null)
    const first = report?.documents[0] ?? report?.opened[0]
    if (first !== undefined) windows.show(first)
    for (const { name, reason } of report?.failures ?? []) windows.tell(`${name}: ${reason}`)
  }

  const actions: MenuActions = {
    command: (command) => windows.front?.send('menu.command', { command }),
    newWindow: () => {
      windows.open(null)
    },
    newDocument() {
      const { front } = windows
      if (front !== null) front.send('menu.command', { command: 'document.new' })
      else attempt('menu.new', () => showChosen(async () => (await sheaf.library.create()).documentId))
    },
    openFile: () =>
      attempt('menu.open', () =>
        showChosen(async () => {
          const file = await chooseDocument(windows.front?.browser ?? null, sheaf.library.view().path)
          return file === null ? null : sheaf.library.openPath(file)
        }),
      ),
    importFile() {
      const { front } = windows
      if (front !== null) front.send('menu.command', { command: 'document.import' })
      else attempt('menu.import', importWithoutWindow)
    },
    join: () => windows.invite(''),
    showRecent: (documentId) => windows.show(documentId),
  }

  const tray = new DesktopTray({ ...actions, present: () => windows.present(), quit: () => app.quit() })
  let shown: unknown
  let spoken: Language | null = null
  let inTray = false
  function build(): void {
    const { recent } = state.state
    const wanted = sheaf.settings.get().tray
    if (shown === recent && spoken === spokenLanguage() && inTray === wanted) return
    shown = recent
    spoken = spokenLanguage()
    inTray = wanted
    tray.show(wanted)
    tray.update(recent)
    const template = menuTemplate({ platform: process.platform, recent, devtools: !app.isPackaged }, actions)
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  build()
  return build
}
