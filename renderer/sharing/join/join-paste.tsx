import { ClipboardPaste, FileDown, Globe, type LucideIcon, ShieldAlert, UserRound } from 'lucide-react'
import { type FormEvent, useId, useRef } from 'react'
import type { NoticeBoard } from '../../notices/notice-board.ts'
import type { SheafApi } from '../../sheaf-api.ts'
import { t } from '../../strings/t.ts'
import { useAttempt } from '../use-attempt.ts'
import type { Joining } from './joining.ts'
import { type InviteReading, readInvite } from './read-invite.ts'

export interface JoinPasteProps {
  readonly api: SheafApi
  readonly board: NoticeBoard
  readonly joining: Joining
  readonly link: string
  readonly displayName: string
  onCancel(): void
}

/** Where the link goes, and everything that would happen if one joined: said before anything does. */
export function JoinPaste({ api, board, joining, link, displayName, onCancel }: JoinPasteProps) {
  const field = useRef<HTMLInputElement>(null)
  const help = useId()
  const attempt = useAttempt(board)
  const reading = readInvite(link)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reading.kind === 'invite') void joining.join()
  }
  const paste = () =>
    attempt.run('paste', async () => {
      joining.link.set('')
      field.current?.focus()
      await api.call('window.edit', 'paste')
    })

  return (
    <form onSubmit={submit} noValidate>
      <div className="joining__body">
        {joining.came && (
          <p className="joining__came">
            <ShieldAlert className="icon" />
            {t('join.linkCame')}
          </p>
        )}
        {!joining.came && <p>{t('join.text')}</p>}
        <div className="joining__row">
          <label className="field grow">
            <input
              ref={field}
              autoFocus={!joining.came}
              aria-label={t('join.field')}
              aria-describedby={help}
              aria-invalid={reading.kind === 'bad' || reading.kind === 'newer'}
              value={link}
              placeholder={t('join.example')}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => joining.link.set(event.target.value)}
            />
          </label>
          <button type="button" className="button" onClick={paste}>
            <ClipboardPaste className="icon" />
            {t('join.paste')}
          </button>
        </div>
        <div id={help} role="status">
          {reading.kind === 'bad' && <p className="joining__bad">{t('join.bad')}</p>}
          {reading.kind === 'newer' && <p className="joining__bad">{t('join.newer')}</p>}
        </div>
        {attempt.problem !== '' && (
          <p className="joining__bad" role="alert">
            {attempt.problem}
          </p>
        )}
        {reading.kind === 'invite' && <WhatHappens reading={reading} displayName={displayName} />}
      </div>
      <div className="joining__foot">
        {/* A key that was meant for the page must not say yes to a link that came by itself. */}
        <button type="button" className="button" autoFocus={joining.came} onClick={onCancel}>
          {t('join.cancel')}
        </button>
        <button type="submit" className="button button--primary" disabled={reading.kind !== 'invite'}>
          {t('join.do')}
        </button>
      </div>
    </form>
  )
}

interface WhatHappensProps {
  readonly reading: InviteReading
  readonly displayName: string
}

function WhatHappens({ reading: { relayHost, addresses }, displayName }: WhatHappensProps) {
  const near = addresses.map((address) => t('join.askNear', address))
  const asked = relayHost === '' ? near : [t('join.askRelay', relayHost), ...near]
  const steps: readonly (readonly [LucideIcon, readonly string[]])[] = [
    [Globe, asked.length > 0 ? asked : [t('join.askNetwork')]],
    [UserRound, [t('join.theySee', displayName)]],
    [FileDown, [t('join.youGet')]],
  ]
  return (
    <section className="joining__before" aria-labelledby="join-before">
      <h3 className="share__subheading" id="join-before">
        {t('join.before')}
      </h3>
      <ol className="joining__steps">
        {steps.map(([Icon, sentences]) => (
          <li key={sentences[0]} className="fact">
            <Icon className="icon" />
            <div>
              {sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <p className="small quiet">
        {relayHost !== '' && `${t('join.relaySees')} `}
        {t('join.nothingYet')}
      </p>
    </section>
  )
}
