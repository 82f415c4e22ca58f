/**
 * What a screen reader is told of who comes and goes: one sentence when it has been quiet for a moment. Somebody whose
 * line drops and comes back meanwhile has not been away, and a key of theirs says nothing.
 */
import { locale, t } from '../strings/t.ts'
import { Observable } from '../window/observable.ts'
import type { PersonHere } from './people-here.ts'
import { personName } from './person-name.ts'

/** Milliseconds nobody has come or gone before it is said. */
const QUIET = 1500

export class Comings {
  /** The newest sentence, or ''. */
  readonly words = new Observable('')
  /** Who was here when something was said last, by id. */
  #told = new Map<string, string>()
  #here: readonly PersonHere[] = []
  #timer: ReturnType<typeof setTimeout> | null = null

  follow(people: readonly PersonHere[]): void {
    const same = people.length === this.#here.length && people.every(({ id }, at) => id === this.#here[at]?.id)
    this.#here = people
    if (same) return
    this.close()
    this.#timer = setTimeout(() => this.#tell(), QUIET)
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #tell(): void {
    const now = new Map(this.#here.map(({ id, name }) => [id, personName(name)]))
    const came = [...now].flatMap(([id, name]) => (this.#told.has(id) ? [] : [name]))
    const left = [...this.#told].flatMap(([id, name]) => (now.has(id) ? [] : [name]))
    this.#told = now
    const sentences = [
      ...(came.length > 0 ? [t('presence.came', inARow(came), came.length)] : []),
      ...(left.length > 0 ? [t('presence.left', inARow(left), left.length)] : []),
    ]
    if (sentences.length > 0) this.words.set(sentences.join(' '))
  }
}

/** "Ana, Ben and Cem". */
export function inARow(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
}
