/** The ways a document may go from this computer, as its people, the settings and its own switch say. */
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import type { Passage } from './gathering.ts'
import type { Hubs } from './hubs.ts'
import { keepAddresses, knownAddresses } from './known-addresses.ts'

/** The fact that says a document is not looked for on the local network. */
const NO_LAN = 'noLan'

export interface DocumentWaysParts {
  readonly documents: { keepOpen(documentId: DocumentId): OpenDocument; letGo(documentId: DocumentId): void }
  readonly hubs: Hubs
  readonly settings: () => { readonly lan: boolean }
}

export class DocumentWays {
  private readonly parts: DocumentWaysParts

  constructor(parts: DocumentWaysParts) {
    this.parts = parts
  }

  /** Whether the document is looked for on the local network, when that is on at all. */
  setLan(documentId: DocumentId, lan: boolean): void {
    this.open(documentId, ({ facts }) => facts.setFact(NO_LAN, lan ? null : '1'))
  }

  hasLan({ facts }: OpenDocument): boolean {
    return facts.fact(NO_LAN) === null
  }

  /** Looks at an address somebody typed, or reaches whoever gave a pairing code. Throws `SheafError` for neither. */
  dial(documentId: DocumentId, address: string): void {
    const { lan } = this.parts.hubs
    if (lan === null) throw new SheafError('unsupported', 'This computer looks for nobody on the local network.')
    lan.dial(address)
    this.open(documentId, (document) => keepAddresses(document, [address]))
  }

  passages(document: OpenDocument, access: DocumentAccess): readonly Passage[] {
    const { hubs, settings } = this.parts
    const { lan } = hubs
    const { relay } = access.membership()
    const passages: Passage[] = []
    if (lan !== null && settings().lan && this.hasLan(document)) {
      const open = () => {
        for (const address of knownAddresses(document)) lan.remember(address)
        return lan.transport(document, access)
      }
      passages.push({ way: 'lan', relay: null, open })
    }
    if (relay !== null)
      passages.push({ way: 'relay', relay, open: () => hubs.relay(relay).transport(document, access) })
    return passages
  }

  private open(documentId: DocumentId, use: (document: OpenDocument) => void): void {
    const { documents } = this.parts
    const document = documents.keepOpen(documentId)
    try {
      use(document)
    } finally {
      documents.letGo(documentId)
    }
  }
}
