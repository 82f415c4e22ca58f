/** Whole blocks: moving, doubling, deleting. */
import { ArrowDown, ArrowUp, CopyPlus, GripVertical, Trash2 } from 'lucide-react'
import { t } from '../../strings/t.ts'
import { selectedRange } from '../block-range.ts'
import { deleteBlocks, duplicateBlocks, moveBlocks } from '../move-blocks.ts'
import type { PageAction } from './page-action.ts'

export const blockActions: readonly PageAction[] = [
  {
    id: 'text.blockMenu',
    section: 'block',
    icon: GripVertical,
    title: () => t('command.blockMenu'),
    keywords: () => t('keywords.blockMenu'),
    shortcut: 'Mod+Shift+B',
    command: (_schema, services) => (state, dispatch) => {
      if (selectedRange(state) === null) return false
      if (dispatch !== undefined) services.openBlockMenu()
      return true
    },
  },
  {
    id: 'text.moveUp',
    section: 'block',
    icon: ArrowUp,
    title: () => t('command.moveUp'),
    keywords: () => t('keywords.moveBlock'),
    shortcut: 'Alt+Shift+ArrowUp',
    command: () => moveBlocks('up'),
  },
  {
    id: 'text.moveDown',
    section: 'block',
    icon: ArrowDown,
    title: () => t('command.moveDown'),
    keywords: () => t('keywords.moveBlock'),
    shortcut: 'Alt+Shift+ArrowDown',
    command: () => moveBlocks('down'),
  },
  {
    id: 'text.duplicateBlock',
    section: 'block',
    icon: CopyPlus,
    title: () => t('command.duplicateBlock'),
    keywords: () => t('keywords.duplicateBlock'),
    shortcut: 'Mod+D',
    command: () => duplicateBlocks,
  },
  {
    id: 'text.deleteBlock',
    section: 'block',
    icon: Trash2,
    title: () => t('command.deleteBlock'),
    keywords: () => t('keywords.deleteBlock'),
    shortcut: 'Mod+Shift+K',
    command: () => deleteBlocks,
  },
]
