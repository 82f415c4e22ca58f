import { CircleAlert, CircleCheck, Hourglass, type LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { unreachable } from '../../../shared/errors.ts'
import type { DocumentId } from '../../../shared/ids.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import { t } from '../../strings/t.ts'
import { whyNotWords } from '../why-not-words.ts'
import type { JoinStage } from './joining.ts'

export interface JoinOutcomeProps {
  readonly stage: Exclude<JoinStage, { kind: 'asking-for-link' }>
  /** Host of the relay that is asked, or ''. */
  readonly relay: string
  readonly displayName: string
  onAgain(): void
  onOther(): void
  onOpen(documentId: DocumentId): void
  onClose(): void
}

/** Reasons for which the same link will never do. */
const LOST: readonly WhyNot[] = ['expired', 'used-up', 'no-such-invite']

/** How joining goes: what happened, what is safe, what to do. */
export function JoinOutcome({ stage, relay, displayName, onAgain, onOther, onOpen, onClose }: JoinOutcomeProps) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [stage.kind])
  const close = (
    <button type="button" className="button" onClick={onClose}>
      {t('window.close')}
    </button>
  )

  const lost = stage.kind === 'failed' && LOST.includes(stage.why)

  switch (stage.kind) {
    case 'joining':
      return (
        <Outcome icon={null} title={relay === '' ? t('join.doingNear') : t('join.doing', relay)} foot={close}>
          <div className="joining__bar" aria-hidden="true" />
          <p className="quiet">{t('join.doingText')}</p>
        </Outcome>
      )
    case 'waiting':
      return (
        <Outcome
          icon={Hourglass}
          title={t('join.waiting')}
          foot={
            <>
              {close}
              <button type="button" className="button button--primary" ref={first} onClick={onAgain}>
                {t('join.askAgain')}
              </button>
            </>
          }
        >
          <p>{t('join.waitingText', displayName)}</p>
          {stage.trouble !== null && <p>{t('join.lookFailed', whyNotWords(stage.trouble).happened)}</p>}
          <p className="quiet">{t('join.waitingLater')}</p>
        </Outcome>
      )
    case 'joined':
      return (
        <Outcome
          icon={CircleCheck}
          title={t('join.done')}
          foot={
            <button
              type="button"
              className="button button--primary"
              ref={first}
              onClick={() => onOpen(stage.documentId)}
            >
              {t('join.open')}
            </button>
          }
        />
      )
    case 'failed':
    case 'broken':
      return (
        <Outcome
          icon={CircleAlert}
          caution
          title={t('join.failed')}
          foot={
            <>
              <button
                type="button"
                className={`button ${lost ? 'button--primary' : ''}`}
                ref={lost ? first : null}
                onClick={onOther}
              >
                {t('join.other')}
              </button>
              {!lost && (
                <button type="button" className="button button--primary" ref={first} onClick={onAgain}>
                  {t('join.again')}
                </button>
              )}
            </>
          }
        >
          {stage.kind === 'failed' ? (
            <>
              <p>{whyNotWords(stage.why).happened}</p>
              <p>{t('join.safe')}</p>
              <p>{whyNotWords(stage.why).todo}</p>
            </>
          ) : (
            <>
              <p>{stage.sentence}</p>
              <p>{t('join.safe')}</p>
            </>
          )}
        </Outcome>
      )
    default:
      return unreachable(stage)
  }
}

interface OutcomeProps {
  readonly icon: LucideIcon | null
  readonly title: string
  /** Whether it is no good news. */
  readonly caution?: boolean
  readonly foot: ReactNode
  readonly children?: ReactNode
}

function Outcome({ icon: Icon, title, caution = false, foot, children }: OutcomeProps) {
  return (
    <>
      <div className="joining__body" role="status">
        <p className={`joining__title ${caution ? 'joining__title--caution' : ''}`}>
          {Icon && <Icon className="icon" />}
          {title}
        </p>
        {children}
      </div>
      <div className="joining__foot">{foot}</div>
    </>
  )
}
