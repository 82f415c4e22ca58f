/** Other documents as the page of one window reaches them: through its library, with its notices. */
import type { LibraryActions } from '../library/library-actions.ts'
import { shownTitle, titleOr } from '../library/shown-title.ts'
import { type DocumentLinks, knownDocument } from '../mentions/document-links.ts'
import { t } from '../strings/t.ts'
import { copyText } from './copy-text.ts'
import type { WindowModel } from './window-model.ts'

export function windowLinks(model: WindowModel, actions: LibraryActions): DocumentLinks {
  const { api, board, library } = model
  return {
    library,
    open(documentId, label, inNewWindow) {
      const known = knownDocument(library.get(), documentId)
      switch (known.kind) {
        case 'here':
          if (inNewWindow) actions.openInWindow(known.entry)
          else actions.open(known.entry, true)
          return
        case 'trashed':
          board.mention(t('mention.isTrashed', shownTitle(known.entry)), {
            label: t('library.restore'),
            run: () => actions.restore(known.entry),
          })
          return
        case 'absent':
          board.mention(t('mention.isAbsent', titleOr(label)))
          return
        case 'unknown':
          board.mention(t('mention.isUnknown', titleOr(label)))
      }
    },
    async create(title) {
      try {
        const { documentId } = await api.call('library.new', title)
        // The list hears of it a moment later; a mention made before would be of a document nobody knows.
        library.set(await api.call('library.get'))
        return documentId
      } catch (error) {
        board.fail(error, t('mention.notCreated', title))
        return null
      }
    },
    copyAddress(href) {
      board.mention(copyText(href) ? t('link.copied') : t('link.notCopied'))
    },
    restore: (entry) => actions.restore(entry),
  }
}
