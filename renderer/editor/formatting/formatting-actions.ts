/** What the formatting toolbar may do to the page. */
import type { BlockKind } from '../../../shared/document/block-kinds.ts'
import type { PageActionId } from '../actions/page-action.ts'
import type { SelectionFacts } from './selection-watch.ts'

export interface FormattingActions {
  act(id: PageActionId): void
  setKind(kind: BlockKind): void
  setLink(href: string): void
  removeLink(): void
  /** Gives the keyboard back to the page. */
  focusPage(): void
  /** The selection in CSS pixels from the top left of the page's column; null when it can't be seen. */
  place(facts: SelectionFacts): SelectionPlace | null
}

export interface SelectionPlace {
  readonly left: number
  readonly top: number
  readonly bottom: number
  readonly width: number
}
