/**
 * The people of a room on a plain Yjs server, and ours as they are shown there, in the states y-protocols calls awareness.
 * Bounded: what a server says of people is never kept for long and never much.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { PeerPresence } from '../../../shared/ipc/together.ts'
import { carryPosition } from './carry-position.ts'
import type { DocumentMirror } from './document-mirror.ts'
import type { Side } from '../../carry/id-pairs.ts'

/** Milliseconds after which somebody who says nothing is gone; others renew what they say every fifteen seconds. */
const GONE = 30_000
const MOST_PEOPLE = 500
const LONGEST_STATE = 10_000
const COLORS = ['#d4483b', '#c07a00', '#5b8c00', '#008577', '#0a7ec2', '#5b5bd6', '#a144af', '#c2298a']

interface Person {
  readonly clock: number
  readonly heardAt: number
  /** Null for somebody who left. */
  readonly state: Record<string, unknown> | null
}

interface Shown {
  readonly id: number
  clock: number
  peer: PeerPresence | null
}

export class RoomPeople {
  private readonly clock: { now(): number }
  private readonly random: () => number
  private readonly people = new Map<number, Person>()
  /** Our people by their session. */
  private readonly shown = new Map<string, Shown>()

  constructor(clock: { now(): number }, random: () => number) {
    this.clock = clock
    this.random = random
  }

  /** Takes what the server says in; throws `RangeError` when it is garbled. */
  take(bytes: Uint8Array): void {
    const heardAt = this.clock.now()
    const own = new Set([...this.shown.values()].map(({ id }) => id))
    for (const { id, clock, state } of readStates(bytes)) {
      const known = this.people.get(id)
      const isNewer = known === undefined || clock > known.clock || (clock === known.clock && state === null)
      if (own.has(id) || !isNewer || (known === undefined && this.people.size >= MOST_PEOPLE)) continue
      this.people.set(id, { clock, heardAt, state })
    }
  }

  /** Who is in the room, with places in our document. */
  present(mirror: DocumentMirror): readonly PeerPresence[] {
    const now = this.clock.now()
    const peers: PeerPresence[] = []
    for (const [id, { heardAt, state }] of this.people) {
      if (now - heardAt > GONE) this.people.delete(id)
      else if (state !== null) peers.push(peerOf(id, state, mirror))
    }
    return peers
  }

  /** Everybody left: the connection is over. */
  clear(): void {
    this.people.clear()
  }

  /** Shows these of ours and no others. Answers what to send, or null for no change. */
  show(peers: readonly PeerPresence[], mirror: DocumentMirror): Uint8Array | null {
    const changed: Shown[] = []
    const gone = new Set(this.shown.keys())
    for (const peer of peers) {
      gone.delete(peer.session)
      const shown = this.shown.get(peer.session) ?? { id: Math.floor(this.random() * 2 ** 32), clock: 0, peer: null }
      this.shown.set(peer.session, shown)
      shown.peer = peer
      changed.push(shown)
    }
    for (const session of gone) {
      const shown = this.shown.get(session)
      if (shown === undefined || shown.peer === null) continue
      shown.peer = null
      changed.push(shown)
    }
    return changed.length === 0 ? null : this.encode(changed, mirror)
  }

  /** All of ours again: what is not repeated is forgotten. Null when nobody of ours is shown. */
  renew(mirror: DocumentMirror): Uint8Array | null {
    const shown = [...this.shown.values()].filter(({ peer }) => peer !== null)
    return shown.length === 0 ? null : this.encode(shown, mirror)
  }

  private encode(changed: readonly Shown[], mirror: DocumentMirror): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, changed.length)
    for (const shown of changed) {
      shown.clock += 1
      encoding.writeVarUint(encoder, shown.id)
      encoding.writeVarUint(encoder, shown.clock)
      encoding.writeVarString(encoder, JSON.stringify(shown.peer === null ? null : stateOf(shown.peer, mirror)))
    }
    return encoding.toUint8Array(encoder)
  }
}

/** As y-prosemirror and the editors built on it say who somebody is and where. */
function stateOf({ name, color, anchor, head }: PeerPresence, mirror: DocumentMirror): unknown {
  const place = (bytes: Uint8Array | null): unknown => {
    const own = bytes === null ? null : decoded(bytes)
    const position = own === null ? null : carried(mirror, 'ours', own)
    return position === null ? null : Y.relativePositionToJSON(position)
  }
  const cursor = { anchor: place(anchor), head: place(head) }
  return {
    user: { name, color: COLORS[color] ?? COLORS[0] },
    cursor: cursor.anchor === null || cursor.head === null ? null : cursor,
  }
}

/** Null for what is none: a window is not trusted to say only what is. */
function decoded(bytes: Uint8Array): Y.RelativePosition | null {
  try {
    return Y.decodeRelativePosition(bytes)
  } catch {
    return null
  }
}

function peerOf(id: number, state: Record<string, unknown>, mirror: DocumentMirror): PeerPresence {
  const user = isObject(state['user']) ? state['user'] : {}
  const cursor = isObject(state['cursor']) ? state['cursor'] : {}
  const name = typeof user['name'] === 'string' ? user['name'].slice(0, 100) : ''
  return {
    session: `yjs:${id}`,
    person: null,
    name,
    color: id % COLORS.length,
    anchor: placeOf(cursor['anchor'], mirror),
    head: placeOf(cursor['head'], mirror),
    typing: false,
    idle: false,
  }
}

function placeOf(json: unknown, mirror: DocumentMirror): Uint8Array | null {
  if (!isObject(json)) return null
  try {
    const position = carried(mirror, 'theirs', Y.createRelativePositionFromJSON(json))
    return position === null ? null : Y.encodeRelativePosition(position)
  } catch {
    // Some other program's idea of a place.
    return null
  }
}

function carried(mirror: DocumentMirror, side: Side, position: Y.RelativePosition): Y.RelativePosition | null {
  const { ours, theirs, pairs } = mirror.documents
  const [from, to] = side === 'ours' ? [ours, theirs] : [theirs, ours]
  return carryPosition({ from, to, side, pairs }, position)
}

function readStates(bytes: Uint8Array): { id: number; clock: number; state: Record<string, unknown> | null }[] {
  try {
    const decoder = decoding.createDecoder(bytes)
    const count = Math.min(decoding.readVarUint(decoder), MOST_PEOPLE)
    return Array.from({ length: count }, () => {
      const [id, clock] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)]
      const text = decoding.readVarString(decoder)
      const state: unknown = text.length > LONGEST_STATE ? {} : JSON.parse(text)
      return { id, clock, state: isObject(state) ? state : null }
    })
  } catch (cause) {
    throw new RangeError('The server said something garbled about the people in the room.', { cause })
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
