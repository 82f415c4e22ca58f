/**
 * What an invite's seed opens: the key that takes it, and the box with the document's key that is given out when it was
 * taken. Who carries a box can't read it, and who has the link but came too late gets none.
 */
import { decode, encode } from 'cborg'
import { concat, type CryptoSuite, domain, type KeyPair, NONCE_BYTES } from '../crypto/crypto-suite.ts'
import type { EpochKey } from '../crypto/epoch-key.ts'

/** What an invite lets somebody know before and besides the document itself. */
export interface InviteBox {
  /** Null when an owner has to let them in: then the key comes with the row that does. */
  readonly key: EpochKey | null
  readonly inviter: string
  /** The inviter's root key. */
  readonly root: Uint8Array
  readonly title: string
}

const SIGN_DOMAIN = domain('invite-sign/1')
const BOX_DOMAIN = domain('invite-box/1')
const LAN_DOMAIN = domain('invite-lan/1')
const MAX_TEXT = 500

/** The key an invite is named by, and whose signature takes it. */
export function inviteKey(suite: CryptoSuite, seed: Uint8Array): KeyPair {
  return suite.keyPair(suite.hash(SIGN_DOMAIN, seed))
}

/** What to knock with on the local network. */
export function inviteSecret(suite: CryptoSuite, seed: Uint8Array): Uint8Array {
  return suite.hash(LAN_DOMAIN, seed)
}

export function sealBox(suite: CryptoSuite, seed: Uint8Array, documentId: Uint8Array, box: InviteBox): Uint8Array {
  const { key, root } = box
  // Of what is only shown, as much as is read.
  const [inviter, title] = [box.inviter.slice(0, MAX_TEXT), box.title.slice(0, MAX_TEXT)]
  const content = { epoch: key?.epoch ?? 0, key: key?.key ?? null, inviter, root, title }
  return seal(suite, seed, documentId, encode(content))
}

/** Null when it is not the box of this invite, or of no known form. */
export function openBox(
  suite: CryptoSuite,
  seed: Uint8Array,
  documentId: Uint8Array,
  sealed: Uint8Array,
): InviteBox | null {
  const value = decodeMap(open(suite, seed, documentId, sealed))
  if (value === null) return null
  const { epoch, key, inviter, root, title } = value
  if (!isText(inviter) || !isText(title) || !(root instanceof Uint8Array && root.length === 32)) return null
  if (key === null) return { key: null, inviter, root, title }
  if (!(key instanceof Uint8Array && key.length === 32) || !Number.isSafeInteger(epoch)) return null
  return { key: { epoch: epoch as number, key }, inviter, root, title }
}

/** The name of somebody who comes, for those who have the invite alone. */
export function sealName(suite: CryptoSuite, seed: Uint8Array, documentId: Uint8Array, name: string): Uint8Array {
  return seal(suite, seed, documentId, encode({ name: name.slice(0, MAX_TEXT) }))
}

/** Empty when it is none. */
export function openName(suite: CryptoSuite, seed: Uint8Array, documentId: Uint8Array, sealed: Uint8Array): string {
  const name = decodeMap(open(suite, seed, documentId, sealed))?.['name']
  return isText(name) ? name : ''
}

function seal(suite: CryptoSuite, seed: Uint8Array, documentId: Uint8Array, content: Uint8Array): Uint8Array {
  const nonce = suite.random(NONCE_BYTES)
  const context = concat(BOX_DOMAIN, documentId)
  return concat(nonce, suite.encrypt(content, context, nonce, suite.hash(BOX_DOMAIN, seed)))
}

function open(suite: CryptoSuite, seed: Uint8Array, documentId: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const context = concat(BOX_DOMAIN, documentId)
  return suite.decrypt(sealed.subarray(NONCE_BYTES), context, nonce, suite.hash(BOX_DOMAIN, seed))
}

function decodeMap(bytes: Uint8Array | null): Record<string, unknown> | null {
  if (bytes === null) return null
  try {
    const value: unknown = decode(bytes, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true })
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT
}
