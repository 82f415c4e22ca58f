/** What stands around the page and helps with writing: one set for each page, each part with plugins and a state of its own. */
import type { Plugin } from 'prosemirror-state'
import { FindSession } from '../find/find-session.ts'
import { WorkerPatternSearch } from '../find/pattern-search.ts'
import type { PageServices } from '../editor/actions/page-action.ts'
import { SlashMenu } from '../slash-menu/slash-menu.ts'

export class WritingAids {
  readonly slash: SlashMenu
  readonly find = new FindSession(new WorkerPatternSearch())

  constructor(services: PageServices) {
    this.slash = new SlashMenu(services)
  }

  /** Their plugins, made anew for every state of the editor. They hear keys before the page does. */
  plugins(): Plugin[] {
    return [this.slash.plugin(), this.find.plugin()]
  }

  close(): void {
    this.find.destroy()
  }
}
