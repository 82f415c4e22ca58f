/** Formatting of words. */
import { Bold, Code, Italic, Link, Strikethrough } from 'lucide-react'
import { toggleMark } from 'prosemirror-commands'
import type { Schema } from 'prosemirror-model'
import type { Command } from 'prosemirror-state'
import type { ToggledMark } from '../../documents/document-state.ts'
import { t } from '../../strings/t.ts'
import type { PageAction } from './page-action.ts'

/** Toggles a mark on the selection, or for what is typed next. Does nothing when the schema has no such mark. */
export function toggle(schema: Schema, mark: ToggledMark): Command {
  const type = schema.marks[mark]
  return type === undefined ? () => false : toggleMark(type, null, { includeWhitespace: false })
}

function markAction(mark: ToggledMark, facts: Pick<PageAction, 'icon' | 'title' | 'shortcut'>): PageAction {
  return { id: `text.${mark}Mark`, section: 'mark', command: (schema) => toggle(schema, mark), ...facts }
}

export const markActions: readonly PageAction[] = [
  markAction('bold', { icon: Bold, title: () => t('command.bold'), shortcut: 'Mod+B' }),
  markAction('italic', { icon: Italic, title: () => t('command.italic'), shortcut: 'Mod+I' }),
  markAction('strike', { icon: Strikethrough, title: () => t('command.strike'), shortcut: 'Mod+Shift+X' }),
  markAction('code', { icon: Code, title: () => t('command.code'), shortcut: 'Mod+E' }),
  {
    id: 'text.link',
    section: 'mark',
    icon: Link,
    title: () => t('command.link'),
    command: (_schema, services) => (_state, dispatch) => {
      if (dispatch !== undefined) services.editLink()
      return true
    },
  },
]
