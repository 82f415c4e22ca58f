import { useLayoutEffect, useRef } from 'react'
import type { PresenceWatch } from './presence-watch.ts'

/** The place of the layer with others' carets in the page's column; what stands in it is drawn without React. */
export function PresenceLayer({ presence }: { readonly presence: PresenceWatch }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { element } = presence.layer
    place.current?.append(element)
    return () => element.remove()
  }, [presence])
  return <div ref={place} aria-hidden="true" />
}
