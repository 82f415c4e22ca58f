/**
 * What is asked of a desk over the local network, and its answers, as bytes: strict CBOR. Whoever asks has shown that they
 * hold the invite; what they send is believed no more for that.
 */
import { decode, encode } from 'cborg'
import { type CryptoSuite, domain } from '../../../shared/crypto/crypto-suite.ts'
import type { StoredLink } from '../../../shared/membership/member-op.ts'
import { WHY_NOT, type WhyNot } from '../../../shared/sharing/why-not.ts'
import type { JoinRequest } from '../../sharing/invite-desk.ts'

export type Question =
  | { readonly do: 'look'; readonly document: Uint8Array; readonly invite: Uint8Array }
  | {
      readonly do: 'take'
      readonly document: Uint8Array
      readonly invite: Uint8Array
      readonly row: StoredLink
      readonly name: Uint8Array
    }
  | { readonly do: 'ask'; readonly document: Uint8Array; readonly invite: Uint8Array; readonly request: JoinRequest }

export type Answer =
  | { readonly chain: readonly StoredLink[]; readonly box: Uint8Array | null }
  | 'stale'
  | 'waiting'
  | WhyNot

const SECRET_DOMAIN = domain('invite-lan/1')
const STRICT = { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true, allowUndefined: false } as const
const MAX_NAME = 4096

/** What is knocked with: who holds the invite's seed has it. */
export function knockSecret(suite: CryptoSuite, seed: Uint8Array): Uint8Array {
  return suite.hash(SECRET_DOMAIN, seed)
}

export function encodeQuestion(question: Question): Uint8Array {
  return encode(question)
}

export function encodeAnswer(answer: Answer): Uint8Array {
  return encode(answer)
}

/** Null for whatever is not exactly one. Never throws. */
export function decodeQuestion(bytes: Uint8Array): Question | null {
  const value = decoded(bytes)
  if (!isMap(value)) return null
  const { do: what, document, invite, row, name, request } = value
  if (!isKey(document) || !isKey(invite)) return null
  switch (what) {
    case 'look':
      return { do: what, document, invite }
    case 'take':
      return isRow(row) && isName(name) ? { do: what, document, invite, row, name } : null
    case 'ask':
      return isRequest(request) ? { do: what, document, invite, request } : null
    default:
      return null
  }
}

/** Null for whatever is not exactly one. Never throws. */
export function decodeAnswer(bytes: Uint8Array): Answer | null {
  const value = decoded(bytes)
  if (value === 'stale' || value === 'waiting') return value
  if (typeof value === 'string') return WHY_NOT.find((why) => why === value) ?? null
  if (!isMap(value)) return null
  const { chain, box } = value
  if (!Array.isArray(chain) || !chain.every(isRow) || (box !== null && !(box instanceof Uint8Array))) return null
  return { chain, box }
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, STRICT)
  } catch {
    // Not CBOR of the one form there is.
    return null
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function isKey(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32
}

function isName(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length <= MAX_NAME
}

function isRow(value: unknown): value is StoredLink {
  if (!isMap(value)) return false
  const { op, hash, sig } = value
  return op instanceof Uint8Array && isKey(hash) && sig instanceof Uint8Array && sig.length === 64
}

function isRequest(value: unknown): value is JoinRequest {
  if (!isMap(value)) return false
  const { root, member, consent, name } = value
  return isKey(root) && isKey(member) && consent instanceof Uint8Array && consent.length === 64 && isName(name)
}
