/** A page with footnotes and formulas as tests use it: what stands in the open card, and hands that type and press there. */
import type { MemoryMain } from './memory-main.ts'
import { CardEditor } from '../cards/card-editor.ts'
import { formulaCard } from '../formulas/formula-card.ts'
import { formulaView } from '../formulas/formula-view.ts'
import { noteCard } from '../notes/note-card.ts'
import { NoteWatch } from '../notes/note-watch.ts'
import { type OpenPage, openPage } from './open-page.ts'

export interface CardPage extends OpenPage {
  readonly notes: NoteWatch
  /** The text field of the open card, or null. */
  field(): HTMLElement | null
  /** Presses a key in the card. */
  pressIn(key: string, keys?: KeyboardEventInit): void
}

export async function openCardPage(main: MemoryMain): Promise<CardPage> {
  const notes = new NoteWatch()
  const cards = new CardEditor({
    kinds: { footnote: noteCard(notes), math: formulaCard() },
    nodeViews: { math: formulaView },
    openLink: () => {},
  })
  const page = await openPage(main, () => [notes.plugin(), cards.plugin()], {
    footnote: notes.nodeView,
    math: formulaView,
  })
  const field = () =>
    page.editor.view.dom.parentElement?.querySelector<HTMLElement>('.card-editor [role="textbox"]') ?? null
  return {
    ...page,
    notes,
    field,
    pressIn: (key, keys = {}) =>
      field()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...keys })),
  }
}
