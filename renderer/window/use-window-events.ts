import { useEffect } from 'react'
import type { MenuCommand } from '../../shared/ipc/contract.ts'
import { askToJoin } from '../sharing/join/ask-to-join.ts'
import type { WindowModel } from './window-model.ts'

/** Listens to what the main process tells this window: show this, run that, something is wrong. */
export function useWindowEvents(model: WindowModel, onMenuCommand: (command: MenuCommand) => void): void {
  useEffect(() => {
    const stops = [
      model.api.on('window.show', ({ documentId }) => model.show(documentId)),
      model.api.on('window.invited', ({ link }) => askToJoin(model, link)),
      model.api.on('window.problem', ({ message }) => model.board.tell(message)),
      model.api.on('menu.command', ({ command }) => onMenuCommand(command)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [model, onMenuCommand])
}
