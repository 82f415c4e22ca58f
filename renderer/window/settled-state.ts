/**
 * The document's state as the window shows it. It never claims more than is true: "Saving…" and "Not saved" show at
 * once, and "Saved" comes back when the typing pauses. So the word does not flicker, and a key draws nothing anew.
 */
import type { DocumentState } from '../documents/document-state.ts'
import { Observable } from './observable.ts'

/** How long everything must have been on disk before the window says "Saved" again, in milliseconds. */
const SETTLED = 300

export class SettledState {
  readonly shown: Observable<DocumentState | null>
  readonly #state: Observable<DocumentState | null>
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(state: Observable<DocumentState | null>) {
    this.#state = state
    this.shown = new Observable(state.get())
    state.subscribe(() => this.#follow())
  }

  #follow(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const state = this.#state.get()
    const before = this.shown.get()
    if (state?.save !== 'saved' || before === null || before.save === 'saved') {
      this.#show(state)
      return
    }
    this.#show({ ...state, save: before.save, reason: before.reason })
    this.#timer = setTimeout(() => this.#show(state), SETTLED)
  }

  #show(state: DocumentState | null): void {
    if (!saysTheSame(state, this.shown.get())) this.shown.set(state)
  }
}

function saysTheSame(a: DocumentState | null, b: DocumentState | null): boolean {
  if (a === null || b === null) return a === b
  return (
    a.save === b.save &&
    a.reason === b.reason &&
    a.file === b.file &&
    a.mode === b.mode &&
    a.readOnlyReason === b.readOnlyReason &&
    a.notice === b.notice
  )
}
