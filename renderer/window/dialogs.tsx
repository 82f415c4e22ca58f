import { useRef } from 'react'
import type { Command } from '../commands/command.ts'
import { CommandPalette } from '../commands/command-palette.tsx'
import { QuickOpen, type QuickOpenChoice } from '../commands/quick-open.tsx'
import type { LibraryActions } from '../library/library-actions.ts'
import { SettingsDialog } from '../settings/settings-dialog.tsx'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

export interface DialogsProps {
  readonly model: WindowModel
  readonly library: LibraryActions
  commands(): readonly Command[]
}

/** The dialog that is open, if one is. What was chosen in it happens when it is gone and the focus is back. */
export function Dialogs({ model, library, commands }: DialogsProps) {
  const dialog = useObserved(model.dialog)
  const view = useObserved(model.library)
  const settings = useObserved(model.settings)
  const afterwards = useRef<(() => void) | null>(null)

  const close = (then: (() => void) | null) => {
    afterwards.current = then
    model.dialog.set(null)
  }
  const onClosed = () => {
    const then = afterwards.current
    afterwards.current = null
    then?.()
  }
  const take = (choice: QuickOpenChoice) => {
    if (choice.kind === 'create') library.create(choice.title)
    else if (choice.newWindow) library.openInWindow(choice.entry)
    else library.open(choice.entry, true)
  }

  if (dialog === null || !view || !settings) return null
  switch (dialog) {
    case 'commands':
      return (
        <CommandPalette
          key={dialog}
          commands={commands()}
          onClose={(chosen) => close(chosen && (() => chosen.run()))}
          onClosed={onClosed}
        />
      )
    case 'quick-open':
      return (
        <QuickOpen
          key={dialog}
          entries={view.entries}
          onClose={(choice) => close(choice && (() => take(choice)))}
          onClosed={onClosed}
        />
      )
    case 'settings':
    case 'shortcuts':
      return (
        <SettingsDialog
          key={dialog}
          settings={settings}
          library={view}
          commands={commands()}
          section={dialog === 'shortcuts' ? 'shortcuts' : 'window'}
          onChange={(patch) => model.changeSettings(patch)}
          onChooseFolder={() => library.chooseFolder()}
          onFailure={(error) => model.board.fail(error)}
          onClose={() => close(null)}
          onClosed={onClosed}
        />
      )
  }
}
