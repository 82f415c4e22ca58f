/** What can be done to the text at the caret. The page hears these shortcuts itself. */
import { Redo2, Undo2 } from 'lucide-react'
import type { DocumentCommands, DocumentCommandsRef } from '../documents/document-state.ts'
import { pageActions } from '../editor/actions/page-actions.ts'
import { t } from '../strings/t.ts'
import { type Command, commandsOf } from './command.ts'

/** `unavailable` says why the text can't be changed now, or ''. */
export function textCommands(page: DocumentCommandsRef, unavailable: string): readonly Command[] {
  const command = commandsOf('text', 'page')
  const onPage = (work: (page: DocumentCommands) => void) => () => {
    if (!page.current) return
    page.current.focus()
    work(page.current)
  }
  const undo = onPage((each) => each.undo())
  const redo = onPage((each) => each.redo())
  return [
    command('edit.undo', t('command.undo'), Undo2, undo, { unavailable, shortcut: 'Mod+Z' }),
    command('edit.redo', t('command.redo'), Redo2, redo, { unavailable, shortcut: 'Mod+Shift+Z' }),
    ...pageActions.map((action) =>
      command(
        action.id,
        action.title(),
        action.icon,
        onPage((each) => each.act(action.id)),
        { unavailable, ...(action.shortcut === undefined ? {} : { shortcut: action.shortcut }) },
      ),
    ),
  ]
}
