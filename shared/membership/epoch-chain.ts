/**
 * The keys of a document's epochs as its membership chain carries them: sealed to each device when an epoch begins, and
 * each key under the next. So a device that has the chain and its own key has every epoch it was let into, and those
 * before; one that was removed never gets the next.
 */
import type { CryptoSuite, KeyPair } from '../crypto/crypto-suite.ts'
import { type EpochKey, epochCommitment, sealBefore, unsealBefore } from '../crypto/epoch-key.ts'
import { equalBytes, fromHex } from '../ids.ts'
import { changeOf, type MemberChange, signerOf, type StoredLink } from './member-op.ts'
import type { Membership } from './membership.ts'

/** The change that begins the next epoch, with a key for each device that is in by then. */
export function beginEpoch(
  suite: CryptoSuite,
  { documentId, people }: Membership,
  next: EpochKey,
  before: EpochKey | null,
): Extract<MemberChange, { type: 'rotate' }> {
  const devices = [...people.values()].flatMap((person) => [...person.devices]).sort()
  return {
    type: 'rotate',
    epoch: next.epoch,
    commitment: epochCommitment(suite, documentId, next),
    keys: devices.map((device) => [fromHex(device), suite.seal(next.key, fromHex(device))]),
    before: before === null ? null : sealBefore(suite, documentId, next, before),
  }
}

/** The key that signed the last removal, of a person or a device, since when no epoch has begun: one is owed. Null when none is. */
export function epochOwedBy(rows: readonly StoredLink[]): Uint8Array | null {
  const last = rows.slice(1).findLast((row) => ['remove', 'device-remove', 'rotate'].includes(changeOf(row).type))
  return last === undefined || changeOf(last).type === 'rotate' ? null : signerOf(last)
}

/**
 * Epoch -> its key, all that this device can read out of a chain (its rows verified before) and out of keys it has from
 * elsewhere: an invite, a vault. A key that is not the one the chain committed to is left out.
 */
export function epochKeys(
  suite: CryptoSuite,
  documentId: Uint8Array,
  rows: readonly StoredLink[],
  device: KeyPair,
  given: readonly EpochKey[] = [],
): ReadonlyMap<number, EpochKey> {
  const begun = new Map<number, Extract<MemberChange, { type: 'rotate' }>>()
  const found: EpochKey[] = [...given]
  let epoch = 0
  const unseal = (member: Uint8Array, sealed: Uint8Array | null): void => {
    if (sealed === null || !equalBytes(member, device.publicKey)) return
    const key = suite.unseal(sealed, device)
    if (key !== null) found.push({ epoch, key })
  }
  for (const change of rows.slice(1).map(changeOf)) {
    if (change.type === 'rotate') {
      epoch = change.epoch
      begun.set(epoch, change)
      for (const [member, sealed] of change.keys) unseal(member, sealed)
    } else if (change.type === 'add' || change.type === 'device-add') unseal(change.member, change.key)
  }
  const keys = new Map<number, EpochKey>()
  const accept = (key: EpochKey | null): void => {
    const commitment = key === null ? undefined : begun.get(key.epoch)?.commitment
    if (key === null || commitment === undefined || keys.has(key.epoch)) return
    if (equalBytes(commitment, epochCommitment(suite, documentId, key))) keys.set(key.epoch, key)
  }
  for (const key of found) accept(key)
  for (let at = epoch; at > 1; at--) {
    const [current, sealed] = [keys.get(at), begun.get(at)?.before ?? null]
    if (current !== undefined && sealed !== null) accept(unsealBefore(suite, documentId, current, sealed))
  }
  return keys
}
