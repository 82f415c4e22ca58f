/**
 * A document's membership chain as it is held: its rows, and what they say. Chains grow by rows that follow; a value is
 * never changed. Of two that have other rows at one number neither follows the other: that is a fork, and is followed by
 * nobody.
 */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { equalBytes } from '../ids.ts'
import { readMemberOp, type StoredLink } from './member-op.ts'
import { followLink, type LinkRefusal, type Membership, readMembership } from './membership.ts'

const NOTHING = new Uint8Array()

export interface Chain {
  /** Row 0, the genesis, first. */
  readonly rows: readonly StoredLink[]
  readonly membership: Membership
}

/** The last row: its number and its hash. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: Uint8Array
}

/** How following rows ended. They are on disk when it says so. */
export type Followed =
  | { readonly kind: 'followed'; readonly end: ChainEnd }
  /** One of them can't be a row of this chain: none was kept. */
  | { readonly kind: 'refused'; readonly reason: LinkRefusal }
  /** They are rows of another chain of the same document: none was kept. */
  | { readonly kind: 'forked' }

/** The chain of all rows, row 0 first, or why and at which row it can't be trusted. */
export function readChain(
  suite: CryptoSuite,
  rows: readonly StoredLink[],
): Chain | { readonly row: number; readonly refusal: LinkRefusal } {
  const membership = readMembership(suite, rows)
  return 'refusal' in membership ? membership : { rows, membership }
}

export function chainEnd({ membership }: Chain): ChainEnd {
  return { seq: membership.seq, hash: membership.hash }
}

export function sameEnd(a: ChainEnd, b: ChainEnd): boolean {
  return a.seq === b.seq && equalBytes(a.hash, b.hash)
}

/**
 * The chain with these rows, which follow each other. Those it has are passed over; rows that begin beyond its end change
 * nothing, for those between will come. All follow or none.
 */
export function followRows(
  suite: CryptoSuite,
  chain: Chain,
  rows: readonly StoredLink[],
): Chain | LinkRefusal | 'forked' {
  const news = rows.slice(heldOf(chain, rows))
  let { membership } = chain
  for (const row of news) {
    const next = followLink(suite, membership, row)
    if (next === 'stale') return chain.membership === membership ? strayed(suite, chain, row) : 'forged'
    if (typeof next === 'string') return next
    membership = next
  }
  return news.length === 0 ? chain : { rows: [...chain.rows, ...news], membership }
}

/** How many of the rows, from the first one on, the chain has. */
function heldOf({ rows: held }: Chain, rows: readonly StoredLink[]): number {
  const [first] = rows
  if (first === undefined) return 0
  const at = held.findLastIndex(({ hash }) => equalBytes(hash, first.hash))
  if (at < 0) return 0
  const end = rows.findIndex(({ hash }, index) => !equalBytes(hash, held[at + index]?.hash ?? NOTHING))
  return end < 0 ? rows.length : end
}

/** A row that does not follow the last one comes later, or is of another branch. */
function strayed(suite: CryptoSuite, chain: Chain, row: StoredLink): Chain | LinkRefusal | 'forked' {
  const op = readMemberOp(suite, chain.membership.documentId, row)
  if (typeof op === 'string') return op
  return op.seq > chain.rows.length ? chain : 'forked'
}
