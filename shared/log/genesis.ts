/** The first membership operation: it founds a document, and its hash is the document's id, so no id can be forged. */
import { decode, encode } from 'cborg'
import { type CryptoSuite, concat, domain, type KeyPair } from '../crypto/crypto-suite.ts'
import { equalBytes } from '../ids.ts'

export interface Genesis {
  readonly v: 1
  /** 16 random bytes: two documents founded by one person in the same millisecond differ. */
  readonly salt: Uint8Array
  /** Milliseconds since 1970. */
  readonly time: number
  /** The founder's per-document root and member keys, or null for a document founded by nobody (by the command line). */
  readonly root: Uint8Array | null
  readonly member: Uint8Array | null
}

/** A genesis as it is stored: row 0 of the membership chain. */
export interface StoredGenesis {
  readonly op: Uint8Array
  /** The document's id, 32 bytes. */
  readonly hash: Uint8Array
  /** The root key's signature, or 64 zero bytes when there is no root. */
  readonly sig: Uint8Array
}

export interface FounderKeys {
  readonly root: KeyPair
  readonly member: KeyPair
}

const GENESIS_DOMAIN = domain('genesis/1')
const MEMBER_DOMAIN = domain('member/1')
const ROOT_KEY_DOMAIN = domain('document-root/1')
const MEMBER_KEY_DOMAIN = domain('document-member/1')

/** The keys a person has in a document: unlinkable across documents, derived again whenever they are needed. */
export function founderKeys(
  suite: CryptoSuite,
  userRoot: Uint8Array,
  deviceSeed: Uint8Array,
  salt: Uint8Array,
): FounderKeys {
  return {
    root: suite.keyPair(suite.hash(ROOT_KEY_DOMAIN, userRoot, salt)),
    member: suite.keyPair(suite.hash(MEMBER_KEY_DOMAIN, deviceSeed, salt)),
  }
}

/**
 * The keys a person has in a document that is there already. Who founded it, on this device or another, is told by their
 * root; all others have keys made from its id, which nobody can choose, so that two documents never give the same ones.
 */
export function documentKeys(
  suite: CryptoSuite,
  secrets: { readonly userRoot: Uint8Array; readonly deviceSeed: Uint8Array },
  stored: StoredGenesis,
): FounderKeys {
  const genesis = readGenesis(suite, stored)
  if (genesis !== null && genesis.root !== null) {
    const keys = founderKeys(suite, secrets.userRoot, secrets.deviceSeed, genesis.salt)
    if (equalBytes(keys.root.publicKey, genesis.root)) return keys
  }
  return founderKeys(suite, secrets.userRoot, secrets.deviceSeed, stored.hash)
}

export function foundDocument(
  suite: CryptoSuite,
  time: number,
  salt: Uint8Array,
  keys: FounderKeys | null,
): StoredGenesis {
  const genesis: Genesis = {
    v: 1,
    salt,
    time,
    root: keys?.root.publicKey ?? null,
    member: keys?.member.publicKey ?? null,
  }
  const op = encode(genesis)
  const hash = suite.hash(GENESIS_DOMAIN, op)
  const sig = keys === null ? new Uint8Array(64) : suite.sign(concat(MEMBER_DOMAIN, hash), keys.root)
  return { op, hash, sig }
}

/** The genesis, or null when the row is not a well-formed, correctly named and signed one. */
export function readGenesis(suite: CryptoSuite, stored: StoredGenesis): Genesis | null {
  if (!equalBytes(stored.hash, suite.hash(GENESIS_DOMAIN, stored.op))) return null
  let value: unknown
  try {
    value = decode(stored.op, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true })
  } catch {
    return null
  }
  if (!isGenesis(value)) return null
  if (value.root === null) return value
  return suite.verify(concat(MEMBER_DOMAIN, stored.hash), stored.sig, value.root) ? value : null
}

function isGenesis(value: unknown): value is Genesis {
  if (typeof value !== 'object' || value === null) return false
  const { v, salt, time, root, member } = value as Record<string, unknown>
  const key = (bytes: unknown): boolean => bytes === null || (bytes instanceof Uint8Array && bytes.length === 32)
  return (
    v === 1 && salt instanceof Uint8Array && salt.length === 16 && typeof time === 'number' && key(root) && key(member)
  )
}
