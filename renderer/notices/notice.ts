import type { LucideIcon } from 'lucide-react'

export type NoticeTone = 'info' | 'caution' | 'danger'

export interface NoticeAction {
  readonly label: string
  run(): void | Promise<void>
  /** The one to press when in doubt. */
  readonly primary?: boolean
}

/** What a message says: what happened, what is safe, what can be done. */
export interface Notice {
  /** Two notices with one key are the same notice; the later one replaces the earlier. */
  readonly key: string
  readonly tone: NoticeTone
  readonly icon: LucideIcon
  readonly title: string
  /** Further sentences, or ''. */
  readonly text: string
  /** Named facts under the text, like what is safe and what is at risk. */
  readonly facts?: readonly { readonly term: string; readonly words: string }[]
  readonly actions: readonly NoticeAction[]
  /** Whether the person may put it away; a notice about something still true stays. */
  readonly dismissible: boolean
}

/** A short word that goes by itself: what was just done, and the way back. */
export interface Toast {
  readonly key: string
  readonly text: string
  readonly action: NoticeAction | null
}
