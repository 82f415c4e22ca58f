/**
 * The coming in of one's own device: a row by the person's root key, proposed over a session opened as another of their
 * devices, whose seed recovery words brought. When the row has come, the document is this device's own.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { NextChange } from './chain-changes.ts'

/** Lets this device in where it is not yet; nothing where it is. */
export function ownDevice(suite: CryptoSuite, { members }: OpenDocument): NextChange {
  return ({ epoch }) => {
    const member = members.newcomer
    if (member === null) return null
    const key = members.epochKeys().get(epoch)
    if (key === undefined) throw new SheafError('unreachable', 'The newest key of this document has not come yet.')
    return { type: 'device-add', root: members.keys.root.publicKey, member, key: suite.seal(key.key, member) }
  }
}
