/** The native menu bar as data: the platform's roles and shortcuts, and commands for the window in front. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DocumentId } from '../shared/ids.ts'
import type { MenuCommand } from '../shared/ipc/contract.ts'
import type { RecentDocument } from './desktop-state.ts'
import { strings } from './strings.ts'

/** What a chosen item does. */
export interface MenuActions {
  /** Sends a command to the window in front. */
  command(command: MenuCommand): void
  newDocument(): void
  newWindow(): void
  openFile(): void
  importFile(): void
  showRecent(documentId: DocumentId): void
}

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly recent: readonly RecentDocument[]
  readonly devtools: boolean
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** The whole menu bar. */
export function menuTemplate(options: MenuOptions, actions: MenuActions): Item[] {
  const menus = [fileMenu(options, actions), editMenu(options, actions), viewMenu(options, actions)]
  const rest = [windowMenu(options), helpMenu(actions)]
  return options.platform === 'darwin' ? [appMenu(actions), ...menus, ...rest] : [...menus, ...rest]
}

function commandItem(actions: MenuActions, label: string, command: MenuCommand, accelerator?: string): Item {
  const item: Item = { id: command, label, click: () => actions.command(command) }
  return accelerator === undefined ? item : { ...item, accelerator }
}

function appMenu(actions: MenuActions): Item {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      commandItem(actions, strings.file.settings, 'app.settings', 'Cmd+,'),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
}

function fileMenu({ platform, recent }: MenuOptions, actions: MenuActions): Item {
  const { file } = strings
  const reveal = platform === 'darwin' || platform === 'win32' ? file.reveal[platform] : file.reveal.other
  const exportAs: Item[] = [
    commandItem(actions, file.markdown, 'document.export.md'),
    commandItem(actions, file.html, 'document.export.html'),
    commandItem(actions, file.text, 'document.export.txt'),
  ]
  const last: Item[] =
    platform === 'darwin'
      ? []
      : [
          separator,
          commandItem(actions, file.settings, 'app.settings', 'Ctrl+,'),
          separator,
          { role: 'quit', label: file.quit },
        ]
  return {
    label: file.menu,
    submenu: [
      { id: 'document.new', label: file.newDocument, accelerator: 'CmdOrCtrl+N', click: actions.newDocument },
      { label: file.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
      separator,
      { label: file.open, accelerator: 'CmdOrCtrl+O', click: actions.openFile },
      { label: file.openRecent, submenu: recentItems(recent, actions) },
      separator,
      commandItem(actions, file.rename, 'document.rename'),
      commandItem(actions, reveal, 'document.reveal'),
      commandItem(actions, file.trash, 'document.trash'),
      separator,
      { label: file.import, click: actions.importFile },
      { label: file.exportAs, submenu: exportAs },
      separator,
      { role: 'close', label: file.close },
      ...last,
    ],
  }
}

function recentItems(recent: readonly RecentDocument[], actions: MenuActions): Item[] {
  if (recent.length === 0) return [{ label: strings.file.noRecent, enabled: false }]
  return recent.map(({ documentId, title }) => ({
    // An ampersand would underline the letter after it.
    label: (title.trim().slice(0, 60) || strings.file.untitled).replaceAll('&', '&&'),
    click: () => actions.showRecent(documentId),
  }))
}

function editMenu({ platform }: MenuOptions, actions: MenuActions): Item {
  const { edit, editMore } = strings
  // The page hears these keys itself; the menu only shows them, so that one stroke never undoes twice.
  const shown = { registerAccelerator: false }
  const redo = platform === 'win32' ? 'Ctrl+Y' : 'CmdOrCtrl+Shift+Z'
  return {
    label: edit.menu,
    submenu: [
      { ...commandItem(actions, edit.undo, 'edit.undo', 'CmdOrCtrl+Z'), ...shown },
      { ...commandItem(actions, edit.redo, 'edit.redo', redo), ...shown },
      separator,
      { role: 'cut', label: edit.cut },
      { role: 'copy', label: edit.copy },
      { role: 'paste', label: edit.paste },
      { role: 'pasteAndMatchStyle', label: editMore.pastePlain },
      { role: 'selectAll', label: editMore.selectAll },
      separator,
      { ...commandItem(actions, editMore.link, 'text.link', 'CmdOrCtrl+Alt+K'), ...shown },
      { ...commandItem(actions, editMore.mention, 'text.mention', 'CmdOrCtrl+Alt+D'), ...shown },
    ],
  }
}

function viewMenu({ devtools }: MenuOptions, actions: MenuActions): Item {
  const { view } = strings
  const shown = { registerAccelerator: false }
  return {
    label: view.menu,
    submenu: [
      { ...commandItem(actions, view.library, 'view.library', 'CmdOrCtrl+\\'), ...shown },
      { ...commandItem(actions, view.quickOpen, 'view.quickOpen', 'CmdOrCtrl+P'), ...shown },
      { ...commandItem(actions, view.commands, 'view.commands', 'CmdOrCtrl+K'), ...shown },
      separator,
      { role: 'zoomIn', label: view.zoomIn },
      { role: 'zoomOut', label: view.zoomOut },
      { role: 'resetZoom', label: view.actualSize },
      separator,
      { role: 'togglefullscreen', label: view.fullScreen },
      ...(devtools ? [separator, { role: 'toggleDevTools' } satisfies Item] : []),
    ],
  }
}

function windowMenu({ platform }: MenuOptions): Item {
  if (platform === 'darwin') return { role: 'windowMenu' }
  return { label: strings.window.menu, submenu: [{ role: 'minimize', label: strings.window.minimize }] }
}

function helpMenu(actions: MenuActions): Item {
  return {
    role: 'help',
    label: strings.help.menu,
    submenu: [
      { label: strings.help.commands, click: () => actions.command('view.commands') },
      {
        ...commandItem(actions, strings.help.shortcuts, 'app.shortcuts', 'CmdOrCtrl+/'),
        // The window hears the key itself.
        registerAccelerator: false,
      },
    ],
  }
}
