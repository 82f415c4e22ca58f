/** The `/` menu of one page, without its looks: offers what can be done where the caret stands, and does what is chosen. */
import { type EditorState, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { yUndoPluginKey } from 'y-prosemirror'
import type { PageAction, PageServices } from '../editor/actions/page-action.ts'
import { pageActions } from '../editor/actions/page-actions.ts'
import { type Offer, TypedPicker } from '../pickers/typed-picker.ts'
import type { TypedQuery } from '../pickers/typed-query.ts'
import { t } from '../strings/t.ts'
import { type SlashGroup, slashGroups } from './slash-items.ts'

export interface OfferedActions extends Offer<PageAction> {
  readonly groups: readonly SlashGroup[]
}

const slashKey = new PluginKey<TypedQuery | null>('slash-menu')

const RULES = {
  key: slashKey,
  begins: /(?:^|\s)(?<sign>\/)$/u,
  // A name one looks for: no space at its start, and not longer than any name is.
  goesOn: /^(?<sign>\/)(?!\s)(?<query>[^\n\uFFFC]{0,30})$/u,
}

export class SlashMenu extends TypedPicker<PageAction, OfferedActions> {
  readonly listId = 'slash-menu'
  readonly #services: PageServices

  constructor(services: PageServices) {
    super(RULES)
    this.#services = services
  }

  idOf(action: PageAction): string {
    return `slash-${action.id.replaceAll('.', '-')}`
  }

  protected find(state: EditorState, { query }: TypedQuery): OfferedActions | null {
    // What is offered would happen to the block a note stands in.
    if (!state.selection.$from.parent.isTextblock) return null
    const groups = slashGroups(this.#offered(state), query)
    const items = groups.flatMap((group) => group.items.map(({ action }) => action))
    const [first] = items
    return first === undefined ? null : { groups, items, chosen: first }
  }

  /** Takes `/` and query away and does what was chosen: one step of undo takes both back. */
  protected take(view: EditorView, action: PageAction, { from, to }: TypedQuery): void {
    const undo = yUndoPluginKey.getState(view.state)?.undoManager
    undo?.stopCapturing()
    view.dispatch(view.state.tr.delete(from, to).setMeta(slashKey, 'close'))
    action.command(view.state.schema, this.#services)(view.state, view.dispatch, view)
    undo?.stopCapturing()
  }

  /** Behind a `/` at the end of its block, before anything is typed: what typing on would do. */
  protected override decorate({ doc, selection }: EditorState, { from, to, query }: TypedQuery): DecorationSet | null {
    const { parent, parentOffset } = selection.$from
    if (query !== '' || parentOffset !== parent.content.size) return null
    return DecorationSet.create(doc, [
      Decoration.inline(from, to, { class: 'slash-hint', 'data-hint': t('slash.hint') }),
    ])
  }

  /** What can be done where the caret stands. */
  #offered(state: EditorState): readonly PageAction[] {
    return pageActions.filter(
      (action) => action.inSlashMenu === true && action.command(state.schema, this.#services)(state),
    )
  }
}
