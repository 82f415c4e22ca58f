/** Putting something new on the page. */
import { ImageIcon, Minus, Table } from 'lucide-react'
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
]
