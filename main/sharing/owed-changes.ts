/**
 * Changes of the chain that nobody presses a button for: this device's coming in, and an epoch that a removal still owes.
 * They are made as soon as they can be, one at a time in a document, and tried again when they could not.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Logger } from '../ports.ts'
import type { NextChange } from './chain-changes.ts'
import { ownDevice } from './own-device.ts'
import { owedEpoch, owesEpoch } from './removal.ts'

export interface OwedChangesParts {
  readonly suite: CryptoSuite
  readonly logger: Logger
  /** Makes changes on a document, which is kept open meanwhile. */
  readonly make: (documentId: DocumentId, changes: (document: OpenDocument) => readonly NextChange[]) => Promise<void>
}

export class OwedChanges {
  private readonly parts: OwedChangesParts
  private readonly making = new Set<DocumentId>()

  constructor(parts: OwedChangesParts) {
    this.parts = parts
  }

  /** To be called whenever it is looked how the document goes to others. */
  comeIn(document: OpenDocument): void {
    if (document.members.newcomer !== null) this.begin(document.documentId, 'sharing.device-later', ownDevice)
  }

  /** To be called when somebody comes, or the chain grows. */
  finishRemoval(document: OpenDocument): void {
    if (owesEpoch(document)) this.begin(document.documentId, 'sharing.epoch-later', owedEpoch)
  }

  private begin(
    documentId: DocumentId,
    later: string,
    owed: (suite: CryptoSuite, document: OpenDocument) => NextChange,
  ): void {
    const { suite, logger, make } = this.parts
    if (this.making.has(documentId)) return
    this.making.add(documentId)
    make(documentId, (document) => [owed(suite, document)])
      .catch((cause: unknown) => {
        // Nobody was reached, or the disk is full: tried again at the next look.
        logger.error(later, cause, { document: documentId.slice(0, 8) })
      })
      .finally(() => this.making.delete(documentId))
  }
}
