import { useEffect } from 'react'
import type { CallName, EventName, SheafCalls, SheafEvents } from '../shared/ipc/contract.ts'
import type { SheafApi } from './sheaf-api.ts'
import { type Observable, useObserved } from './window/observable.ts'

/** Calls without arguments whose answer an event of the same shape keeps fresh. */
export type LiveView = {
  [C in CallName]: Parameters<SheafCalls[C]> extends []
    ? { [E in EventName]: SheafEvents[E] extends ReturnType<SheafCalls[C]> ? [C, E] : never }[EventName]
    : never
}[CallName]

/**
 * Keeps `into` at the newest state heard from the main process, until the returned function is called.
 *
 * It listens before it asks, and an event wins over an answer that arrives after it.
 */
export function followView<V extends LiveView>(
  api: SheafApi,
  call: V[0],
  event: V[1],
  into: Observable<SheafEvents[V[1]] | null>,
  onFailure: (error: unknown) => void,
): () => void {
  let heard = false
  let stopped = false
  const stopListening = api.on(event, (payload) => {
    heard = true
    into.set(payload)
  })
  const ask = api.call as (name: V[0]) => Promise<SheafEvents[V[1]]>
  ask(call).then(
    (answer) => {
      if (!heard && !stopped) into.set(answer)
    },
    (error: unknown) => {
      if (!stopped) onFailure(error)
    },
  )
  return () => {
    stopped = true
    stopListening()
  }
}

/** Follows a view while the component lives. Null until the first answer. */
export function useLiveView<V extends LiveView>(
  api: SheafApi,
  call: V[0],
  event: V[1],
  into: Observable<SheafEvents[V[1]] | null>,
  onFailure: (error: unknown) => void,
): SheafEvents[V[1]] | null {
  useEffect(() => followView<V>(api, call, event, into, onFailure), [api, call, event, into, onFailure])
  return useObserved(into)
}
