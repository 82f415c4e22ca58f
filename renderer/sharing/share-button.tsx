import { UserPlus } from 'lucide-react'
import { useId } from 'react'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { WindowModel } from '../window/window-model.ts'

/** Opens the share dialog; says when somebody or something there waits for an answer. */
export function ShareButton({ model }: { readonly model: WindowModel }) {
  const waiting = useObserved(model.sharing.view, (view) => (view ? view.requests.length + view.waiting.length : 0))
  const about = useId()
  return (
    <button
      type="button"
      className="button button--quiet share-button"
      aria-describedby={waiting > 0 ? about : undefined}
      onClick={() => model.dialog.set('share')}
    >
      <UserPlus className="icon" />
      <span className="share-button__word">{t('share.button')}</span>
      {waiting > 0 && (
        <span className="share-button__count" aria-hidden="true">
          {waiting}
        </span>
      )}
      {waiting > 0 && (
        <span className="visually-hidden" id={about} aria-hidden="true">
          {t('share.toAnswer', waiting)}
        </span>
      )}
    </button>
  )
}
