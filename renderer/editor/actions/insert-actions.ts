/** Putting something new on the page. */
import { Minus } from 'lucide-react'
import { t } from '../../strings/t.ts'
import { insertDivider } from '../split-and-join.ts'
import type { PageAction } from './page-action.ts'

export const insertActions: readonly PageAction[] = [
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
