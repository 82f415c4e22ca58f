import { useEffect } from 'react'
import { titleOr } from '../library/shown-title.ts'
import { t } from '../strings/t.ts'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

/** How long a title stays the same before the system hears it, in milliseconds: not every keystroke. */
const REST = 300

/** Tells the main process what the window shows, and names the window after it. */
export function useShownDocument(model: WindowModel): void {
  const documentId = useObserved(model.documentId)
  const title = useObserved(model.title)
  const started = useObserved(model.started)

  useEffect(() => {
    if (!started || (documentId !== null && title === null)) return
    const shown = title === null ? '' : titleOr(title)
    const timer = setTimeout(() => {
      document.title = shown === '' ? t('app.name') : shown
      model.api.call('window.shows', documentId, shown).catch((error: unknown) => model.board.fail(error))
    }, REST)
    return () => clearTimeout(timer)
  }, [model, documentId, title, started])
}
