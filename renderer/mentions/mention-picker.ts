/** The list of documents one can name on the page, without its looks: it follows what is typed behind `@` or `[[`. */
import { type Command, type EditorState, PluginKey, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { DocumentId } from '../../shared/ids.ts'
import { bindingOf, relativeCaret, resolveCaret } from '../editor/binding/caret.ts'
import { shownTitle } from '../library/shown-title.ts'
import { type Offer, TypedPicker } from '../pickers/typed-picker.ts'
import { admitsQuery, type TypedQuery } from '../pickers/typed-query.ts'
import type { DocumentLinks } from './document-links.ts'
import { admitsMention, insertMention, type MentionFacts } from './mention.ts'
import { exactDocument, type MentionItem, offeredDocuments } from './mention-items.ts'

const mentionKey = new PluginKey<TypedQuery | null>('mention-picker')

const RULES = {
  key: mentionKey,
  // An `@` inside of a word belongs to a mail address.
  begins: /(?<sign>(?<![^\s\uFFFC([{“”„"'‘’«»–—-])@|(?<!\[)\[\[)$/u,
  goesOn: /^(?<sign>@|\[\[)(?!\s)(?<query>(?:(?!\]\])[^\n\uFFFC]){0,60})$/u,
}

export class MentionPicker extends TypedPicker<MentionItem, Offer<MentionItem>> {
  readonly listId = 'mention-picker'
  readonly #links: DocumentLinks
  readonly #self: DocumentId

  /** `self` is the document on the page, which is not offered. */
  constructor(links: DocumentLinks, self: DocumentId) {
    super(RULES)
    this.#links = links
    this.#self = self
  }

  idOf(item: MentionItem): string {
    return item.kind === 'create' ? 'mention-create' : `mention-${item.entry.id}`
  }

  protected find(state: EditorState, query: TypedQuery): Offer<MentionItem> | null {
    return admitsMention(state) ? offeredDocuments(this.#entries(), query, this.#self) : null
  }

  protected take(view: EditorView, item: MentionItem, { from, to }: TypedQuery): void {
    if (item.kind === 'document') {
      const facts = { documentId: item.documentId, label: item.entry.title.trim() === '' ? '' : shownTitle(item.entry) }
      view.dispatch(insertMention(view.state.tr, from, to, facts).setMeta(mentionKey, 'close'))
    } else {
      this.close()
      void this.#create(view, item.title, from, to)
    }
  }

  /** `[[Title]]` names a document by its title alone. */
  protected override typed({ sign, query, from, to }: TypedQuery, text: string, view: EditorView): boolean {
    if (text !== ']' || sign !== '[[' || !query.endsWith(']') || !admitsMention(view.state)) return false
    const item = exactDocument(this.#entries(), query.slice(0, -1), this.#self)
    if (item === null) return false
    this.take(view, item, { sign, query, from, to, asked: false })
    return true
  }

  /** What was typed stands until there is a document; it stays when there is none. */
  async #create(view: EditorView, title: string, from: number, to: number): Promise<void> {
    const { state } = view
    const typed = state.doc.textBetween(from, to)
    const place = relativeCaret(state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to))))
    const documentId = await this.#links.create(title)
    if (documentId === null || view.isDestroyed || !view.editable) return
    insertAt(view, place, typed, { documentId, label: title })
  }

  #entries() {
    return this.#links.library.get()?.entries ?? []
  }
}

/** Puts the mention where the words stand now that were typed for it, or at the caret when they are gone. */
function insertAt(view: EditorView, place: ReturnType<typeof relativeCaret>, typed: string, facts: MentionFacts): void {
  const { state } = view
  const binding = bindingOf(state)
  const words = place === null || binding === null ? null : resolveCaret(place, binding, state.doc)
  const { from, to } = words ?? state.selection
  const whole = words !== null && state.doc.textBetween(from, to) === typed
  if (!admitsMention(state.apply(state.tr.setSelection(TextSelection.create(state.doc, to))))) return
  view.dispatch(insertMention(state.tr, whole ? from : to, to, facts))
}

/** Opens the list at the caret, as if `[[` had been typed. */
export const askForDocument: Command = (state, dispatch) => {
  const { selection } = state
  if (!(selection instanceof TextSelection) || !admitsMention(state) || !admitsQuery(selection.$from)) return false
  dispatch?.(state.tr.insertText('[[', selection.to).setMeta(mentionKey, 'ask').scrollIntoView())
  return true
}
