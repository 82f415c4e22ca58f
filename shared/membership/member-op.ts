/**
 * A membership operation: one signed link of the chain that says who may do what in a document. The chain begins with
 * the document's genesis; each operation names the hash of the one before it.
 */
import { decode, encode } from 'cborg'
import { concat, type CryptoSuite, domain, type KeyPair } from '../crypto/crypto-suite.ts'
import { SEALED_BEFORE, SEALED_KEY } from '../crypto/epoch-key.ts'
import { equalBytes } from '../ids.ts'
import type { StoredGenesis } from '../log/genesis.ts'
import type { Dependency } from '../log/record.ts'
import { isRelayUrl } from './relay-url.ts'
import { isRole, type Role } from './role.ts'

/**
 * How far the records of those who lose a right still count: per writer, its last number. Whatever they wrote beyond it
 * waits until an editor admits it.
 */
export type Cut = readonly Dependency[]

/** A person is named by a root key of their own in this document; each of their devices has a member key. */
export type MemberChange =
  | {
      readonly type: 'add'
      readonly root: Uint8Array
      readonly member: Uint8Array
      readonly role: Role
      /** The epoch's key sealed to the member; null before the first epoch. */
      readonly key: Uint8Array | null
    }
  | { readonly type: 'role'; readonly root: Uint8Array; readonly role: Role; readonly cut: Cut }
  | { readonly type: 'remove'; readonly root: Uint8Array; readonly cut: Cut }
  /** By the person's root key. */
  | {
      readonly type: 'device-add'
      readonly root: Uint8Array
      readonly member: Uint8Array
      /** The epoch's key sealed to the device by another of that person; null when none was at hand. */
      readonly key: Uint8Array | null
    }
  /** By the person's root key, or an owner. */
  | { readonly type: 'device-remove'; readonly member: Uint8Array; readonly cut: Cut }
  | {
      readonly type: 'rotate'
      readonly epoch: number
      readonly commitment: Uint8Array
      /** The new key, sealed to each device that is in. */
      readonly keys: readonly (readonly [member: Uint8Array, sealed: Uint8Array])[]
      /** The key of the epoch before, encrypted under the new one; null for epoch 1. */
      readonly before: Uint8Array | null
    }
  /** Which relay the document is on, and with it who appends rows: that relay, else the founder's devices. */
  | { readonly type: 'relay'; readonly url: string | null }
  /**
   * `expires` is in milliseconds since 1970: the sequencer holds to it by its own clock, nobody else does. With `approval`
   * it lets nobody in by itself: an owner answers each request with an `add`.
   */
  | {
      readonly type: 'invite'
      readonly invite: Uint8Array
      readonly role: Role
      readonly uses: number
      readonly expires: number
      readonly approval: boolean
    }
  /** By the invite's key; `consent` is the new person's root key's word that it wants in with this device. */
  | {
      readonly type: 'invite-use'
      readonly invite: Uint8Array
      readonly root: Uint8Array
      readonly member: Uint8Array
      readonly consent: Uint8Array
    }
  | { readonly type: 'invite-drop'; readonly invite: Uint8Array }

export interface MemberOp {
  readonly v: 1
  /** 1, 2, 3… after the genesis, which is 0. */
  readonly seq: number
  /** Hash of the link before. */
  readonly prev: Uint8Array
  /** The key that signs: a member's, a root's or an invite's, as the change asks. */
  readonly by: Uint8Array
  readonly change: MemberChange
}

/** An operation as it is stored: a row of the chain, like the genesis. */
export type StoredLink = StoredGenesis

const OP_DOMAIN = domain('member-op/1')
const SIGNATURE_DOMAIN = domain('member/1')
const CONSENT_DOMAIN = domain('consent/1')
/** Bytes of an operation: a row fits a frame. */
export const MAX_OP = 384 * 1024
const MAX_USES = 1000

export function signMemberOp(
  suite: CryptoSuite,
  documentId: Uint8Array,
  before: { readonly seq: number; readonly hash: Uint8Array },
  key: KeyPair,
  change: MemberChange,
): StoredLink {
  const op = encode({ v: 1, seq: before.seq + 1, prev: before.hash, by: key.publicKey, change } satisfies MemberOp)
  const hash = suite.hash(OP_DOMAIN, documentId, op)
  return { op, hash, sig: suite.sign(concat(SIGNATURE_DOMAIN, hash), key) }
}

/**
 * The operation of a row: 'forged' when it is malformed, wrongly named or not signed by the key it names, 'newer' when it
 * is a change that a later version knows.
 */
export function readMemberOp(
  suite: CryptoSuite,
  documentId: Uint8Array,
  { op, hash, sig }: StoredLink,
): MemberOp | 'forged' | 'newer' {
  if (op.length > MAX_OP || !equalBytes(hash, suite.hash(OP_DOMAIN, documentId, op))) return 'forged'
  let value: unknown
  try {
    value = decode(op, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true, allowUndefined: false })
  } catch {
    return 'forged'
  }
  // Only one encoding of an operation is its encoding, and nothing rides along in it.
  if (!isSomeOp(value) || !equalBytes(encode(value), op)) return 'forged'
  if (!suite.verify(concat(SIGNATURE_DOMAIN, hash), sig, value.by)) return 'forged'
  if (value.v > 1 || !Object.hasOwn(FIELDS, value.change.type)) return 'newer'
  return isChange(value.change) ? { ...value, v: 1, change: value.change } : 'forged'
}

/** The change in a row that was read and followed before. */
export function changeOf({ op }: StoredLink): MemberChange {
  return (decode(op) as MemberOp).change
}

/** The key that signed a row that was read and followed before. */
export function signerOf({ op }: StoredLink): Uint8Array {
  return (decode(op) as MemberOp).by
}

function consentBytes(documentId: Uint8Array, invite: Uint8Array, member: Uint8Array): Uint8Array {
  return concat(CONSENT_DOMAIN, documentId, invite, member)
}

export function signConsent(
  suite: CryptoSuite,
  documentId: Uint8Array,
  invite: Uint8Array,
  root: KeyPair,
  member: Uint8Array,
): Uint8Array {
  return suite.sign(consentBytes(documentId, invite, member), root)
}

export function verifyConsent(
  suite: CryptoSuite,
  documentId: Uint8Array,
  use: Extract<MemberChange, { type: 'invite-use' }>,
): boolean {
  return suite.verify(consentBytes(documentId, use.invite, use.member), use.consent, use.root)
}

/** An operation of this version or a later one. */
type SomeOp = Omit<MemberOp, 'v' | 'change'> & { readonly v: number; readonly change: { readonly type: string } }

function isSomeOp(value: unknown): value is SomeOp {
  if (!hasFields(value, ['v', 'seq', 'prev', 'by', 'change'])) return false
  const { v, seq, prev, by, change } = value
  if (!isCount(v) || v < 1 || !isCount(seq) || !isBytes(prev, 32) || !isBytes(by, 32)) return false
  return typeof change === 'object' && change !== null && 'type' in change && typeof change.type === 'string'
}

function isChange(value: { readonly type: string }): value is MemberChange {
  const fields = Object.entries(FIELDS[value.type as MemberChange['type']])
  if (!hasFields(value, ['type', ...fields.map(([name]) => name)])) return false
  const values: Record<string, unknown> = value
  return fields.every(([name, isField]) => isField(values[name]))
}

const isKey = (value: unknown): boolean => isBytes(value, 32)
const isCut = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((pair) => Array.isArray(pair) && pair.length === 2 && isBytes(pair[0], 32) && isCount(pair[1]))

const isSealedKey = (value: unknown): boolean => isBytes(value, SEALED_KEY)
const isSealedKeys = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((pair) => Array.isArray(pair) && pair.length === 2 && isBytes(pair[0], 32) && isSealedKey(pair[1]))
const orNull = (isField: (field: unknown) => boolean) => (value: unknown) => value === null || isField(value)

/** What each kind of change consists of: these fields, and no others. */
const FIELDS: {
  readonly [Type in MemberChange['type']]: Readonly<
    Record<Exclude<keyof Extract<MemberChange, { type: Type }>, 'type'>, (field: unknown) => boolean>
  >
} = {
  add: { root: isKey, member: isKey, role: isRole, key: orNull(isSealedKey) },
  role: { root: isKey, role: isRole, cut: isCut },
  remove: { root: isKey, cut: isCut },
  'device-add': { root: isKey, member: isKey, key: orNull(isSealedKey) },
  'device-remove': { member: isKey, cut: isCut },
  rotate: {
    epoch: isCount,
    commitment: isKey,
    keys: isSealedKeys,
    before: orNull((value) => isBytes(value, SEALED_BEFORE)),
  },
  relay: { url: orNull(isRelayUrl) },
  invite: {
    invite: isKey,
    role: isRole,
    uses: (uses) => isCount(uses) && uses >= 1 && uses <= MAX_USES,
    expires: isCount,
    approval: (value) => typeof value === 'boolean',
  },
  'invite-use': { invite: isKey, root: isKey, member: isKey, consent: (bytes) => isBytes(bytes, 64) },
  'invite-drop': { invite: isKey },
}

function hasFields(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length
}
