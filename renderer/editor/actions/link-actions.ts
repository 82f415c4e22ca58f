/** Links to addresses and to other documents. */
import { AppWindow, Copy, ExternalLink, FileSymlink, Link, Unlink } from 'lucide-react'
import { safeHref } from '../../../shared/document/safe-href.ts'
import { selectedMention } from '../../mentions/mention.ts'
import { askForDocument } from '../../mentions/mention-picker.ts'
import { t } from '../../strings/t.ts'
import { linkable, linkAt, removeLink } from '../formatting/links.ts'
import type { PageAction } from './page-action.ts'

export const linkActions: readonly PageAction[] = [
  {
    id: 'text.openLink',
    section: 'mark',
    icon: ExternalLink,
    title: () => t('command.openLink'),
    keywords: () => t('keywords.openLink'),
    shortcut: 'Alt+Enter',
    command: (_schema, services) => (state, dispatch) => {
      const mention = selectedMention(state)
      const href = safeHref(linkAt(state)?.mark.attrs['href'])
      if (mention === null ? href === null : mention.documentId === null) return false
      if (dispatch === undefined) return true
      if (mention !== null && mention.documentId !== null)
        services.openDocument(mention.documentId, mention.label, false)
      else if (href !== null) services.openLink(href)
      return true
    },
  },
  {
    id: 'text.openLinkInWindow',
    section: 'mark',
    icon: AppWindow,
    title: () => t('command.openLinkInWindow'),
    keywords: () => t('keywords.openLinkInWindow'),
    shortcut: 'Mod+Shift+Enter',
    command: (_schema, services) => (state, dispatch) => {
      const { documentId = null, label = '' } = selectedMention(state) ?? {}
      if (documentId === null) return false
      if (dispatch !== undefined) services.openDocument(documentId, label, true)
      return true
    },
  },
  {
    id: 'text.copyLink',
    section: 'mark',
    icon: Copy,
    title: () => t('command.copyLink'),
    keywords: () => t('keywords.copyLink'),
    command: (_schema, services) => (state, dispatch) => {
      const href = safeHref(linkAt(state)?.mark.attrs['href'])
      if (href === null) return false
      if (dispatch !== undefined) services.copyAddress(href)
      return true
    },
  },
  {
    id: 'text.link',
    section: 'mark',
    icon: Link,
    title: () => t('command.link'),
    keywords: () => t('keywords.link'),
    shortcut: 'Mod+Alt+K',
    command: (_schema, services) => (state, dispatch) => {
      if (linkable(state) === null) return false
      if (dispatch !== undefined) services.editLink()
      return true
    },
  },
  {
    id: 'text.removeLink',
    section: 'mark',
    icon: Unlink,
    title: () => t('page.linkRemove'),
    keywords: () => t('keywords.link'),
    command: () => removeLink,
  },
]

export const mentionAction: PageAction = {
  id: 'text.mention',
  section: 'insert',
  icon: FileSymlink,
  title: () => t('command.mention'),
  keywords: () => t('keywords.mention'),
  shortcut: 'Mod+Alt+D',
  typed: '[[',
  inSlashMenu: true,
  command: () => askForDocument,
}
