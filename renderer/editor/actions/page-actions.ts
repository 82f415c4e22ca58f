/** Every page action, in the order menus show them. */
import type { Schema } from 'prosemirror-model'
import type { Command } from 'prosemirror-state'
import { blockActions } from './block-actions.ts'
import { codeActions } from './code-actions.ts'
import { insertActions } from './insert-actions.ts'
import { kindActions } from './kind-actions.ts'
import { lineActions, listActions, toneActions } from './line-actions.ts'
import { linkActions, mentionAction } from './link-actions.ts'
import { markActions } from './mark-actions.ts'
import { tableActions } from './table-actions.ts'
import type { PageAction, PageActionId, PageServices } from './page-action.ts'

export const pageActions: readonly PageAction[] = [
  ...markActions,
  ...linkActions,
  ...kindActions,
  ...toneActions,
  ...lineActions,
  ...blockActions,
  ...codeActions,
  ...listActions,
  ...insertActions,
  mentionAction,
  ...tableActions,
]

/** The actions' shortcuts as ProseMirror writes key names (`Mod-Alt-1`). */
export function actionKeys(schema: Schema, services: PageServices): Record<string, Command> {
  const keys: Record<string, Command> = {}
  for (const { shortcut, command } of pageActions) {
    if (shortcut !== undefined) keys[proseMirrorKey(shortcut)] = command(schema, services)
  }
  return keys
}

/** The action with an id. Throws for an id that no action has. */
export function pageAction(id: PageActionId): PageAction {
  const action = pageActions.find((each) => each.id === id)
  if (action === undefined) throw new Error(`Broken invariant: there is a page action ${id}`)
  return action
}

function proseMirrorKey(shortcut: string): string {
  const words = shortcut.split('+')
  const key = words.at(-1) ?? ''
  return [...words.slice(0, -1), key.length === 1 ? key.toLowerCase() : key].join('-')
}
