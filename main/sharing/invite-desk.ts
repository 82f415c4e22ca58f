/** A desk: where an invite is taken. A relay has one, and on a local network every owner's computer is one. */
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'

/** Somebody who asks to be let in by an owner. */
export interface JoinRequest {
  readonly root: Uint8Array
  readonly member: Uint8Array
  /** The root key's word that it wants in with this device. */
  readonly consent: Uint8Array
  /** Encrypted with the invite's box key. */
  readonly name: Uint8Array
}

export interface InviteDesk {
  /** The document's chain, which the row that takes the invite must follow. */
  look(documentId: Uint8Array, inviteKey: Uint8Array): Promise<{ readonly chain: readonly StoredLink[] } | WhyNot>
  /** Appends the row and gives the box out, sealed to the device the row names; `stale` when another row came first. `name` is encrypted with the box key. */
  take(
    documentId: Uint8Array,
    inviteKey: Uint8Array,
    row: StoredLink,
    name: Uint8Array,
  ): Promise<{ readonly chain: readonly StoredLink[]; readonly box: Uint8Array } | 'stale' | WhyNot>
  /** Asks to be let in; the chain when an owner has done so, `waiting` until then. */
  ask(
    documentId: Uint8Array,
    inviteKey: Uint8Array,
    request: JoinRequest,
  ): Promise<{ readonly chain: readonly StoredLink[] } | 'waiting' | WhyNot>
}
