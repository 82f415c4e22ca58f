/** The native menu bar as data: the platform's roles and shortcuts, and commands for the window in front. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DocumentId } from '../../shared/ids.ts'
import type { MenuCommand } from '../../shared/ipc/contract.ts'
import type { RecentDocument } from '../windows/desktop-state.ts'
import { recentItems } from './recent-items.ts'
import { strings } from '../wording/strings.ts'

/** What a chosen item does. */
export interface MenuActions {
  /** Sends a command to the window in front. */
  command(command: MenuCommand): void
  newDocument(): void
  newWindow(): void
  openFile(): void
  importFile(): void
  join(): void
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
  // The window hears these keys itself.
  const shown = { registerAccelerator: false }
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
      commandItem(actions, file.share, 'document.share'),
      { label: file.join, click: actions.join },
      separator,
      { label: file.import, click: actions.importFile },
      { ...commandItem(actions, file.export, 'document.export', 'CmdOrCtrl+Shift+S'), ...shown },
      { ...commandItem(actions, file.print, 'document.print', 'CmdOrCtrl+P'), ...shown },
      separator,
      { role: 'close', label: file.close },
      ...last,
    ],
  }
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
      { ...commandItem(actions, editMore.footnote, 'text.footnote', 'CmdOrCtrl+Alt+F'), ...shown },
      commandItem(actions, editMore.formula, 'text.inlineFormula'),
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
      { ...commandItem(actions, view.quickOpen, 'view.quickOpen', 'CmdOrCtrl+Shift+P'), ...shown },
      { ...commandItem(actions, view.commands, 'view.commands', 'CmdOrCtrl+K'), ...shown },
      separator,
      { ...commandItem(actions, view.zoomIn, 'view.zoomIn', 'CmdOrCtrl+Plus'), ...shown },
      { ...commandItem(actions, view.zoomOut, 'view.zoomOut', 'CmdOrCtrl+-'), ...shown },
      { ...commandItem(actions, view.actualSize, 'view.zoomReset', 'CmdOrCtrl+0'), ...shown },
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
