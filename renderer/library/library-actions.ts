import type { LibraryEntry } from '../../shared/ipc/contract.ts'

/** What rows and menus of the library do. Failures become notices; none of these reject. */
export interface LibraryActions {
  create(title?: string): void
  /** Shows the row's document; `andWrite` also puts the caret into the page. */
  open(entry: LibraryEntry, andWrite: boolean): void
  openInWindow(entry: LibraryEntry): void
  /** Resolves when the new title shows in the library, or the failure in a notice. */
  rename(entry: LibraryEntry, title: string): Promise<void>
  reveal(entry: LibraryEntry): void
  /** Moves to the trash, with a way back. */
  trash(entry: LibraryEntry): void
  restore(entry: LibraryEntry): void
  chooseFolder(): void
}
