/** What keys do on the page. `Mod` is Cmd on macOS and Ctrl elsewhere. */
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  deleteSelection,
  selectNodeBackward,
  selectNodeForward,
  toggleMark,
} from 'prosemirror-commands'
import { undoInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import type { Schema } from 'prosemirror-model'
import type { Command, Plugin } from 'prosemirror-state'
import type { ToggledMark } from '../documents/document-state.ts'
import { indentItems, insertTab, outdentItems, toggleTasks } from './lists.ts'
import { setKind, toggleKind } from './set-kind.ts'
import { insertBreak, joinAfter, joinBefore, leaveCode, splitBlock, unformatAtStart } from './split-and-join.ts'

export interface PageKeys {
  readonly undo: Command
  readonly redo: Command
  /** Moves the caret to the title, when it stands at the very top of the body. */
  readonly leaveUpwards: Command
  /** Moves the keyboard to the formatting toolbar. */
  readonly focusToolbar: Command
}

export function pageKeymap(schema: Schema, { undo, redo, leaveUpwards, focusToolbar }: PageKeys): Plugin[] {
  const backspace = chainCommands(undoInputRule, deleteSelection, unformatAtStart, joinBefore, selectNodeBackward)
  const del = chainCommands(deleteSelection, joinAfter, selectNodeForward)
  const own: Record<string, Command> = {
    Enter: chainCommands(splitBlock, createParagraphNear),
    'Mod-Enter': chainCommands(toggleTasks, leaveCode),
    'Shift-Enter': insertBreak,
    Backspace: backspace,
    'Mod-Backspace': backspace,
    'Shift-Backspace': backspace,
    Delete: del,
    'Mod-Delete': del,
    Tab: chainCommands(indentItems, insertTab),
    'Shift-Tab': outdentItems,
    ArrowUp: leaveUpwards,
    'Alt-F10': focusToolbar,
    'Mod-z': undo,
    'Mod-y': redo,
    'Mod-Shift-z': redo,
    'Mod-b': toggle(schema, 'bold'),
    'Mod-i': toggle(schema, 'italic'),
    'Mod-Shift-x': toggle(schema, 'strike'),
    'Mod-e': toggle(schema, 'code'),
    'Mod-Alt-0': setKind('paragraph'),
    'Mod-Alt-1': setKind('h1'),
    'Mod-Alt-2': setKind('h2'),
    'Mod-Alt-3': setKind('h3'),
    'Mod-Shift-7': toggleKind('ordered'),
    'Mod-Shift-8': toggleKind('bullet'),
    'Mod-Shift-9': toggleKind('task'),
  }
  return [keymap(own), keymap(baseKeymap)]
}

/** Toggles a mark on the selection, or for what is typed next. Does nothing when the schema has no such mark. */
export function toggle(schema: Schema, mark: ToggledMark): Command {
  const type = schema.marks[mark]
  return type === undefined ? () => false : toggleMark(type, null, { includeWhitespace: false })
}
