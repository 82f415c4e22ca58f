import { useEffect } from 'react'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

/** Marks `<html data-ready>` once the window shows what it was asked for, in its own faces: tests and the screenshot switch wait for it. */
export function useReady(model: WindowModel): void {
  const started = useObserved(model.started)
  const documentId = useObserved(model.documentId)
  const hasState = useObserved(model.state, (state) => state !== null)
  const ready = started && (documentId === null || hasState)

  useEffect(() => {
    if (!ready) return
    let stopped = false
    const mark = () => {
      if (!stopped) document.documentElement.dataset['ready'] = 'true'
    }
    if (document.fonts) void document.fonts.ready.then(mark)
    else mark()
    return () => {
      stopped = true
      delete document.documentElement.dataset['ready']
    }
  }, [ready])
}
