/** The native menu bar at work: built from its template, and built anew when the recent documents or the language change. */
import { app, Menu } from 'electron'
import type { Logger } from '../main/ports.ts'
import type { Sheaf } from '../main/sheaf.ts'
import type { DocumentId } from '../shared/ids.ts'
import type { Language } from '../shared/languages.ts'
import type { DesktopStateFile } from './desktop-state.ts'
import { chooseDocument, chooseImport } from './dialogs.ts'
import { failureOf, type ShellAction } from './ipc-server.ts'
import { type MenuActions, menuTemplate } from './menu.ts'
import { spokenLanguage } from './strings.ts'
import type { Windows } from './windows.ts'

export interface DesktopMenuParts {
  readonly sheaf: Sheaf
  readonly windows: Windows
  readonly state: DesktopStateFile
  readonly logger: Logger
}

/** Sets the application's menu, and answers what to call when the list of recent documents or the language may have changed. */
export function installMenu({ sheaf, windows, state, logger }: DesktopMenuParts): () => void {
  /** Runs what an item does; a failure is told in the window in front. */
  function attempt(doing: ShellAction, action: () => Promise<void>): void {
    action().catch((error: unknown) => windows.tell(failureOf(error, doing, logger).message))
  }

  async function showChosen(open: () => Promise<DocumentId | null>): Promise<void> {
    const documentId = await open()
    if (documentId !== null) windows.show(documentId)
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
    importFile: () =>
      attempt('menu.import', () =>
        showChosen(async () => {
          const file = await chooseImport(windows.front?.browser ?? null)
          return file === null ? null : sheaf.library.importPath(file)
        }),
      ),
    showRecent: (documentId) => windows.show(documentId),
  }

  let shown: unknown
  let spoken: Language | null = null
  function build(): void {
    const { recent } = state.state
    if (shown === recent && spoken === spokenLanguage()) return
    shown = recent
    spoken = spokenLanguage()
    const template = menuTemplate({ platform: process.platform, recent, devtools: !app.isPackaged }, actions)
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  build()
  return build
}
