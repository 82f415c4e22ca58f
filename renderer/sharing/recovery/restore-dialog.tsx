import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { isRelayUrl } from '../../../shared/membership/relay-url.ts'
import { IconButton } from '../../design/icon-button.tsx'
import { Modal } from '../../design/modal.tsx'
import type { NoticeBoard } from '../../notices/notice-board.ts'
import type { SheafApi } from '../../sheaf-api.ts'
import { t } from '../../strings/t.ts'
import { takeFocus } from '../take-focus.ts'
import { useAttempt } from '../use-attempt.ts'
import { restoredWords } from './restored-words.ts'
import '../join/join.css'
import './recovery.css'

export interface RestoreDialogProps {
  readonly api: SheafApi
  readonly board: NoticeBoard
  /** The relay of the settings, or ''. */
  readonly relay: string
  onClose(): void
  readonly onClosed: () => void
}

/** Coming back with the words one wrote down, on a computer that knows nothing. */
export function RestoreDialog({ api, board, relay, onClose, onClosed }: RestoreDialogProps) {
  const [words, setWords] = useState('')
  const [address, setAddress] = useState(relay)
  const [bad, setBad] = useState(false)
  const [outcome, setOutcome] = useState<readonly string[]>([])
  const attempt = useAttempt(board)
  const said = words
    .trim()
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  const url = address.trim()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const good = isRelayUrl(url)
    setBad(!good)
    if (good)
      attempt.run('restore', async (isSeen) => {
        setOutcome([])
        const sentences = restoredWords(await api.call('recovery.restore', said.join(' '), url))
        if (isSeen()) setOutcome(sentences)
        else board.tell(sentences.join(' '))
      })
  }

  return (
    <Modal label={t('restore.title')} className="joining" onClose={onClose} onClosed={onClosed}>
      <div className="share__head">
        <h2 className="dialog__title grow" aria-hidden="true">
          {t('restore.title')}
        </h2>
        <IconButton icon={X} label={t('window.close')} onClick={onClose} />
      </div>
      <form onSubmit={submit} noValidate>
        <div className="joining__body">
          <p>{t('restore.text')}</p>
          <label className="labelled">
            {t('restore.words')}
            <textarea
              ref={takeFocus}
              className="recovery__typed"
              rows={3}
              value={words}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              onChange={(event) => setWords(event.target.value)}
            />
            <span className="small quiet">{said.length > 0 && t('restore.wordsHelp', said.length)}</span>
          </label>
          <label className="labelled">
            {t('restore.relay')}
            <span className="field">
              <input
                value={address}
                aria-invalid={bad}
                placeholder={t('ways.relayExample')}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => {
                  setAddress(event.target.value)
                  setBad(false)
                }}
              />
            </span>
            <span className="small quiet">{t('restore.relayHelp')}</span>
          </label>
          {bad && (
            <p className="joining__bad" role="alert">
              {t('ways.badRelay')}
            </p>
          )}
          {attempt.problem !== '' && (
            <p className="joining__bad" role="alert">
              {attempt.problem}
            </p>
          )}
          <div role="status">
            {outcome.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </div>
        <div className="joining__foot">
          <button type="button" className="button" onClick={onClose}>
            {t('window.close')}
          </button>
          <button
            type="submit"
            className="button button--primary"
            disabled={attempt.busy || said.length === 0 || url === ''}
          >
            {attempt.busy ? t('restore.doing') : t('restore.do')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
