import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from '../design/icon-button.tsx'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { NoticeAction } from './notice.ts'
import type { NoticeBoard } from './notice-board.ts'

/** How long a toast stays, in milliseconds, while neither the pointer nor the keyboard is on it. */
const STAYS = 10_000

/** What was just done, with the way back; goes by itself. */
export function ToastView({ board }: { readonly board: NoticeBoard }) {
  const toast = useObserved(board.toast)
  const [held, setHeld] = useState(false)

  useEffect(() => {
    if (!toast || held) return
    const timer = setTimeout(() => board.closeToast(), STAYS)
    return () => clearTimeout(timer)
  }, [toast, held, board])

  const action = toast?.action
  const take = (taken: NoticeAction) => {
    board.closeToast()
    board.attempt(() => taken.run())
  }

  return (
    <div className="toasts chrome" role="status">
      {toast && (
        <div
          key={toast.key}
          className="toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span className="clip grow">{toast.text}</span>
          {action && (
            <button type="button" className="button button--quiet button--action" onClick={() => take(action)}>
              {action.label}
            </button>
          )}
          <IconButton icon={X} small label={t('window.dismiss')} onClick={() => board.closeToast()} />
        </div>
      )}
    </div>
  )
}
