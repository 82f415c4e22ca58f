import { useState } from 'react'
import type { DocumentState } from '../documents/document-state.ts'
import { t } from '../strings/t.ts'
import { type Observable, useObserved } from '../window/observable.ts'
import { type DocumentRemedies, documentNotices } from './document-notices.ts'
import type { NoticeBoard } from './notice-board.ts'
import { NoticeView } from './notice-view.tsx'

export interface NoticeStackProps {
  readonly board: NoticeBoard
  readonly state: Observable<DocumentState | null>
  readonly remedies: DocumentRemedies
}

/** Everything this window has to say, above the page: the open document's notices first, then the window's own. */
export function NoticeStack({ board, state, remedies }: NoticeStackProps) {
  const told = useObserved(board.notices)
  const documentState = useObserved(state)
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())

  const ofDocument = documentState ? documentNotices(documentState, remedies) : []
  const shown = [...ofDocument.filter((notice) => !dismissed.has(notice.key)), ...told]

  const dismiss = (key: string) => {
    board.dismiss(key)
    setDismissed((before) => new Set(before).add(key))
  }

  return (
    <section className="notices" aria-label={t('window.notices')}>
      {shown.map((notice) => (
        <NoticeView key={notice.key} notice={notice} attempt={board.attempt} onDismiss={dismiss} />
      ))}
    </section>
  )
}
