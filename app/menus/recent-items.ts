/** The documents shown lately as items of a native menu, last shown first. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DocumentId } from '../../shared/ids.ts'
import type { RecentDocument } from '../windows/desktop-state.ts'
import { strings } from '../wording/strings.ts'

const LONGEST_TITLE = 60

export function recentItems(
  recent: readonly RecentDocument[],
  actions: { showRecent(documentId: DocumentId): void },
): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: strings.file.noRecent, enabled: false }]
  return recent.map(({ documentId, title }) => ({
    // An ampersand would underline the letter after it.
    label: (title.trim().slice(0, LONGEST_TITLE) || strings.file.untitled).replaceAll('&', '&&'),
    click: () => actions.showRecent(documentId),
  }))
}
