import { ShieldAlert, X } from 'lucide-react'
import { type FormEvent, useId, useMemo, useState } from 'react'
import { isRelayUrl } from '../../../shared/membership/relay-url.ts'
import { IconButton } from '../../design/icon-button.tsx'
import { Modal } from '../../design/modal.tsx'
import { t } from '../../strings/t.ts'
import { useObserved } from '../../window/observable.ts'
import type { WindowModel } from '../../window/window-model.ts'
import { sharingActions } from '../sharing-actions.ts'
import { takeFocus } from '../take-focus.ts'
import { useAttempt } from '../use-attempt.ts'
import { WayStatus } from '../ways/way-status.tsx'
import '../join/join.css'

export interface YjsDialogProps {
  readonly model: WindowModel
  onClose(): void
  readonly onClosed: () => void
}

const LONGEST_ROOM = 200

/** Putting the page on a server that speaks plain Yjs, with what that means said first; and taking it off again. */
export function YjsDialog({ model, onClose, onClosed }: YjsDialogProps) {
  const way = useObserved(model.sync.view, (view) => view?.ways.find((each) => each.way === 'yjs') ?? null)
  const [url, setUrl] = useState('')
  const [room, setRoom] = useState('')
  const [bad, setBad] = useState(false)
  const actions = useMemo(() => sharingActions(model), [model])
  const attempt = useAttempt(model.board)
  const problem = useId()
  const on = way !== null && way.state !== 'off'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const good = isRelayUrl(url.trim())
    setBad(!good)
    if (good && room.trim() !== '')
      attempt.run('connect', () => actions.connectYjs({ url: url.trim(), room: room.trim() }))
  }

  return (
    <Modal label={t('yjs.title')} className="joining" onClose={onClose} onClosed={onClosed}>
      <div className="share__head">
        <h2 className="dialog__title grow" aria-hidden="true">
          {t('yjs.title')}
        </h2>
        <IconButton icon={X} label={t('window.close')} onClick={onClose} />
      </div>
      <form onSubmit={submit} noValidate>
        <div className="joining__body">
          <div className="joining__came" role="note">
            <ShieldAlert className="icon" />
            <div>
              <p className="strong">{t('yjs.warning')}</p>
              <p>{t('yjs.warningText')}</p>
            </div>
          </div>
          {on ? (
            <>
              <p>{t('yjs.connected')}</p>
              <WayStatus way={way} />
            </>
          ) : (
            <>
              <label className="labelled">
                {t('yjs.url')}
                <span className="field">
                  <input
                    ref={takeFocus}
                    value={url}
                    aria-invalid={bad}
                    aria-describedby={bad ? problem : undefined}
                    placeholder={t('yjs.urlExample')}
                    spellCheck={false}
                    autoComplete="off"
                    onChange={(event) => {
                      setUrl(event.target.value)
                      setBad(false)
                    }}
                  />
                </span>
              </label>
              {bad && (
                <p className="joining__bad" id={problem} role="alert">
                  {t('yjs.badUrl')}
                </p>
              )}
              <label className="labelled">
                {t('yjs.room')}
                <span className="field">
                  <input
                    value={room}
                    maxLength={LONGEST_ROOM}
                    spellCheck={false}
                    autoComplete="off"
                    onChange={(event) => setRoom(event.target.value)}
                  />
                </span>
                <span className="small quiet">{t('yjs.roomHelp')}</span>
              </label>
            </>
          )}
          {attempt.problem !== '' && (
            <p className="joining__bad" role="alert">
              {attempt.problem}
            </p>
          )}
        </div>
        <div className="joining__foot">
          <button type="button" className="button" onClick={onClose}>
            {t('window.close')}
          </button>
          {on ? (
            <button
              type="button"
              className="button"
              disabled={attempt.busy}
              onClick={() => attempt.run('disconnect', () => actions.connectYjs(null))}
            >
              {t('yjs.disconnect')}
            </button>
          ) : (
            <button
              type="submit"
              className="button button--primary"
              disabled={attempt.busy || url.trim() === '' || room.trim() === ''}
            >
              {attempt.runs('connect') ? t('yjs.connecting') : t('yjs.connect')}
            </button>
          )}
        </div>
      </form>
    </Modal>
  )
}
