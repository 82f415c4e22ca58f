/** The menu of the icon beside the clock, as data. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DocumentId } from '../../shared/ids.ts'
import type { RecentDocument } from '../windows/desktop-state.ts'
import { recentItems } from './recent-items.ts'
import { strings } from '../wording/strings.ts'

/** What a chosen item does. */
export interface TrayActions {
  /** Shows the window in front, or opens one. */
  present(): void
  newDocument(): void
  showRecent(documentId: DocumentId): void
  quit(): void
}

/** Documents it names: more would be a list to read, and the library is one. */
const RECENT_SHOWN = 5

export function trayTemplate(recent: readonly RecentDocument[], actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: strings.tray.open, click: actions.present },
    { label: strings.file.newDocument, click: actions.newDocument },
    { type: 'separator' },
    ...recentItems(recent.slice(0, RECENT_SHOWN), actions),
    { type: 'separator' },
    { label: strings.tray.quit, click: actions.quit },
  ]
}
