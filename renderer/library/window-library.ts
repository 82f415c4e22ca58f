/** The library's actions in one window: calls to the main process, and what the window shows afterwards. */
import { FileX } from 'lucide-react'
import { unreachable } from '../../shared/errors.ts'
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import type { Notice } from '../notices/notice.ts'
import { t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import type { LibraryActions } from './library-actions.ts'
import { shownTitle, titleOr } from './shown-title.ts'

export function windowLibrary(model: WindowModel): LibraryActions {
  const { api, board } = model
  const attempt = board.attempt

  const reveal = (entry: LibraryEntry) => attempt(() => api.call('library.reveal', entry.id))

  const open = (entry: LibraryEntry, andWrite: boolean) => {
    if (entry.problem === 'copy') return board.show(copyNotice(entry))
    attempt(async () => {
      try {
        model.show(await api.call('library.open', entry.id), andWrite ? 'page' : 'nowhere')
      } catch (error) {
        board.fail(error, problemTitle(entry), [{ label: t('command.reveal'), run: () => reveal(entry) }])
      }
    })
  }

  const resolveCopy = async (entry: LibraryEntry, as: 'same' | 'separate') => {
    const documentId = await api.call('library.resolveCopy', entry.id, as)
    board.dismiss(`copy-${entry.id}`)
    model.show(documentId)
  }

  const copyNotice = (entry: LibraryEntry): Notice => ({
    key: `copy-${entry.id}`,
    tone: 'caution',
    icon: FileX,
    title: t('problem.copyTitle', entry.fileName),
    text: t('problem.copyText'),
    actions: [
      { label: t('problem.copySame'), primary: true, run: () => resolveCopy(entry, 'same') },
      { label: t('problem.copySeparate'), run: () => resolveCopy(entry, 'separate') },
    ],
    dismissible: true,
  })

  const takeBack = async (entry: LibraryEntry, wasOpen: boolean) => {
    const inTrash = model.library
      .get()
      ?.trash.find(({ id, documentId }) => id === entry.id || documentId === entry.documentId)
    await api.call('library.restore', inTrash?.id ?? entry.id)
    if (wasOpen) model.show(entry.documentId)
  }

  return {
    create: (title) =>
      attempt(async () => {
        const { documentId } = await api.call('library.new', title ?? '')
        if (model.place.get().kind === 'trash') model.place.set({ kind: 'all' })
        model.show(documentId, title ? 'page' : 'title')
      }),
    open,
    openInWindow: (entry) =>
      attempt(async () => api.call('window.open', entry.documentId ?? (await api.call('library.open', entry.id)))),
    rename: async (entry, title) => {
      try {
        await api.call('library.rename', entry.id, title)
      } catch (error) {
        board.fail(error)
      }
    },
    reveal,
    trash: (entry) =>
      attempt(async () => {
        const wasOpen = entry.documentId !== null && entry.documentId === model.documentId.get()
        const next = wasOpen ? neighbour(model.library.get()?.entries ?? [], entry) : null
        // The list hears of a new title a moment after the page.
        const written = wasOpen ? model.title.get() : null
        await api.call('library.trash', entry.id)
        if (wasOpen) model.show(next?.documentId ?? null, 'nowhere')
        board.mention(t('notice.trashed', written === null ? shownTitle(entry) : titleOr(written)), {
          label: t('notice.undo'),
          run: () => takeBack(entry, wasOpen),
        })
      }),
    restore: (entry) =>
      attempt(async () => {
        await api.call('library.restore', entry.id)
        board.mention(t('notice.restored', shownTitle(entry)), {
          label: t('command.open'),
          run: () => model.show(entry.documentId),
        })
      }),
    chooseFolder: () =>
      attempt(async () => {
        const view = await api.call('library.chooseFolder')
        if (!view) return
        model.library.set(view)
        model.place.set({ kind: 'all' })
      }),
  }
}

/** The document that opens by itself: one without a problem. */
export function firstOpenable(entries: readonly LibraryEntry[]): LibraryEntry | null {
  return entries.find(isOrdinary) ?? null
}

const isOrdinary = (entry: LibraryEntry) => entry.documentId !== null && entry.problem === null

/** The row to show once `entry` is gone: the next ordinary one, else the one before. */
function neighbour(entries: readonly LibraryEntry[], entry: LibraryEntry): LibraryEntry | null {
  const at = entries.findIndex(({ id }) => id === entry.id)
  return firstOpenable(entries.slice(at + 1)) ?? firstOpenable(entries.slice(0, Math.max(at, 0)).reverse())
}

function problemTitle(entry: LibraryEntry): string {
  const name = shownTitle(entry)
  switch (entry.problem) {
    case 'newer':
    case 'newer-read-only':
      return t('problem.newerTitle', name)
    case 'damaged':
      return t('problem.damagedTitle', name)
    case 'hostile':
      return t('problem.hostileTitle', name)
    case 'unreadable':
      return t('problem.unreadableTitle', name)
    case 'copy':
      return t('problem.copyTitle', name)
    case null:
      return t('notice.failed')
    default:
      return unreachable(entry.problem)
  }
}
