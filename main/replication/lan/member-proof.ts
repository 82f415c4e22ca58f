/**
 * Proof of who is on the other side of a channel: a signature by a member key that holds on this connection, for this
 * document and for that side alone; and what our chain says of that member.
 */
import { concat, type CryptoSuite, domain, type KeyPair } from '../../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../../shared/ids.ts'
import { type Membership, personOf } from '../../../shared/membership/membership.ts'
import type { Side } from './lan-greeting.ts'

const PROOF_DOMAIN = domain('lan-proof/1')

export function proveMember(
  suite: CryptoSuite,
  member: KeyPair,
  documentId: Uint8Array,
  hash: Uint8Array,
  side: Side,
): Uint8Array {
  return suite.sign(statement(documentId, hash, side), member)
}

export function isMemberProof(
  suite: CryptoSuite,
  proof: Uint8Array,
  member: Uint8Array,
  documentId: Uint8Array,
  hash: Uint8Array,
  side: Side,
): boolean {
  return suite.verify(statement(documentId, hash, side), proof, member)
}

/**
 * `newcomer`: our chain does not know them, and they have the key of our own last epoch. They may have been let in by
 * rows we have not heard of, so the chain, and nothing else, is told until it knows them. Who has only older keys and is
 * not in the chain can't be one: whoever is let in is given the newest key, and a row that changes the key follows the
 * rows that let in those who have the one before.
 */
export type Standing = 'member' | 'newcomer' | 'removed' | 'stranger'

export function standingOf(membership: Membership, member: Uint8Array, hasLastKey: boolean): Standing {
  if (personOf(membership, member) !== null) return 'member'
  if (membership.periods.has(toHex(member))) return 'removed'
  return hasLastKey ? 'newcomer' : 'stranger'
}

function statement(documentId: Uint8Array, hash: Uint8Array, side: Side): Uint8Array {
  return concat(PROOF_DOMAIN, hash, documentId, Uint8Array.of(side))
}
