import { useEffect, useState } from 'react'
import type { SaveState } from '../documents/document-state.ts'

/** How long saving may take before it is worth a word, in milliseconds. */
const WORTH_A_WORD = 400

/** The save state as it is shown: good and bad news at once, "Saving…" only when it takes long enough to be read. */
export function useSettledSave(save: SaveState): SaveState {
  const [shown, setShown] = useState(save)

  useEffect(() => {
    if (save !== 'saving') {
      setShown(save)
      return
    }
    const timer = setTimeout(() => setShown('saving'), WORTH_A_WORD)
    return () => clearTimeout(timer)
  }, [save])

  return save === 'saving' ? shown : save
}
