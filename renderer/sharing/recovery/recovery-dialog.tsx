import { X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../design/icon-button.tsx'
import { Modal } from '../../design/modal.tsx'
import type { NoticeBoard } from '../../notices/notice-board.ts'
import type { SheafApi } from '../../sheaf-api.ts'
import { t } from '../../strings/t.ts'
import { takeFocus } from '../take-focus.ts'
import { useAttempt } from '../use-attempt.ts'
import { RecoveryCheck } from './recovery-check.tsx'
import '../join/join.css'
import './recovery.css'

export interface RecoveryDialogProps {
  readonly api: SheafApi
  readonly board: NoticeBoard
  onClose(): void
  readonly onClosed: () => void
}

type Stage = 'explaining' | 'showing' | 'checking' | 'right'

/** The words by which a person comes back: what they are, the words when they are asked for, and a check of two of them. */
export function RecoveryDialog({ api, board, onClose, onClosed }: RecoveryDialogProps) {
  const [stage, setStage] = useState<Stage>('explaining')
  const [words, setWords] = useState<readonly string[]>([])
  const attempt = useAttempt(board)
  const show = () =>
    attempt.run('words', async () => {
      setWords((await api.call('recovery.words')).trim().split(/\s+/u))
      setStage('showing')
    })

  return (
    <Modal label={t('recovery.title')} className="joining" onClose={onClose} onClosed={onClosed}>
      <div className="share__head">
        <h2 className="dialog__title grow" aria-hidden="true">
          {t('recovery.title')}
        </h2>
        <IconButton icon={X} label={t('window.close')} onClick={onClose} />
      </div>
      {stage === 'explaining' && (
        <>
          <div className="joining__body">
            <p>{t('recovery.what')}</p>
            <p>{t('recovery.lose')}</p>
            <p>{t('recovery.secret')}</p>
            {attempt.problem !== '' && (
              <p className="joining__bad" role="alert">
                {attempt.problem}
              </p>
            )}
          </div>
          <Foot label={t('recovery.show')} busy={attempt.busy} onDo={show} />
        </>
      )}
      {stage === 'showing' && (
        <>
          <div className="joining__body">
            <ol className="recovery__words" aria-label={t('recovery.list')}>
              {words.map((word, index) => (
                <li key={`${index} ${word}`}>{word}</li>
              ))}
            </ol>
            <p className="quiet">{t('recovery.secret')}</p>
          </div>
          <Foot label={t('recovery.written')} busy={false} onDo={() => setStage('checking')} />
        </>
      )}
      {stage === 'checking' && (
        <RecoveryCheck words={words} onRight={() => setStage('right')} onSeeAgain={() => setStage('showing')} />
      )}
      {stage === 'right' && (
        <>
          <div className="joining__body">
            <p role="status">{t('recovery.right')}</p>
          </div>
          <Foot label={t('recovery.done')} busy={false} onDo={onClose} />
        </>
      )}
    </Modal>
  )
}

interface FootProps {
  readonly label: string
  readonly busy: boolean
  onDo(): void
}

function Foot({ label, busy, onDo }: FootProps) {
  return (
    <div className="joining__foot">
      <button type="button" className="button button--primary" disabled={busy} ref={takeFocus} onClick={onDo}>
        {label}
      </button>
    </div>
  )
}
