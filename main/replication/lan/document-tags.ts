/**
 * Tags: names of documents that say something only to who has the document too, and only on this connection.
 *
 * Of each epoch that is held one is said, so that who is an epoch behind is still found; lists are padded with random
 * ones, so that not even the number of documents shows.
 */
import { type CryptoSuite, domain } from '../../../shared/crypto/crypto-suite.ts'
import { type EpochKey, uint32 } from '../../../shared/crypto/epoch-key.ts'
import { toHex } from '../../../shared/ids.ts'
import type { DocumentAccess } from '../document-access.ts'
import type { Side } from './lan-greeting.ts'
import { MAX_TAGS, TAG } from './lan-message.ts'

const KEY_DOMAIN = domain('epoch-lan/1')
const TAG_DOMAIN = domain('lan-tag/1')
/** Lists have a multiple of so many. */
const PADDING = 16
/** Newest epochs of a document that are said: one that has been away for longer finds the others by another way. */
const EPOCHS = 64

/** What one side calls a document in an epoch, on the connection with this hash; hexadecimal. */
export function tagOf(
  suite: CryptoSuite,
  documentId: Uint8Array,
  { epoch, key }: EpochKey,
  hash: Uint8Array,
  side: Side,
): string {
  const secret = suite.hash(KEY_DOMAIN, key, documentId, uint32(epoch))
  return toHex(suite.hash(TAG_DOMAIN, secret, hash, Uint8Array.of(side)).subarray(0, TAG))
}

/** One side's tags of a document, by epoch. */
export function tagsOf(suite: CryptoSuite, access: DocumentAccess, hash: Uint8Array, side: Side): Map<number, string> {
  const newest = [...access.keys().all.values()].sort((a, b) => b.epoch - a.epoch).slice(0, EPOCHS)
  return new Map(newest.map((key) => [key.epoch, tagOf(suite, access.documentId, key, hash, side)]))
}

/** The list to be said. Its order says nothing, and a tag in it looks like any other. */
export function paddedTags(suite: CryptoSuite, tags: readonly string[]): string[] {
  const said = tags.slice(0, MAX_TAGS)
  const missing = Math.max(PADDING, Math.ceil(said.length / PADDING) * PADDING) - said.length
  return [...said, ...Array.from({ length: missing }, () => toHex(suite.random(TAG)))].sort()
}

/** The newest epoch of which both have the key, as the tags the other side says tell; null when there is none. */
export function commonEpoch(theirs: ReadonlyMap<number, string>, said: ReadonlySet<string>): number | null {
  const common = [...theirs].filter(([, tag]) => said.has(tag)).map(([epoch]) => epoch)
  return common.length === 0 ? null : Math.max(...common)
}
