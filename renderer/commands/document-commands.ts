/** What can be done with documents: the one on the page, another one, a new one. */
import {
  ExternalLink,
  FileDown,
  FileInput,
  FileSearch,
  FolderOpen,
  FolderSearch,
  PencilLine,
  Printer,
  SquarePen,
  Trash2,
} from 'lucide-react'
import type { DocumentId } from '../../shared/ids.ts'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import type { WindowImports } from '../exchange/window-imports.ts'
import type { LibraryActions } from '../library/library-actions.ts'
import { inEveryLanguage, t } from '../strings/t.ts'
import type { DocumentActions } from '../window/document-actions.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'

export interface Availability {
  /** Why nothing can be done with the document on the page, or ''. */
  readonly document: string
  /** Why nothing can be done with its row in the library, or ''. */
  readonly entry: string
  /** Why its text can't be changed, or ''. */
  readonly text: string
}

export function availability(model: WindowModel): Availability {
  const document = model.documentId.get() === null ? t('command.needsDocument') : ''
  const readOnly = model.state.get()?.mode === 'read-only' ? t('command.readOnly') : ''
  return {
    document,
    entry: model.currentEntry() === null ? t('command.needsDocument') : '',
    text: document === '' ? readOnly : document,
  }
}

export function documentCommands(
  model: WindowModel,
  library: LibraryActions,
  document: DocumentActions,
  imports: WindowImports,
): readonly Command[] {
  const { api, board } = model
  const command = commandsOf('document')
  const can = availability(model)
  const entry = model.currentEntry()
  const onEntry = (work: (row: LibraryEntry) => void) => () => entry && work(entry)
  const show = (take: () => Promise<DocumentId | null>) => () =>
    board.attempt(async () => {
      const documentId = await take()
      if (documentId !== null) model.show(documentId)
    })
  const openInWindow = () => board.attempt(() => api.call('window.open', model.documentId.get()))
  const onDocument = { unavailable: can.document }

  return [
    command('document.new', t('command.new'), SquarePen, () => library.create(), { shortcut: 'Mod+N' }),
    command('view.quickOpen', t('command.quickOpen'), FileSearch, () => model.dialog.set('quick-open'), {
      shortcut: 'Mod+Shift+P',
    }),
    command(
      'document.openFile',
      t('command.openFile'),
      FolderOpen,
      show(() => api.call('library.openFile')),
      {
        shortcut: 'Mod+O',
      },
    ),
    command('document.import', t('command.import'), FileInput, () => board.attempt(() => imports.choose())),
    command('document.rename', t('command.rename'), PencilLine, () => model.page.current?.focusTitle(), {
      unavailable: can.text,
    }),
    command('document.openInWindow', t('command.openInWindow'), ExternalLink, openInWindow, onDocument),
    command('document.reveal', t('command.reveal'), FolderSearch, onEntry(library.reveal), { unavailable: can.entry }),
    command('document.export', t('command.export'), FileDown, () => model.dialog.set('export'), {
      ...onDocument,
      shortcut: 'Mod+Shift+S',
      keywords: inEveryLanguage(() => t('keywords.export')),
    }),
    command('document.print', t('command.print'), Printer, () => board.attempt(() => document.print()), {
      ...onDocument,
      shortcut: 'Mod+P',
      keywords: inEveryLanguage(() => t('keywords.print')),
    }),
    command('document.trash', t('command.trash'), Trash2, onEntry(library.trash), { unavailable: can.entry }),
  ]
}
