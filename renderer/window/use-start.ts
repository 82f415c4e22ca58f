import { useEffect, useState } from 'react'
import { askToJoin } from '../sharing/join/ask-to-join.ts'
import { firstOpenable } from '../library/window-library.ts'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

/**
 * Decides what the window shows first: the document it was opened for, else the one last written in. With no document
 * anywhere it waits until the whole folder has been looked through before it says so.
 */
export function useStart(model: WindowModel): void {
  const started = useObserved(model.started)
  const library = useObserved(model.library)
  const settings = useObserved(model.settings)
  const [undecided, setUndecided] = useState(false)

  useEffect(() => {
    let stopped = false
    const decide = async () => {
      const { documentId, problem, invitation } = await model.api.call('window.start')
      if (stopped) return
      if (invitation !== null) askToJoin(model, invitation)
      if (problem !== null) model.board.tell(problem)
      if (documentId === null) setUndecided(true)
      else {
        model.show(documentId)
        model.started.set(true)
      }
    }
    decide().catch((error: unknown) => {
      model.board.fail(error)
      setUndecided(true)
    })
    return () => {
      stopped = true
    }
  }, [model])

  useEffect(() => {
    if (!undecided || started || !library || !settings) return
    if (model.documentId.get() !== null) {
      model.started.set(true)
      return
    }
    const first = firstOpenable(library.entries)
    if (!first && !library.complete) return
    if (!first) {
      model.started.set(true)
      return
    }
    // Opening the row takes the file in: it may have been put into the folder while Sheaf wasn't running.
    setUndecided(false)
    model.api
      .call('library.open', first.id)
      .then((documentId) => {
        if (model.documentId.get() === null) model.show(documentId)
      })
      // Nobody has asked for this document yet: what is wrong with it is said when somebody does.
      .catch(() => undefined)
      .finally(() => model.started.set(true))
  }, [model, undecided, started, library, settings])
}
