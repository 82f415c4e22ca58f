/** What the menu on the page can do, as things stand on the page when it is open. */
import { selectAll } from 'prosemirror-commands'
import { NodeSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClipboardEdit } from '../../shared/ipc/contract.ts'
import type { PageAction, PageServices } from '../editor/actions/page-action.ts'

export interface PageMenuActions {
  /** Whether an action can be done now. */
  can(action: PageAction): boolean
  act(action: PageAction): void
  /** Whether words can be changed, whether any are selected, and whether a picture is. */
  isWritable(): boolean
  hasSelection(): boolean
  hasPicture(): boolean
  edit(edit: ClipboardEdit): void
  selectAll(): void
  /** Goes to the field for the picture's description. */
  describePicture(): void
  focusPage(): void
}

export function pageMenuActions(
  view: EditorView,
  services: PageServices,
  edit: (edit: ClipboardEdit) => void,
): PageMenuActions {
  return {
    can: (action) =>
      (view.editable || action.id === 'text.openLink' || action.id === 'text.copyLink') &&
      action.command(view.state.schema, services)(view.state),
    act: (action) => action.command(view.state.schema, services)(view.state, view.dispatch, view),
    isWritable: () => view.editable,
    hasSelection: () => !view.state.selection.empty,
    hasPicture: () => pictureOf(view) !== null,
    edit,
    selectAll: () => selectAll(view.state, view.dispatch),
    describePicture: () => pictureOf(view)?.querySelector<HTMLElement>('.image__description')?.focus(),
    focusPage: () => view.focus(),
  }
}

/** The element of the selected picture, or null. */
function pictureOf(view: EditorView): HTMLElement | null {
  const { selection } = view.state
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'image' || !view.editable) return null
  const element = view.nodeDOM(selection.from)
  return element instanceof HTMLElement ? element : null
}
