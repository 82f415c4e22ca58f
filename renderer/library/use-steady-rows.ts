import { type RefObject, useEffect, useRef, useState } from 'react'
import type { FoundEntry } from './filter-entries.ts'
import { steadyOrder } from './steady-order.ts'

/**
 * Rows in the order that was there when the pointer came over the list: none moves away from under it because a document
 * was saved. They take their new places when the pointer leaves, or when somebody types elsewhere.
 */
export function useSteadyRows(list: RefObject<HTMLElement | null>, rows: readonly FoundEntry[]): readonly FoundEntry[] {
  const [held, setHeld] = useState(false)
  const shown = useRef(rows)

  useEffect(() => {
    const element = list.current
    if (element === null) return
    const hold = () => setHeld(true)
    const release = () => setHeld(false)
    const releaseElsewhere = ({ target }: Event) => {
      if (target instanceof Node && !element.contains(target)) setHeld(false)
    }
    element.addEventListener('pointermove', hold)
    element.addEventListener('pointerleave', release)
    document.addEventListener('keydown', releaseElsewhere)
    return () => {
      element.removeEventListener('pointermove', hold)
      element.removeEventListener('pointerleave', release)
      document.removeEventListener('keydown', releaseElsewhere)
    }
  }, [list])

  shown.current = held ? steadyOrder(shown.current, rows, ({ entry }) => entry.id) : rows
  return shown.current
}
