/**
 * Tells others where this window's person is: the first move at once, then at most five times a second, and nothing twice.
 *
 * Nothing of it is kept anywhere, so what could not be said is not said again: the next move says where they are.
 */
import type { LiveWords } from '../../shared/ipc/together.ts'
import type { SharedSelection } from '../editor/binding/shared-place.ts'
import { samePlace } from './same-place.ts'

/** Milliseconds between two times of saying. */
const PACE = 200
/** Milliseconds after a key that changed the text for which somebody is typing. */
const TYPES = 2000
/** Milliseconds without a key or the pointer after which somebody is idle. */
const RESTS = 2 * 60_000
/** Milliseconds without the keyboard after which somebody is no longer at a place of the page. */
const LEAVES = 60_000

type Timer = ReturnType<typeof setTimeout>

export interface OwnPlacePorts {
  say(words: LiveWords): void
  /** Where the selection is now; null for nowhere. */
  place(): SharedSelection | null
}

export class OwnPlace {
  readonly #ports: OwnPlacePorts
  #said: LiveWords | null = null
  /** While it runs, nothing is said. */
  #pause: Timer | null = null
  #typing: Timer | null = null
  #resting: Timer | null = null
  #leaving: Timer | null = null
  #moved = false
  #idle = false
  #hidden = false
  #here = false
  #closed = false

  constructor(ports: OwnPlacePorts) {
    this.#ports = ports
  }

  /** The selection or the text under it may be another. */
  move(): void {
    this.#changed()
  }

  /** A key changed the text. */
  type(): void {
    this.#typing = restart(this.#typing, TYPES, () => {
      this.#typing = null
      this.#changed()
    })
    this.#changed()
  }

  /** A key, or the pointer moved. */
  act(): void {
    this.#resting = restart(this.#resting, RESTS, () => {
      this.#idle = true
      this.#changed()
    })
    if (!this.#idle) return
    this.#idle = false
    this.#changed()
  }

  /** The page has the keyboard, or has it no longer. */
  focus(focused: boolean): void {
    if (this.#leaving !== null) clearTimeout(this.#leaving)
    this.#leaving = null
    if (focused) this.#here = true
    else
      this.#leaving = setTimeout(() => {
        this.#here = false
        this.#changed()
      }, LEAVES)
    this.#changed()
  }

  /** The window can't be seen, or can again. */
  hide(hidden: boolean): void {
    this.#hidden = hidden
    this.#changed()
  }

  /** Says everything once more: there may be somebody who has not heard it. */
  again(): void {
    this.#said = null
    this.#changed()
  }

  /** Says nothing any more. */
  close(): void {
    this.#closed = true
    for (const timer of [this.#pause, this.#typing, this.#resting, this.#leaving]) {
      if (timer !== null) clearTimeout(timer)
    }
  }

  #changed(): void {
    this.#moved = true
    if (this.#pause === null && !this.#closed) this.#say()
  }

  #say(): void {
    this.#moved = false
    const { anchor, head } = (this.#here ? this.#ports.place() : null) ?? { anchor: null, head: null }
    const words = { anchor, head, typing: this.#typing !== null, idle: this.#idle || this.#hidden }
    if (this.#said !== null && isSame(words, this.#said)) return
    this.#said = words
    this.#pause = setTimeout(() => {
      this.#pause = null
      if (this.#moved) this.#say()
    }, PACE)
    this.#ports.say(words)
  }
}

function restart(timer: Timer | null, milliseconds: number, work: () => void): Timer {
  if (timer !== null) clearTimeout(timer)
  return setTimeout(work, milliseconds)
}

function isSame(a: LiveWords, b: LiveWords): boolean {
  return a.typing === b.typing && a.idle === b.idle && samePlace(a.anchor, b.anchor) && samePlace(a.head, b.head)
}
