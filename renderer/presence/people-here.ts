/** The people who are in a document now, as a window says it: one for each person, however many windows they have. */
import type { PeerPresence } from '../../shared/ipc/together.ts'
import { PERSON_COLORS } from '../../shared/membership/person-color.ts'

export type PersonState = 'typing' | 'here' | 'idle'

export interface PersonHere {
  /** The person, or the session of somebody no chain names. */
  readonly id: string
  readonly name: string
  /** From 0 on. */
  readonly color: number
  readonly state: PersonState
  /** The session whose caret one goes to; null when they have none. */
  readonly session: string | null
}

/**
 * Everybody in the order in which they came: nobody changes places because another does something. Answers `before` itself
 * when nothing of it is another.
 */
export function peopleHere(peers: readonly PeerPresence[], before: readonly PersonHere[]): readonly PersonHere[] {
  const found = new Map<string, PersonHere>()
  for (const peer of peers) {
    const id = peer.person ?? peer.session
    found.set(id, joined(found.get(id) ?? null, personOf(id, peer)))
  }
  const stayed = before.flatMap(({ id }) => found.get(id) ?? [])
  const came = [...found.values()].filter(({ id }) => !before.some((each) => each.id === id))
  const people = [...stayed, ...came]
  return people.length === before.length && people.every((person, at) => isSame(person, before[at])) ? before : people
}

/** A colour of the window's for any number. */
export function personColor(color: number): number {
  return Number.isSafeInteger(color) && color >= 0 ? color % PERSON_COLORS : 0
}

/** Up to two letters for a name: of the first and the last word of it. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : [words.at(0)]
  return ends.map((word) => firstLetter(word ?? '')).join('')
}

/** Made once: a segmenter costs milliseconds. */
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

function firstLetter(word: string): string {
  for (const { segment } of letters.segment(word))
    if (/[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(segment)) return segment.toLocaleUpperCase()
  return ''
}

function personOf(id: string, { name, color, typing, idle, anchor, session }: PeerPresence): PersonHere {
  const state = typing ? 'typing' : idle ? 'idle' : 'here'
  return { id, name, color: personColor(color), state, session: anchor === null ? null : session }
}

const LIVELIEST: readonly PersonState[] = ['typing', 'here', 'idle']

/** The same person in two windows is where they do something. */
function joined(one: PersonHere | null, other: PersonHere): PersonHere {
  if (one === null) return other
  const livelier = LIVELIEST.indexOf(other.state) < LIVELIEST.indexOf(one.state)
  const lively = livelier || (one.session === null && other.session !== null) ? other : one
  const state = livelier ? other.state : one.state
  return { ...one, state, session: lively.session ?? one.session ?? other.session }
}

function isSame(a: PersonHere, b: PersonHere | undefined): boolean {
  return (
    b !== undefined &&
    a.id === b.id &&
    a.name === b.name &&
    a.color === b.color &&
    a.state === b.state &&
    a.session === b.session
  )
}
