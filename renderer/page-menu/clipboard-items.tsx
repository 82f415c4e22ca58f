import { ClipboardPaste, ClipboardType, Copy, type LucideIcon, Scissors, TextSelect } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { keyboard, type Shortcut, shortcutWords } from '../commands/shortcut.ts'
import { t } from '../strings/t.ts'
import type { PageMenuActions } from './page-menu-actions.ts'

/** The system's own key for it, which the native menu gives to it. */
const PLAIN_PASTE: Shortcut = keyboard === 'mac' ? 'Mod+Alt+Shift+V' : 'Mod+Shift+V'

export interface ClipboardItemsProps {
  readonly actions: PageMenuActions
  choose(run: () => void): void
}

/** Cut, copy, paste and select: there always, and off where there is nothing to do it with. */
export function ClipboardItems({ actions, choose }: ClipboardItemsProps) {
  const selected = actions.hasSelection()
  const writable = actions.isWritable()
  const item = (label: string, Icon: LucideIcon, shortcut: Shortcut, can: boolean, run: () => void) => (
    <DropdownMenu.Item className="menu__item" disabled={!can} onSelect={() => choose(run)}>
      <Icon className="icon" />
      {label}
      <span className="key">{shortcutWords(shortcut)}</span>
    </DropdownMenu.Item>
  )
  return (
    <>
      {item(t('menu.cut'), Scissors, 'Mod+X', selected && writable, () => actions.edit('cut'))}
      {item(t('menu.copy'), Copy, 'Mod+C', selected, () => actions.edit('copy'))}
      {item(t('menu.paste'), ClipboardPaste, 'Mod+V', writable, () => actions.edit('paste'))}
      {item(t('menu.pastePlain'), ClipboardType, PLAIN_PASTE, writable, () => actions.edit('pasteAndMatchStyle'))}
      {item(t('menu.selectAll'), TextSelect, 'Mod+A', true, () => actions.selectAll())}
    </>
  )
}
