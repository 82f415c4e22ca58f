/** Code blocks: their language. */
import { Languages } from 'lucide-react'
import { focusLanguage } from '../../code/edit-code.ts'
import { t } from '../../strings/t.ts'
import type { PageAction } from './page-action.ts'

export const codeActions: readonly PageAction[] = [
  {
    id: 'text.codeLanguage',
    section: 'block',
    icon: Languages,
    title: () => t('code.language'),
    keywords: () => t('keywords.language'),
    command: () => focusLanguage,
  },
]
