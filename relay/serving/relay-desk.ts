/**
 * The relay's desk: where an invite is looked at, taken, or asked with. Uses and expiry are held here; a race of two takers
 * is decided by the end of the membership chain, which only one of them can follow.
 */
import { equalBytes, toHex } from '../../shared/ids.ts'
import { readMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import type { JoinRequest } from '../../shared/relay/relay-message.ts'
import { askBytes } from '../../shared/relay/relay-proof.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import type { RelayPorts } from '../relay-ports.ts'
import type { DocumentRoom } from '../rooms/document-room.ts'
import type { Lobby } from '../rooms/lobby.ts'

/** Milliseconds for which the box goes out again to who sends the very row that took it: the answer may have been lost. */
const AGAIN = 60_000

interface Handed {
  readonly box: Uint8Array
  readonly until: number
}

export class RelayDesk {
  private readonly ports: RelayPorts
  private readonly lobby: Lobby
  /** Hash of a row -> the box that was handed out for it. */
  private readonly handed = new Map<string, Handed>()

  constructor(ports: RelayPorts, lobby: Lobby) {
    this.ports = ports
    this.lobby = lobby
  }

  /** Rows of the chain from a number on, for one who proved to have an invite that has not ended. */
  look(documentId: Uint8Array, invite: Uint8Array, from: number): readonly StoredLink[] | RelayRefusal {
    const room = this.lobby.room(documentId)
    if (room === null) return 'unknown-document'
    // Who has taken it looks at what it became.
    const why = this.whyNot(room, invite)
    return why === null || why === 'used-up' ? room.document.chain.rows.slice(from) : why
  }

  /** Appends the row that takes the invite, and hands the box out. */
  async take(documentId: Uint8Array, invite: Uint8Array, row: StoredLink): Promise<Uint8Array | RelayRefusal> {
    const room = this.lobby.room(documentId)
    if (room === null) return 'unknown-document'
    const again = this.handed.get(toHex(row.hash))
    if (again !== undefined && again.until > this.ports.clock.now()) return again.box
    const op = readMemberOp(this.ports.suite, documentId, row)
    if (typeof op === 'string') return op === 'newer' ? 'version' : 'refused'
    if (op.change.type !== 'invite-use' || !equalBytes(op.change.invite, invite)) return 'refused'
    const { member } = op.change
    const outcome = await room.commit<{ readonly box: Uint8Array } | RelayRefusal>(() => {
      const why = this.whyNot(room, invite)
      if (why !== null) return why
      const kept = this.ports.mailbox.invites.find(room.document.number, invite)
      if (kept === null) return 'no-such-invite'
      if (room.document.chain.membership.invites.get(toHex(invite))?.approval === true) return 'waiting'
      if (!room.document.appends) return 'refused'
      if (op.seq !== room.document.chain.rows.length) return 'stale'
      const followed = room.document.follow([row])
      if (followed.kind !== 'followed') return followed.kind === 'forked' ? 'stale' : 'refused'
      const left = room.document.chain.membership.invites.get(toHex(invite))?.uses ?? 0
      if (left === 0) this.ports.mailbox.invites.drop(room.document.number, invite)
      // To the device the row names: with it nobody else who has the link, and sees the row, reads along unseen.
      return { box: this.ports.suite.seal(kept, member) }
    })
    if (outcome === null) return 'busy'
    if (typeof outcome === 'string') return outcome
    this.ports.metrics.count('joins')
    this.remember(row, outcome.box)
    return outcome.box
  }

  /** Keeps the wish of somebody who has the link until an owner has answered. */
  async ask(documentId: Uint8Array, request: JoinRequest, sig: Uint8Array): Promise<RelayRefusal | null> {
    const room = this.lobby.room(documentId)
    if (room === null) return 'unknown-document'
    if (!this.ports.suite.verify(askBytes(documentId, request), sig, request.invite)) return 'refused'
    const outcome = await room.commit<RelayRefusal | 'kept'>(() => {
      const { mailbox, clock, limits } = this.ports
      if (room.document.chain.membership.people.has(toHex(request.root))) return 'kept'
      const why = this.whyNot(room, request.invite)
      if (why !== null) return why
      const others = mailbox.invites
        .requests(room.document.number)
        .filter(({ root }) => !equalBytes(root, request.root))
      if (others.length >= limits.requests || request.name.length > MAX_NAME) return 'quota'
      mailbox.invites.ask(room.document.number, request, clock.now())
      return 'kept'
    })
    return outcome === 'kept' ? null : (outcome ?? 'busy')
  }

  /** Keeps the box of an invite that the chain has, or will have in a moment. */
  async putInvite(room: DocumentRoom, invite: Uint8Array, box: Uint8Array): Promise<RelayRefusal | null> {
    const { mailbox, limits } = this.ports
    if (box.length > MAX_BOX) return 'too-big'
    const outcome = await room.commit<RelayRefusal | 'kept'>(() => {
      const isNew = mailbox.invites.find(room.document.number, invite) === null
      if (isNew && mailbox.invites.count(room.document.number) >= limits.invites) return 'quota'
      mailbox.invites.keep(room.document.number, invite, box)
      return 'kept'
    })
    return outcome === 'kept' ? null : (outcome ?? 'busy')
  }

  private whyNot(room: DocumentRoom, invite: Uint8Array): RelayRefusal | null {
    const known = room.document.chain.membership.invites.get(toHex(invite))
    if (known === undefined) return 'no-such-invite'
    // Before how often it was taken: whoever took it looks at what became of it until it ends, and no longer.
    if (known.expires <= this.ports.clock.now()) return 'expired'
    return known.uses === 0 ? 'used-up' : null
  }

  private remember(row: StoredLink, box: Uint8Array): void {
    const now = this.ports.clock.now()
    for (const [hash, { until }] of this.handed) if (until <= now) this.handed.delete(hash)
    this.handed.set(toHex(row.hash), { box, until: now + AGAIN })
  }
}

const MAX_BOX = 4096
const MAX_NAME = 1024
