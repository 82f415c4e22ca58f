/** What keys do on the page. `Mod` is Cmd on macOS and Ctrl elsewhere. */
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  deleteSelection,
  selectNodeBackward,
  selectNodeForward,
} from 'prosemirror-commands'
import { undoInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import type { Schema } from 'prosemirror-model'
import type { Command, Plugin } from 'prosemirror-state'
import { indentCode, outdentCode } from '../code/edit-code.ts'
import type { PageServices } from './actions/page-action.ts'
import { actionKeys } from './actions/page-actions.ts'
import { leaveEmptyBlock, leaveText } from './borders.ts'
import { indentItems, outdentItems, toggleTasks } from './lists/lists.ts'
import { insertBreak, joinAfter, joinBefore, leaveCode, splitBlock, unformatAtStart } from './split-and-join.ts'

export interface PageKeys {
  readonly undo: Command
  readonly redo: Command
  /** Moves the caret to the title, when it stands at the very top of the body. */
  readonly leaveUpwards: Command
  readonly services: PageServices
  /** Moves the keyboard to the formatting toolbar. */
  readonly focusToolbar: Command
}

export function pageKeymap(schema: Schema, { undo, redo, leaveUpwards, services, focusToolbar }: PageKeys): Plugin[] {
  const backspace = chainCommands(
    undoInputRule,
    deleteSelection,
    unformatAtStart,
    joinBefore,
    leaveEmptyBlock('back'),
    selectNodeBackward,
  )
  const del = chainCommands(deleteSelection, joinAfter, leaveEmptyBlock('on'), selectNodeForward)
  const own: Record<string, Command> = {
    Enter: chainCommands(splitBlock, leaveText, createParagraphNear),
    'Mod-Enter': chainCommands(toggleTasks, leaveCode),
    'Shift-Enter': insertBreak,
    Backspace: backspace,
    'Mod-Backspace': backspace,
    'Shift-Backspace': backspace,
    Delete: del,
    'Mod-Delete': del,
    Tab: chainCommands(indentItems, indentCode),
    'Shift-Tab': chainCommands(outdentItems, outdentCode),
    ArrowUp: leaveUpwards,
    'Alt-F10': focusToolbar,
    'Mod-z': undo,
    'Mod-y': redo,
    'Mod-Shift-z': redo,
    ...actionKeys(schema, services),
  }
  return [keymap(own), keymap(baseKeymap)]
}
