import type { KeyPair } from '../../shared/crypto/crypto-suite.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { KeyRing } from './document-replica.ts'

/** What a transport must know of a document to prove that it may speak of it. */
export interface DocumentAccess {
  readonly documentId: Uint8Array
  /** This device's member key in the document. */
  readonly device: KeyPair
  keys(): KeyRing
  /** Row 0 first: for a relay that does not know the document yet. */
  chain(): readonly StoredLink[]
  membership(): Membership
}
