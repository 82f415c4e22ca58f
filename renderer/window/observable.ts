import { useSyncExternalStore } from 'react'

/** A value others follow without anyone above them drawing again: what the page says many times a second lives in one. */
export class Observable<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  get(): T {
    return this.#value
  }

  /** Does nothing when the value is the same one. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of this.#listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The observable's value, or what `select` makes of it; draws again only when that changes. */
export function useObserved<T, S = T>(
  observable: Observable<T>,
  select: (value: T) => S = (value) => value as unknown as S,
): S {
  return useSyncExternalStore(
    (listener) => observable.subscribe(listener),
    () => select(observable.get()),
  )
}
