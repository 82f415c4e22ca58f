/** What can be done with the document on the page, beside writing in it. */
import { assert, SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { allSaved } from '../documents/unsaved-work.ts'
import { paperOf } from '../exchange/paper-of.ts'
import { newTask } from '../exchange/running-task.ts'
import type { DocumentRemedies } from '../notices/document-notices.ts'
import { t } from '../strings/t.ts'
import { copyText } from './copy-text.ts'
import type { WindowModel } from './window-model.ts'

export interface DocumentActions extends DocumentRemedies {
  /** Resolves when every word of the page is on disk; rejects with a sentence when that can't be. */
  saved(): Promise<void>
  print(): Promise<void>
}

/** Actions on the document on the page. They reject with what the main process answers; `board.attempt` shows it. */
export function documentActions(model: WindowModel): DocumentActions {
  const { api, board } = model

  const open = (): DocumentId => {
    const documentId = model.documentId.get()
    assert(documentId !== null, 'actions on a document need one on the page')
    return documentId
  }

  const saved = async () => {
    if (model.state.get()?.save === 'not-saved') throw new SheafError('disk-error', t('export.unsaved'))
    await allSaved()
  }

  return {
    saved,
    print: async () => {
      const settings = model.settings.get()
      assert(settings !== null, 'a window with a document has its settings')
      const documentId = open()
      await saved()
      board.mention(t('print.preparing'))
      await api.call('document.print', documentId, paperOf(settings), newTask())
      board.closeToast()
    },
    exportCopy: async () => model.dialog.set('export'),
    saveAgain: () => api.call('document.saveAgain', open()),
    locate: async () => {
      await api.call('document.locate', open())
    },
    keepNewest: () => api.call('document.resolveRollback', open(), 'newest'),
    bringInOlder: () => api.call('document.resolveRollback', open(), 'older'),
    copyText: async () => {
      // When saving fails, the page is the only place that has all the words.
      const words = model.page.current?.words() ?? null
      const copied = words !== null && copyText(words)
      board.mention(copied ? t('notice.copied') : t('notice.copyFailed'))
    },
  }
}
