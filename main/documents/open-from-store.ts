/** A document opened from its private store; one that the disk damaged is made whole from what can be read of it. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, fromHex, toHex } from '../../shared/ids.ts'
import { readChain } from '../../shared/membership/chain.ts'
import { verifyRecord } from '../../shared/log/record.ts'
import type { Clock, Logger } from '../ports.ts'
import { diskError } from '../storage/disk-error.ts'
import { DocumentStore } from '../storage/document-store.ts'
import type { StoredMember } from '../storage/sheaf-file.ts'
import { salvageStore } from '../storage/salvage-store.ts'
import { isIntact } from './image-blob.ts'
import type { DocumentChange } from './document-change.ts'
import { OpenDocument } from './open-document.ts'
import type { WriterKeeper } from './writer-keeper.ts'

export interface OpeningParts {
  readonly suite: CryptoSuite
  readonly clock: Clock
  readonly logger: Logger
  readonly keeper: WriterKeeper
}

/** The damaged store is set aside, never deleted. Throws `damaged` when nothing can be made of it. */
export function openFromStore(
  parts: OpeningParts,
  documentId: DocumentId,
  file: string,
  announce: (change: DocumentChange) => void,
): OpenDocument {
  try {
    return openOnce(parts, documentId, file, announce)
  } catch (cause) {
    if (!(cause instanceof SheafError && cause.kind === 'damaged')) throw cause
    const { suite, clock, logger } = parts
    const id = fromHex(documentId)
    const salvage = salvageStore(file, `${file}.damaged-${clock.now()}`, {
      isGenuine: (record) => verifyRecord(suite, id, record),
      chainOf: (members) => chainOf(suite, documentId, members),
      isIntact: (blob) => isIntact(suite, blob),
    })
    logger.error('store.salvaged', cause, { document: documentId.slice(0, 8), ...salvage })
    return openOnce(parts, documentId, file, announce)
  }
}

/** The members as far as each follows the one before. */
function chainOf(
  suite: CryptoSuite,
  documentId: DocumentId,
  members: readonly StoredMember[],
): readonly StoredMember[] {
  const whole = members.filter(({ seq }, index) => seq === index)
  const chain = readChain(
    suite,
    whole.map(({ op, hash, sig }) => ({ op, hash, sig })),
  )
  const kept = 'refusal' in chain ? whole.slice(0, chain.row) : whole
  return kept[0] !== undefined && toHex(kept[0].hash) === documentId ? kept : []
}

function openOnce(
  { suite, clock, keeper }: OpeningParts,
  documentId: DocumentId,
  file: string,
  announce: (change: DocumentChange) => void,
): OpenDocument {
  const store = DocumentStore.open(file)
  try {
    return new OpenDocument({ documentId, suite, store, keeper, clock, announce })
  } catch (cause) {
    store.close()
    throw diskError(cause, 'This document’s private store could not be read.')
  }
}
