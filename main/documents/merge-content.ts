/** A file's content on its way into a document that is open. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { toHex } from '../../shared/ids.ts'
import { readGenesis } from '../../shared/log/genesis.ts'
import type { Intake } from '../library/document-port.ts'
import type { SheafFileContent } from '../storage/sheaf-file.ts'
import { checkFollowed } from './check-followed.ts'
import type { OpenDocument } from './open-document.ts'

/** Throws `damaged` unless the content is of the document it names. */
export function checkFounding(suite: CryptoSuite, { members, documentId }: SheafFileContent): void {
  const [genesis] = members
  if (genesis === undefined || readGenesis(suite, genesis) === null || toHex(genesis.hash) !== documentId) {
    throw new SheafError('damaged', 'This file’s first entry is damaged, so what it belongs to can’t be told.')
  }
}

/** Takes in all records or none, and answers what came. Throws `damaged` for bad ones. */
export function mergeContent(document: OpenDocument, content: SheafFileContent): Intake {
  const before = document.moment()
  checkFollowed(document.follow(content.members.slice(1)))
  document.pictures.keep(content.blobs)
  const { refused } = document.merge(content.records)
  if (refused.length > 0) {
    throw new SheafError(
      'damaged',
      'This file holds entries that their writers did not sign; nothing was taken from it.',
      { entries: refused.length },
    )
  }
  return document.arrivedSince(before)
}
