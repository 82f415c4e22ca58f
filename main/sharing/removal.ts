/**
 * A removal: what ends somebody's part in a document, or that of one of their devices. Open invites end, for they may know
 * of one; they are out, with their words cut where they are known here; and an epoch begins whose key they never get. Each
 * step is left out when it is done already, because another row may come between any two.
 */
import { epochCommitment } from '../../shared/crypto/epoch-key.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { equalBytes, fromHex, toHex } from '../../shared/ids.ts'
import { beginEpoch, epochOwedBy } from '../../shared/membership/epoch-chain.ts'
import { type Membership, personOf } from '../../shared/membership/membership.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { NextChange } from './chain-changes.ts'
import { cutOf, cutOfDevices } from './person-writers.ts'

/**
 * Whether somebody was removed and no epoch has begun since, and this device is to make good for it, with `owedEpoch`: any
 * owner's; without a relay the one that removed them and one more, because two that append rows by themselves at the same
 * moment would fork the chain.
 */
export function owesEpoch({ members }: OpenDocument): boolean {
  const { membership, device } = members
  if (members.role() !== 'owner' || membership.epoch === 0) return false
  const remover = epochOwedBy(members.chain().rows)
  if (remover === null) return false
  const isOurs = equalBytes(remover, device.publicKey) || firstToAppend(membership) === toHex(device.publicKey)
  return membership.relay !== null || isOurs
}

function firstToAppend({ people }: Membership): string | undefined {
  const owner = [...people.values()].find(({ role }) => role === 'owner')
  return [...(owner?.devices ?? [])][0]
}

export function owedEpoch(suite: CryptoSuite, document: OpenDocument): NextChange {
  const key = suite.random(32)
  // Another owner's device may be quicker.
  return (membership) => (owesEpoch(document) ? nextEpoch(suite, document, membership, key) : null)
}

/** `person` is a root key, hexadecimal. */
export function removal(suite: CryptoSuite, document: OpenDocument, person: string): readonly NextChange[] {
  const isIn = document.membership().people.has(person)
  // Who was never in is not removed, and that is said.
  return lockingOut(suite, document, (membership) =>
    isIn && !membership.people.has(person)
      ? null
      : { type: 'remove', root: fromHex(person), cut: cutOf(suite, document, membership, person) },
  )
}

/**
 * `device` is a member key, hexadecimal. One's own goes by oneself; without an owner at hand the epoch is begun by one's
 * device as soon as it hears of it.
 */
export function deviceRemoval(suite: CryptoSuite, document: OpenDocument, device: string): readonly NextChange[] {
  const member = fromHex(device)
  const isIn = personOf(document.membership(), member) !== null
  const out: NextChange = (membership) =>
    isIn && personOf(membership, member) === null
      ? null
      : { type: 'device-remove', member, cut: cutOfDevices(suite, document, new Set([device])) }
  return document.members.role() === 'owner' ? lockingOut(suite, document, out) : [out]
}

function lockingOut(suite: CryptoSuite, document: OpenDocument, out: NextChange): readonly NextChange[] {
  const open = [...document.membership().invites].filter(([, { uses }]) => uses > 0)
  const key = suite.random(32)
  return [
    ...open.map(
      ([id]): NextChange =>
        ({ invites }) =>
          invites.get(id)?.uses === 0 ? null : { type: 'invite-drop', invite: fromHex(id) },
    ),
    out,
    (membership) => nextEpoch(suite, document, membership, key),
  ]
}

/** Null when it has begun. */
function nextEpoch(
  suite: CryptoSuite,
  document: OpenDocument,
  membership: Membership,
  key: Uint8Array,
): ReturnType<NextChange> {
  const { documentId, epoch, commitment } = membership
  if (commitment !== null && equalBytes(commitment, epochCommitment(suite, documentId, { epoch, key }))) return null
  const before = document.members.epochKeys().get(epoch)
  if (before === undefined) throw new SheafError('unreachable', 'The newest key of this document has not come yet.')
  return beginEpoch(suite, membership, { epoch: epoch + 1, key }, before)
}
