import { useEffect, useState } from 'react'
import type { SaveState } from '../documents/document-state.ts'

/** How long everything must have been on disk before the window says "Saved" again, in milliseconds. */
const SETTLED = 300

/**
 * The save state as it is shown. It never claims more than is true: "Saving…" and "Not saved" show at once, and "Saved"
 * comes back when the typing pauses, so that the word does not flicker at every key.
 */
export function useSettledSave(save: SaveState): SaveState {
  const [shown, setShown] = useState(save)

  useEffect(() => {
    if (save !== 'saved' || shown === 'saved') {
      setShown(save)
      return
    }
    const timer = setTimeout(() => setShown('saved'), SETTLED)
    return () => clearTimeout(timer)
  }, [save, shown])

  return save === 'saved' ? shown : save
}
