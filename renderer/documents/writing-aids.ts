/** What stands around the page and helps with writing: one set for each page, each part with plugins and a state of its own. */
import type { Plugin } from 'prosemirror-state'
import { BlockHandle } from '../editor/block-handle.ts'
import { TableMenu } from '../editor/tables/table-menu.ts'
import { FindSession } from '../find/find-session.ts'
import { WorkerPatternSearch } from '../find/pattern-search.ts'
import type { PageServices } from '../editor/actions/page-action.ts'
import { CountWatch } from '../counts/count-watch.ts'
import { FocusWatch } from '../focus/focus-watch.ts'
import { OutlineWatch } from '../outline/outline-watch.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { CardWatch } from '../links/card-watch.ts'
import type { DocumentLinks } from '../mentions/document-links.ts'
import { MentionPicker } from '../mentions/mention-picker.ts'
import { SlashMenu } from '../slash-menu/slash-menu.ts'

export class WritingAids {
  readonly slash: SlashMenu
  readonly mentions: MentionPicker
  readonly card = new CardWatch()
  readonly outline = new OutlineWatch()
  readonly counts = new CountWatch()
  readonly focus = new FocusWatch()
  readonly handle = new BlockHandle()
  readonly table = new TableMenu()
  readonly find = new FindSession(new WorkerPatternSearch())

  constructor(services: PageServices, links: DocumentLinks, documentId: DocumentId) {
    this.slash = new SlashMenu(services)
    this.mentions = new MentionPicker(links, documentId)
  }

  /** Their plugins, made anew for every state of the editor. They hear keys before the page does. */
  plugins(): Plugin[] {
    const { slash, mentions, card, find, focus, outline, counts, handle, table } = this
    return [slash, mentions, card, find, focus, outline, counts, handle, table].map((aid) => aid.plugin())
  }

  close(): void {
    this.find.destroy()
    this.outline.close()
    this.counts.close()
  }
}
