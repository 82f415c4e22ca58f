/** The list of everything a person can do by name, for the palette, the shortcuts and the native menu. */
import {
  AArrowDown,
  AArrowUp,
  AppWindow,
  Command as CommandIcon,
  CornerDownRight,
  Files,
  FolderOpen,
  Keyboard,
  Monitor,
  Moon,
  PanelLeft,
  Search,
  Settings,
  Sun,
  Trash2,
} from 'lucide-react'
import type { Theme } from '../../shared/ipc/contract.ts'
import type { WindowImports } from '../exchange/window-imports.ts'
import type { LibraryActions } from '../library/library-actions.ts'
import { TEXT_SIZES } from '../settings/text-sizes.ts'
import { t } from '../strings/t.ts'
import type { DocumentActions } from '../window/document-actions.ts'
import { focusNextRegion } from '../window/regions.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'
import { availability, documentCommands } from './document-commands.ts'
import { findCommands } from './find-commands.ts'
import { sightCommands } from './sight-commands.ts'
import { sharingCommands } from './sharing-commands.ts'
import type { SpellingActions } from '../spelling/spelling-actions.ts'
import { spellingCommands } from './spelling-commands.ts'
import { textCommands } from './text-commands.ts'
import { zoomCommands } from './zoom-commands.ts'

export interface CommandParts {
  readonly model: WindowModel
  readonly library: LibraryActions
  readonly document: DocumentActions
  readonly spelling: SpellingActions
  readonly imports: WindowImports
  focusSearch(): void
}

/** All commands, as things stand now. */
export function appCommands(parts: CommandParts): readonly Command[] {
  const { model, library, document, imports, spelling } = parts
  return [
    ...documentCommands(model, library, document, imports),
    ...sharingCommands(model),
    ...textCommands(model.page, availability(model).text),
    ...findCommands(model),
    ...spellingCommands(model, spelling),
    ...viewCommands(parts),
    ...windowCommands(parts),
  ]
}

function viewCommands({ model, focusSearch }: CommandParts): readonly Command[] {
  const command = commandsOf('view')
  const resize = (by: number) => () => {
    const size = model.settings.get()?.textSize
    if (size === undefined) return
    model.changeSettings({ textSize: Math.min(Math.max(size + by, TEXT_SIZES.least), TEXT_SIZES.most) })
  }
  const look = (kind: 'all' | 'trash') => () => {
    model.place.set({ kind })
    model.toggleLibrary(true)
  }
  const theme = (next: Theme) => () => model.changeSettings({ theme: next })

  return [
    command('view.library', t('command.toggleLibrary'), PanelLeft, () => model.toggleLibrary(), { shortcut: 'Mod+\\' }),
    ...sightCommands(model),
    command('view.search', t('command.searchLibrary'), Search, focusSearch, { shortcut: 'Mod+Shift+F' }),
    command('view.all', t('command.showAll'), Files, look('all')),
    command('view.trash', t('command.showTrash'), Trash2, look('trash')),
    command('view.themeSystem', t('command.themeSystem'), Monitor, theme('system')),
    command('view.themeLight', t('command.themeLight'), Sun, theme('light')),
    command('view.themeDark', t('command.themeDark'), Moon, theme('dark')),
    command('view.larger', t('command.larger'), AArrowUp, resize(1)),
    command('view.smaller', t('command.smaller'), AArrowDown, resize(-1)),
    ...zoomCommands(model),
    command('view.nextRegion', t('command.nextRegion'), CornerDownRight, () => focusNextRegion(1), { shortcut: 'F6' }),
  ]
}

function windowCommands({ model, library }: CommandParts): readonly Command[] {
  const command = commandsOf('app')
  const { api, board, dialog } = model
  const newWindow = () => board.attempt(() => api.call('window.open', null))

  return [
    command('view.commands', t('command.commands'), CommandIcon, () => dialog.set('commands'), { shortcut: 'Mod+K' }),
    command('app.settings', t('command.settings'), Settings, () => dialog.set('settings'), { shortcut: 'Mod+,' }),
    command('app.shortcuts', t('command.shortcuts'), Keyboard, () => dialog.set('shortcuts'), { shortcut: 'Mod+/' }),
    command('app.newWindow', t('command.newWindow'), AppWindow, newWindow, { shortcut: 'Mod+Shift+N' }),
    command('app.folder', t('command.folder'), FolderOpen, () => library.chooseFolder()),
  ]
}
