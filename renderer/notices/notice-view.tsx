import { X } from 'lucide-react'
import { Fragment } from 'react'
import { IconButton } from '../design/icon-button.tsx'
import { t } from '../strings/t.ts'
import type { Notice, NoticeAction } from './notice.ts'

export interface NoticeViewProps {
  readonly notice: Notice
  /** Runs an action; failures are its business. */
  attempt(work: () => void | Promise<void>): void
  onDismiss(key: string): void
}

/** One message above the page. */
export function NoticeView({ notice, attempt, onDismiss }: NoticeViewProps) {
  const Icon = notice.icon
  return (
    <div className={`notice notice--${notice.tone} chrome`} role={notice.tone === 'danger' ? 'alert' : 'status'}>
      <Icon className="icon" />
      <div className="grow">
        <p className="notice__title">{notice.title}</p>
        {notice.text !== '' && <p className="notice__text">{notice.text}</p>}
        {notice.facts && (
          <dl className="notice__facts">
            {notice.facts.map(({ term, words }) => (
              <Fragment key={term}>
                <dt>{term}</dt>
                <dd>{words}</dd>
              </Fragment>
            ))}
          </dl>
        )}
        {notice.actions.length > 0 && (
          <div className="notice__actions">
            {notice.actions.map((action) => (
              <ActionButton key={action.label} action={action} attempt={attempt} />
            ))}
          </div>
        )}
      </div>
      {notice.dismissible && (
        <IconButton
          icon={X}
          small
          label={t('window.dismiss')}
          className="notice__close"
          onClick={() => onDismiss(notice.key)}
        />
      )}
    </div>
  )
}

export interface ActionButtonProps {
  readonly action: NoticeAction
  attempt(work: () => void | Promise<void>): void
}

export function ActionButton({ action, attempt }: ActionButtonProps) {
  return (
    <button
      type="button"
      className={`button ${action.primary ? 'button--primary' : ''}`}
      onClick={() => attempt(() => action.run())}
    >
      {action.label}
    </button>
  )
}
