/** What can be done with the document on the page, beside writing in it. */
import { assert } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { ExportFormat } from '../../shared/ipc/contract.ts'
import type { DocumentRemedies } from '../notices/document-notices.ts'
import { t } from '../strings/t.ts'
import { copyText } from './copy-text.ts'
import type { WindowModel } from './window-model.ts'

export interface DocumentActions extends DocumentRemedies {
  export(format: Exclude<ExportFormat, 'json'>): Promise<void>
}

/** Actions on the document on the page. They reject with what the main process answers; `board.attempt` shows it. */
export function documentActions(model: WindowModel): DocumentActions {
  const { api, board } = model

  const open = (): DocumentId => {
    const documentId = model.documentId.get()
    assert(documentId !== null, 'actions on a document need one on the page')
    return documentId
  }

  const exportAs: DocumentActions['export'] = async (format) => {
    const written = await api.call('document.export', open(), format)
    if (written) board.mention(t('notice.exported', t(`format.${format}`)))
  }

  return {
    export: exportAs,
    exportCopy: () => exportAs('md'),
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
