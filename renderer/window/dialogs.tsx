import { useRef } from 'react'
import type { Command } from '../commands/command.ts'
import { CommandPalette } from '../commands/command-palette.tsx'
import { QuickOpen, type QuickOpenChoice } from '../commands/quick-open.tsx'
import { ExportDialog } from '../exchange/export-dialog.tsx'
import { ImportDialog } from '../exchange/import-dialog.tsx'
import type { LibraryActions } from '../library/library-actions.ts'
import { SettingsDialog } from '../settings/settings-dialog.tsx'
import { JoinDialog } from '../sharing/join/join-dialog.tsx'
import { RecoveryDialog } from '../sharing/recovery/recovery-dialog.tsx'
import { RestoreDialog } from '../sharing/recovery/restore-dialog.tsx'
import { ShareDialog } from '../sharing/share-dialog.tsx'
import { YjsDialog } from '../sharing/yjs/yjs-dialog.tsx'
import type { DocumentActions } from './document-actions.ts'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

export interface DialogsProps {
  readonly model: WindowModel
  readonly library: LibraryActions
  readonly document: DocumentActions
  commands(): readonly Command[]
}

/** The dialog that is open, if one is. What was chosen in it happens when it is gone and the focus is back. */
export function Dialogs({ model, library, document, commands }: DialogsProps) {
  const dialog = useObserved(model.dialog)
  const view = useObserved(model.library)
  const settings = useObserved(model.settings)
  const documentId = useObserved(model.documentId)
  const importing = useObserved(model.importing)
  const joining = useObserved(model.joining)
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
    case 'export':
      return (
        documentId !== null && (
          <ExportDialog
            key={dialog}
            api={model.api}
            documentId={documentId}
            settings={settings}
            onChange={(patch) => model.changeSettings(patch)}
            saved={document.saved}
            onClose={() => close(null)}
            onClosed={onClosed}
          />
        )
      )
    case 'import':
      return (
        importing !== null && (
          <ImportDialog
            key={dialog}
            api={model.api}
            stage={importing}
            onFailure={(error) => model.board.fail(error)}
            onClose={() => close(null)}
            onClosed={onClosed}
          />
        )
      )
    case 'share':
      return (
        documentId !== null && (
          <ShareDialog
            key={documentId}
            model={model}
            onYjs={() => close(() => model.dialog.set('yjs'))}
            onClose={() => close(null)}
            onClosed={onClosed}
          />
        )
      )
    case 'yjs':
      return (
        documentId !== null && (
          <YjsDialog key={documentId} model={model} onClose={() => close(null)} onClosed={onClosed} />
        )
      )
    case 'join':
      return (
        joining !== null && (
          <JoinDialog
            key={dialog}
            api={model.api}
            board={model.board}
            joining={joining}
            displayName={settings.displayName}
            onOpen={(joined) => close(() => model.show(joined))}
            onClose={() => close(null)}
            onClosed={onClosed}
          />
        )
      )
    case 'recovery':
      return (
        <RecoveryDialog
          key={dialog}
          api={model.api}
          board={model.board}
          onClose={() => close(null)}
          onClosed={onClosed}
        />
      )
    case 'restore':
      return (
        <RestoreDialog
          key={dialog}
          api={model.api}
          board={model.board}
          relay={settings.relay}
          onClose={() => close(null)}
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
          onRecovery={() => close(() => model.dialog.set('recovery'))}
          onRestore={() => close(() => model.dialog.set('restore'))}
          onFailure={(error) => model.board.fail(error)}
          onClose={() => close(null)}
          onClosed={onClosed}
        />
      )
  }
}
