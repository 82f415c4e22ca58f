import type { LucideIcon } from 'lucide-react'
import type { MenuCommand } from '../../shared/ipc/contract.ts'
import type { PageActionId } from '../editor/actions/page-action.ts'
import type { Shortcut } from './shortcut.ts'

/** Everything a person can do by name. What the native menu may ask for is among it. */
export type CommandId =
  | MenuCommand
  | 'document.openFile'
  | 'document.openInWindow'
  | 'document.yjs'
  | 'view.sync'
  | 'app.recovery'
  | 'app.restoreWords'
  | PageActionId
  | 'view.search'
  | 'view.all'
  | 'view.trash'
  | 'view.themeSystem'
  | 'view.themeLight'
  | 'view.themeDark'
  | 'view.larger'
  | 'view.smaller'
  | 'view.nextRegion'
  | 'spelling.next'
  | 'spelling.language'
  | 'spelling.toggle'
  | 'spelling.addDictionary'
  | 'app.newWindow'
  | 'app.folder'

export type CommandGroup = 'document' | 'text' | 'view' | 'app'

export interface Command {
  readonly id: CommandId
  readonly group: CommandGroup
  readonly title: string
  readonly icon: LucideIcon
  readonly shortcut?: Shortcut
  /** Other shortcuts for the same. */
  readonly also?: readonly Shortcut[]
  /** Other words people look for it by. */
  readonly keywords?: readonly string[]
  /** Who listens for the shortcut: the window everywhere, or the page only while one writes in it. */
  readonly heardBy: 'window' | 'page'
  /** Why it can't be done now, or ''. */
  readonly unavailable: string
  run(): void
}

type CommandFacts = Partial<Pick<Command, 'shortcut' | 'also' | 'keywords' | 'unavailable'>>

/** Builds the commands of one group. */
export function commandsOf(group: CommandGroup, heardBy: 'window' | 'page' = 'window') {
  return (id: CommandId, title: string, icon: LucideIcon, run: () => void, facts: CommandFacts = {}): Command => ({
    group,
    heardBy,
    id,
    title,
    icon,
    run,
    unavailable: '',
    ...facts,
  })
}
