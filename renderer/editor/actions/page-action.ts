/**
 * A page action: something a person can do to the page, by name. The palette, the `/` menu, the toolbar, the context menu
 * and the keyboard all offer the same list (`page-actions.ts`), so each is described once.
 */
import type { LucideIcon } from 'lucide-react'
import type { Schema } from 'prosemirror-model'
import type { Command } from 'prosemirror-state'
import type { DocumentId } from '../../../shared/ids.ts'
import type { Shortcut } from '../../commands/shortcut.ts'

/** `kind`: what a block is. `mark`: formatting of words. `insert`: puts something new on the page. `block`: moves, aligns. `table`: on cells. */
export type ActionSection = 'kind' | 'mark' | 'insert' | 'block' | 'table'

/** What an action may use beside the editor: things the page has to ask somebody else for. */
export interface PageServices {
  /** Opens the address field of the formatting toolbar for the selected words. */
  editLink(): void
  /** Opens the menu of the block with the caret. */
  openBlockMenu(): void
  /** Opens the menu of the table with the caret. */
  openTableMenu(): void
  /** Asks for pictures and puts them at the caret. */
  chooseImages(): void
  /** Follows an address, after the person has seen where it leads. */
  openLink(href: string): void
  /** Opens another document; `label` is what to call one nobody knows. */
  openDocument(documentId: DocumentId, label: string, inNewWindow: boolean): void
  /** Puts an address on the clipboard and says so. */
  copyAddress(href: string): void
}

export type PageActionId = `text.${string}`

export interface PageAction {
  readonly id: PageActionId
  readonly section: ActionSection
  readonly icon: LucideIcon
  title(): string
  /** Other words people look for it by. */
  keywords?(): string
  /** Heard on the page only. */
  readonly shortcut?: Shortcut
  /** What one types on the page for the same: Markdown, shown as a hint. */
  readonly typed?: string
  /** Offered by the `/` menu. */
  readonly inSlashMenu?: boolean
  /** Whether it could be done is what the command answers without a `dispatch`. */
  command(schema: Schema, services: PageServices): Command
}
