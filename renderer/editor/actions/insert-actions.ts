/** Putting something new on the page. */
import { ImageIcon, Minus, Radical, Superscript, Table } from 'lucide-react'
import { insertFormula } from '../../formulas/formulas.ts'
import { insertFootnote } from '../../notes/footnotes.ts'
import { t } from '../../strings/t.ts'
import { insertDivider } from '../split-and-join.ts'
import { insertTable } from '../tables/edit-table.ts'
import type { PageAction } from './page-action.ts'

export const insertActions: readonly PageAction[] = [
  {
    id: 'text.image',
    section: 'insert',
    icon: ImageIcon,
    title: () => t('command.image'),
    keywords: () => t('keywords.image'),
    inSlashMenu: true,
    command: (_schema, services) => (_state, dispatch) => {
      if (dispatch) services.chooseImages()
      return true
    },
  },
  {
    id: 'text.table',
    section: 'insert',
    icon: Table,
    title: () => t('command.table'),
    keywords: () => t('keywords.table'),
    inSlashMenu: true,
    command: () => insertTable,
  },
  {
    id: 'text.divider',
    section: 'insert',
    icon: Minus,
    title: () => t('command.divider'),
    keywords: () => t('keywords.divider'),
    typed: '---',
    inSlashMenu: true,
    command: () => insertDivider,
  },
  {
    id: 'text.footnote',
    section: 'insert',
    icon: Superscript,
    title: () => t('command.footnote'),
    keywords: () => t('keywords.footnote'),
    shortcut: 'Mod+Alt+F',
    typed: '[^1]',
    inSlashMenu: true,
    command: () => insertFootnote,
  },
  {
    id: 'text.inlineFormula',
    section: 'insert',
    icon: Radical,
    title: () => t('command.inlineFormula'),
    keywords: () => t('keywords.inlineFormula'),
    typed: '$x$',
    inSlashMenu: true,
    command: () => insertFormula,
  },
]
