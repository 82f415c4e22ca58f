/**
 * The `/` menu of one page, without its looks: hears the keys while it is open, and runs what is chosen.
 *
 * The caret stays on the page; `aria-activedescendant` says which item it would take.
 */
import { type EditorState, Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { yUndoPluginKey } from 'y-prosemirror'
import type { PageAction, PageServices } from '../editor/actions/page-action.ts'
import { pageActions } from '../editor/actions/page-actions.ts'
import { t } from '../strings/t.ts'
import { Observable } from '../window/observable.ts'
import { type SlashGroup, type SlashItem, slashGroups } from './slash-items.ts'
import { nextQuery, type SlashQuery, slashKey } from './slash-query.ts'

export const SLASH_LIST = 'slash-menu'

export interface OpenSlashMenu {
  readonly groups: readonly SlashGroup[]
  readonly chosen: PageAction
  /** Position on the page of the `/`. */
  readonly from: number
}

export class SlashMenu {
  /** Null while there is nothing to show. */
  readonly open = new Observable<OpenSlashMenu | null>(null)
  readonly #services: PageServices
  #view: EditorView | null = null
  #query: SlashQuery | null = null

  constructor(services: PageServices) {
    this.#services = services
  }

  plugin(): Plugin {
    return new Plugin<SlashQuery | null>({
      key: slashKey,
      state: { init: () => null, apply: nextQuery },
      view: (view) => {
        this.#view = view
        this.#look(view)
        return { update: () => this.#look(view) }
      },
      props: {
        handleKeyDown: (_view, event) => this.#hear(event),
        attributes: (state): Record<string, string> => {
          const open = this.#shown(state)
          return open === null
            ? {}
            : {
                'aria-controls': SLASH_LIST,
                'aria-activedescendant': slashItemId(open.chosen),
                'aria-haspopup': 'listbox',
              }
        },
        decorations: (state) => hint(state),
        handleDOMEvents: {
          blur: (view) => {
            if (slashKey.getState(view.state)) this.close()
            return false
          },
        },
      },
    })
  }

  /** Points at an item, as the pointer does. */
  point(action: PageAction): void {
    const open = this.open.get()
    if (open !== null && open.chosen !== action) this.#show({ ...open, chosen: action })
  }

  /** Takes `/` and query away and does what was chosen: one step of undo takes both back. */
  choose(action: PageAction): void {
    const view = this.#view
    const query = view === null ? null : slashKey.getState(view.state)
    if (view === null || !query) return
    const undo = yUndoPluginKey.getState(view.state)?.undoManager
    undo?.stopCapturing()
    view.dispatch(view.state.tr.delete(query.from, query.to).setMeta(slashKey, 'close'))
    action.command(view.state.schema, this.#services)(view.state, view.dispatch, view)
    undo?.stopCapturing()
  }

  /** Closes the menu; what was typed stays. */
  close(): void {
    const view = this.#view
    if (view !== null && slashKey.getState(view.state)) view.dispatch(view.state.tr.setMeta(slashKey, 'close'))
  }

  #look(view: EditorView): void {
    const query = slashKey.getState(view.state) ?? null
    if (query === this.#query) return
    const typedOn = this.#query?.query !== query?.query
    this.#query = query
    if (query === null || !view.editable) {
      this.open.set(null)
      return
    }
    const before = this.open.get()
    const groups = before !== null && !typedOn ? before.groups : slashGroups(this.#offered(view.state), query.query)
    const first = groups[0]?.items[0]?.action
    if (first === undefined) this.open.set(null)
    else this.#show({ groups, chosen: before === null || typedOn ? first : before.chosen, from: query.from })
  }

  /** What can be done where the caret stands. */
  #offered(state: EditorState): readonly PageAction[] {
    return pageActions.filter(
      (action) => action.inSlashMenu === true && action.command(state.schema, this.#services)(state),
    )
  }

  #show(open: OpenSlashMenu): void {
    this.open.set(open)
    const view = this.#view
    // `aria-activedescendant` follows once this update of the view is over.
    if (view !== null) queueMicrotask(() => !view.isDestroyed && view.setProps({}))
  }

  #shown(state: EditorState): OpenSlashMenu | null {
    return slashKey.getState(state) ? this.open.get() : null
  }

  #hear(event: KeyboardEvent): boolean {
    const open = this.open.get()
    if (open === null || event.ctrlKey || event.metaKey || event.altKey) return false
    const items = open.groups.flatMap((group) => group.items)
    switch (event.key) {
      case 'ArrowDown':
        return this.#step(open, items, 1)
      case 'ArrowUp':
        return this.#step(open, items, -1)
      case 'Enter':
      case 'Tab':
        if (event.shiftKey) return false
        this.choose(open.chosen)
        return true
      case 'Escape':
        this.close()
        return true
      default:
        return false
    }
  }

  #step(open: OpenSlashMenu, items: readonly SlashItem[], by: 1 | -1): boolean {
    const at = items.findIndex(({ action }) => action === open.chosen)
    const next = items[(at + by + items.length) % items.length]
    if (next !== undefined) this.point(next.action)
    return true
  }
}

export function slashItemId(action: PageAction): string {
  return `slash-${action.id.replaceAll('.', '-')}`
}

/** Behind a `/` at the end of its block, before anything is typed: what typing on would do. */
function hint(state: EditorState): DecorationSet | null {
  const query = slashKey.getState(state)
  if (!query || query.query !== '' || state.selection.$from.parentOffset !== state.selection.$from.parent.content.size)
    return null
  const attributes = { class: 'slash-hint', 'data-hint': t('slash.hint') }
  return DecorationSet.create(state.doc, [Decoration.inline(query.from, query.to, attributes)])
}
