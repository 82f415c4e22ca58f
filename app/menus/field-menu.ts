/** The native menu of fields outside the page: cut, copy and paste. The page itself has a menu of its own. */
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import { strings } from '../wording/strings.ts'

/** Empty where there is nothing to write in and nothing selected. */
export function fieldMenu({
  isEditable,
  selectionText,
  editFlags,
}: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>): MenuItemConstructorOptions[] {
  const { edit, editMore } = strings
  const copy: MenuItemConstructorOptions = { role: 'copy', label: edit.copy, enabled: editFlags.canCopy }
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy]
  return [
    { role: 'cut', label: edit.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: edit.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: editMore.selectAll, enabled: editFlags.canSelectAll },
  ]
}
