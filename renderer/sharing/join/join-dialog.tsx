import { X } from 'lucide-react'
import { useEffect } from 'react'
import { unreachable } from '../../../shared/errors.ts'
import type { DocumentId } from '../../../shared/ids.ts'
import { IconButton } from '../../design/icon-button.tsx'
import { Modal } from '../../design/modal.tsx'
import type { NoticeBoard } from '../../notices/notice-board.ts'
import type { SheafApi } from '../../sheaf-api.ts'
import { t } from '../../strings/t.ts'
import { useObserved } from '../../window/observable.ts'
import { JoinOutcome } from './join-outcome.tsx'
import { JoinPaste } from './join-paste.tsx'
import type { Joining } from './joining.ts'
import { readInvite } from './read-invite.ts'
import './join.css'

export interface JoinDialogProps {
  readonly api: SheafApi
  readonly board: NoticeBoard
  readonly joining: Joining
  /** The name others will see. */
  readonly displayName: string
  onOpen(documentId: DocumentId): void
  onClose(): void
  readonly onClosed: () => void
}

/** Joining a document: first the link and what would happen, then how it goes. */
export function JoinDialog({ api, board, joining, displayName, onOpen, onClose, onClosed }: JoinDialogProps) {
  const stage = useObserved(joining.stage)
  const link = useObserved(joining.link)
  useEffect(() => () => joining.leave(), [joining])

  const content = () => {
    switch (stage.kind) {
      case 'asking-for-link':
        return (
          <JoinPaste
            api={api}
            board={board}
            joining={joining}
            link={link}
            displayName={displayName}
            onCancel={onClose}
          />
        )
      case 'joining':
      case 'waiting':
      case 'joined':
      case 'failed':
      case 'broken':
        return (
          <JoinOutcome
            stage={stage}
            relay={readInvite(link).relayHost}
            displayName={displayName}
            onAgain={() => void joining.join()}
            onOther={() => joining.again()}
            onOpen={onOpen}
            onClose={onClose}
          />
        )
      default:
        return unreachable(stage)
    }
  }

  return (
    <Modal label={t('join.title')} className="joining" onClose={onClose} onClosed={onClosed}>
      <div className="share__head">
        <h2 className="dialog__title grow" aria-hidden="true">
          {t('join.title')}
        </h2>
        <IconButton icon={X} label={t('window.close')} onClick={onClose} />
      </div>
      {content()}
    </Modal>
  )
}
