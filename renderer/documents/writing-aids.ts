/** What stands around the page and helps with writing: one set for each page, each part with plugins and a state of its own. */
import type { Plugin } from 'prosemirror-state'
import { CardEditor } from '../cards/card-editor.ts'
import { BlockHandle } from '../editor/handle/block-handle.ts'
import { TableMenu } from '../editor/tables/table-menu.ts'
import { FindSession } from '../find/find-session.ts'
import { WorkerPatternSearch } from '../find/pattern-search.ts'
import type { PageServices } from '../editor/actions/page-action.ts'
import { LongPaste } from '../clipboard/long-paste.ts'
import { CountWatch } from '../counts/count-watch.ts'
import { FocusWatch } from '../focus/focus-watch.ts'
import { formulaCard } from '../formulas/formula-card.ts'
import { formulaView } from '../formulas/formula-view.ts'
import { OutlineWatch } from '../outline/outline-watch.ts'
import { PageMenu } from '../page-menu/page-menu.ts'
import { SpellingWatch } from '../spelling/spelling-watch.ts'
import type { SheafApi } from '../sheaf-api.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { CardWatch } from '../links/card-watch.ts'
import type { DocumentLinks } from '../mentions/document-links.ts'
import { MentionPicker } from '../mentions/mention-picker.ts'
import { mentionView } from '../mentions/mention-view.ts'
import { noteCard } from '../notes/note-card.ts'
import { NoteWatch } from '../notes/note-watch.ts'
import { PresenceWatch } from '../presence/presence-watch.ts'
import { SlashMenu } from '../slash-menu/slash-menu.ts'

export interface WritingAidsParts {
  readonly api: SheafApi
  readonly services: PageServices
  readonly links: DocumentLinks
  readonly documentId: DocumentId
  /** Hears of what an aid can't do. */
  fail(error: unknown): void
}

export class WritingAids {
  readonly slash: SlashMenu
  readonly mentions: MentionPicker
  readonly card = new CardWatch()
  readonly outline = new OutlineWatch()
  readonly counts = new CountWatch()
  readonly focus = new FocusWatch()
  readonly handle = new BlockHandle()
  readonly table = new TableMenu()
  readonly longPaste = new LongPaste()
  readonly notes = new NoteWatch()
  readonly cards: CardEditor
  readonly spelling: SpellingWatch
  readonly menu: PageMenu
  readonly presence: PresenceWatch
  readonly find = new FindSession(new WorkerPatternSearch())

  constructor({ api, services, links, documentId, fail }: WritingAidsParts) {
    this.spelling = new SpellingWatch(api, documentId, fail)
    this.menu = new PageMenu(this.spelling, fail)
    this.presence = new PresenceWatch(api, documentId)
    this.slash = new SlashMenu(services)
    this.mentions = new MentionPicker(links, documentId)
    this.cards = new CardEditor({
      kinds: { footnote: noteCard(this.notes), math: formulaCard() },
      nodeViews: { mention: mentionView(links), math: formulaView },
      openLink: (href) => services.openLink(href),
    })
  }

  /** Their plugins, made anew for every state of the editor. They hear keys before the page does. */
  plugins(): Plugin[] {
    const { slash, mentions, card, cards, notes, find, focus, outline, counts, handle, table, spelling, menu } = this
    const { presence } = this
    // Notes have their numbers before a card names itself by one.
    const aids = [
      slash,
      mentions,
      card,
      notes,
      cards,
      find,
      focus,
      outline,
      counts,
      handle,
      table,
      spelling,
      menu,
      presence,
    ]
    return aids.map((aid) => aid.plugin())
  }

  close(): void {
    this.longPaste.cancel()
    this.find.destroy()
    this.outline.close()
    this.counts.close()
    this.spelling.close()
    this.presence.close()
  }
}
