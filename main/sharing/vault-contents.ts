/**
 * A vault: what a person needs to come back on another computer, on the relay, sealed under their root. It holds the
 * seeds of their devices and, for each document on that relay, its chain and the key that opens it.
 */
import { decode, encode } from 'cborg'
import { concat, type CryptoSuite, domain, type KeyPair, NONCE_BYTES } from '../../shared/crypto/crypto-suite.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'

export interface VaultDocument {
  readonly rows: readonly StoredLink[]
  readonly key: EpochKey
  readonly title: string
}

export interface VaultContents {
  /** At least one; that of the device that wrote it first. A document is opened as one of them that is in. */
  readonly deviceSeeds: readonly Uint8Array[]
  readonly documents: readonly VaultDocument[]
}

/** Bytes a relay keeps of a vault, but for what sealing adds. More would end the connection all documents share. */
const MAX_CONTENTS = 2 ** 20 - 4096

const SIGN_DOMAIN = domain('vault-sign/1')
const BOX_DOMAIN = domain('vault-box/1')
const VERSION = 1
/** Of more devices the last ones to write are kept. */
const MAX_SEEDS = 32

/** The key a vault is named by; a relay can't tell whose it is. */
export function vaultKey(suite: CryptoSuite, userRoot: Uint8Array): KeyPair {
  return suite.keyPair(suite.hash(SIGN_DOMAIN, userRoot))
}

/** With as many of the documents as a relay keeps, those of the shortest chains first. */
export function fitting({ deviceSeeds, documents }: VaultContents): VaultContents {
  let bytes = 0
  const costs = documents.map((document) => ({ document, bytes: encode(plainDocument(document)).length }))
  const kept = costs.sort((a, b) => a.bytes - b.bytes).filter((one) => (bytes += one.bytes) <= MAX_CONTENTS)
  return { deviceSeeds: deviceSeeds.slice(0, MAX_SEEDS), documents: kept.map(({ document }) => document) }
}

export function sealVault(suite: CryptoSuite, userRoot: Uint8Array, contents: VaultContents): Uint8Array {
  const nonce = suite.random(NONCE_BYTES)
  const [deviceSeed, ...otherSeeds] = contents.deviceSeeds
  const plaintext = encode({
    v: VERSION,
    deviceSeed,
    otherSeeds,
    documents: contents.documents.map(plainDocument),
  })
  return concat(nonce, suite.encrypt(plaintext, BOX_DOMAIN, nonce, suite.hash(BOX_DOMAIN, userRoot)))
}

/** Null when it was not sealed under this root; 'newer' when a later version wrote it. */
export function openVault(
  suite: CryptoSuite,
  userRoot: Uint8Array,
  sealed: Uint8Array,
): VaultContents | 'newer' | null {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const key = suite.hash(BOX_DOMAIN, userRoot)
  const plaintext = suite.decrypt(sealed.subarray(NONCE_BYTES), BOX_DOMAIN, nonce, key)
  const value = plaintext === null ? null : asMap(plaintext)
  if (value === null || typeof value['v'] !== 'number') return null
  if (value['v'] > VERSION) return 'newer'
  const { deviceSeed, otherSeeds, documents } = value
  // Vaults of one device have no others.
  const deviceSeeds: unknown[] = [deviceSeed, ...(Array.isArray(otherSeeds) ? (otherSeeds as unknown[]) : [])]
  if (!deviceSeeds.every(isSeed) || !Array.isArray(documents)) return null
  const read = documents.map(asDocument)
  return read.every((one) => one !== null) ? { deviceSeeds, documents: read } : null
}

function plainDocument({ rows, key, title }: VaultDocument) {
  return { rows: rows.map(({ op, hash, sig }) => [op, hash, sig]), epoch: key.epoch, key: key.key, title }
}

function asMap(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = decode(bytes, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true })
    return isMap(value) ? value : null
  } catch {
    return null
  }
}

function asDocument(value: unknown): VaultDocument | null {
  if (!isMap(value)) return null
  const { rows, epoch, key, title } = value
  if (!Array.isArray(rows) || !isBytes(key, 32) || typeof epoch !== 'number' || typeof title !== 'string') return null
  const links = rows.map((row: unknown) => {
    const [op, hash, sig] = Array.isArray(row) ? (row as unknown[]) : []
    return op instanceof Uint8Array && isBytes(hash, 32) && isBytes(sig, 64) ? { op, hash, sig } : null
  })
  return links.every((link) => link !== null) ? { rows: links, key: { epoch, key }, title } : null
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function isSeed(value: unknown): value is Uint8Array {
  return isBytes(value, 32)
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length
}
