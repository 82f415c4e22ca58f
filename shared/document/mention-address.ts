/** Where a mention leads, as Markdown and HTML write it: a scheme that only Sheaf knows, and the other document's id. */
import { type DocumentId, isDocumentId } from '../ids.ts'

const SCHEME = 'sheaf:'

export function mentionAddress(document: DocumentId): string {
  return `${SCHEME}${document}`
}

/** The document an address names, or null for every other address. */
export function mentionedDocument(address: string): DocumentId | null {
  const document = address.startsWith(SCHEME) ? address.slice(SCHEME.length) : null
  return isDocumentId(document) ? document : null
}
