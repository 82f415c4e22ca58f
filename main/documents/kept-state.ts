/** The state of a body as the store keeps it: with the row of the membership chain by which it was judged what counts. */
import { toHex } from '../../shared/ids.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import type { DocumentStore, StoredState } from '../storage/document-store.ts'

const JUDGED_BY = 'judgedBy'

/** Null when there is none, and when something else may count by now. */
export function keptState(store: DocumentStore, { sharedAt, hash }: Membership): StoredState | null {
  return sharedAt === null || store.fact(JUDGED_BY) === toHex(hash) ? store.state(0) : null
}

export function keepState(store: DocumentStore, { hash }: Membership, state: StoredState): void {
  store.keepState(0, state)
  store.setFact(JUDGED_BY, toHex(hash))
}
