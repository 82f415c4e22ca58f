/**
 * Addresses on local networks where others who have a document were said to be, by an invite or by whoever typed one: kept
 * with the document, so that they are looked at again after a restart. A pairing code is good for once, and is not kept.
 */
import type { OpenDocument } from '../documents/open-document.ts'
import { readAddress, writeAddress } from '../replication/lan/lan-address.ts'

const FACT = 'lanAddresses'
/** The newest stay. */
const MOST = 8

/** The newest first; each can be dialled. */
export function knownAddresses({ facts }: OpenDocument): readonly string[] {
  return (facts.fact(FACT) ?? '').split(' ').filter((address) => readAddress(address) !== null)
}

export function keepAddresses(document: OpenDocument, addresses: readonly string[]): void {
  const read = addresses.map(readAddress).filter((address) => address !== null)
  const kept = new Set([...read.map(writeAddress), ...knownAddresses(document)])
  document.facts.setFact(FACT, kept.size === 0 ? null : Array.from(kept).slice(0, MOST).join(' '))
}
