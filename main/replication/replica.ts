/**
 * What a session asks of a document, and all that it may ask. Envelopes go in and out; what is in them is between the
 * document and its members.
 */
import type { ChainEnd, Followed } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Taken } from '../../shared/protocol/session-state.ts'
import type { Tips } from '../../shared/protocol/tips.ts'

export interface Replica {
  /** What is held, on disk. */
  tips(): Tips
  /**
   * Envelopes that one who holds `theirs` lacks, in an order to add them in. It ends when there are `maxBytes`, but never
   * within a writer that signed two histories.
   */
  find(theirs: Tips, maxBytes: number): readonly Uint8Array[]
  /**
   * Takes all of them in or none, but for those that must wait. They are on disk when it answers. Of who only carries them,
   * and can't read, those that are no good are passed over.
   */
  take(envelopes: readonly Uint8Array[], isCarried: boolean): Taken
  /** Where the membership chain ends, on disk. */
  chainEnd(): ChainEnd
  /** Rows of the membership chain with numbers beyond `after`, ascending. */
  links(after: number): readonly StoredLink[]
  /** Takes rows of the membership chain in, all or none; those it has are passed over. */
  follow(rows: readonly StoredLink[]): Followed
  /** A row somebody proposes: who appends rows does so when it follows, everybody else passes it over. */
  propose(row: StoredLink): void
}
