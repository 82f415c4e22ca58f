import { useEffect } from 'react'
import { focusNextRegion } from '../window/regions.ts'
import type { Command, CommandId } from './command.ts'
import { isShortcut } from './shortcut.ts'

/** Commands that also work while a dialog is open: they put another one in its place. */
const ABOVE_DIALOGS: ReadonlySet<CommandId> = new Set([
  'view.commands',
  'view.quickOpen',
  'app.settings',
  'app.shortcuts',
])

/**
 * Hears the window's shortcuts before anything else does, so that they mean the same everywhere. `commands` is asked at
 * each key that could be one.
 */
export function useShortcuts(commands: () => readonly Command[], dialogOpen: () => boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !/^F\d/.test(event.key)
      if (plain || event.isComposing || event.repeat) return
      if (isShortcut(event, 'Shift+F6') && !dialogOpen()) {
        event.preventDefault()
        focusNextRegion(-1)
        return
      }
      const command = commands().find(
        ({ heardBy, shortcut, also = [] }) =>
          heardBy === 'window' &&
          [...(shortcut === undefined ? [] : [shortcut]), ...also].some((keys) => isShortcut(event, keys)),
      )
      if (!command || (dialogOpen() && !ABOVE_DIALOGS.has(command.id))) return
      event.preventDefault()
      event.stopPropagation()
      if (command.unavailable === '') command.run()
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [commands, dialogOpen])
}
