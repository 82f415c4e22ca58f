import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { LongPaste } from './long-paste.ts'

/** How far a long paste is, with a way out. */
export function PasteProgress({ paste }: { readonly paste: LongPaste }) {
  const done = useObserved(paste.progress)
  return (
    <div className="toasts chrome" role="status">
      {done !== null && (
        <div className="toast">
          <span className="clip grow">{t('paste.underWay')}</span>
          <progress className="paste-progress" value={done} aria-label={t('paste.underWay')} />
          <button type="button" className="button button--quiet button--action" onClick={() => paste.cancel()}>
            {t('window.cancel')}
          </button>
        </div>
      )}
    </div>
  )
}
