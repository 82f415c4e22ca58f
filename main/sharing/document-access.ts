import { assert } from '../../shared/errors.ts'
import { personOf } from '../../shared/membership/membership.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import type { KeyRing } from '../replication/document-replica.ts'

/** What transports need of an open document; null for one that nobody else may have, or that this device may not read. */
export function documentAccess(document: OpenDocument): DocumentAccess | null {
  const { members } = document
  const { documentId, epoch } = members.membership
  if (epoch === 0 || personOf(members.membership, members.device.publicKey) === null) return null
  if (ringOf(document) === null) return null
  return {
    documentId,
    device: members.device,
    keys() {
      const ring = ringOf(document)
      assert(ring !== null, 'keys that were there stay')
      return ring
    },
    chain: () => document.chain().rows,
    membership: () => document.membership(),
  }
}

/** Sealed for the newest epoch whose key is here. */
function ringOf(document: OpenDocument): KeyRing | null {
  const all = document.members.epochKeys()
  const current = all.get(Math.max(0, ...all.keys()))
  return current === undefined ? null : { current, all }
}
