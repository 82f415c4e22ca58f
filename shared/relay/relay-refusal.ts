/** Why a relay does not do what it was asked: a closed list. None of them means that anything was deleted. */
import type { WhyNot } from '../sharing/why-not.ts'

export const RELAY_REFUSALS = [
  'version',
  'unknown-document',
  /** The member key was let in once, and is no longer. */
  'revoked',
  /** The key is nobody's in this document, or may not do that. */
  'refused',
  /** There are too many, or the relay is about to end: later it may do. */
  'busy',
  /** The document, the vault or the relay holds as much as it may. */
  'quota',
  'too-big',
  'expired',
  'used-up',
  'no-such-invite',
  /** Something else came first: look again. */
  'stale',
  /** An owner has to answer. */
  'waiting',
  'forked',
] as const
export type RelayRefusal = (typeof RELAY_REFUSALS)[number]

export function isRefusal(value: unknown): value is RelayRefusal {
  return RELAY_REFUSALS.includes(value as RelayRefusal)
}

/** What people are told of it. */
export function whyNotOf(refusal: RelayRefusal): WhyNot {
  switch (refusal) {
    case 'version':
    case 'revoked':
    case 'unknown-document':
    case 'expired':
    case 'used-up':
    case 'no-such-invite':
      return refusal
    case 'busy':
    case 'stale':
    case 'waiting':
      return 'busy'
    case 'refused':
    case 'quota':
    case 'too-big':
    case 'forked':
      return 'refused'
  }
}
