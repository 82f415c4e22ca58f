import * as Y from 'yjs'
import { readShape } from '../../shared/document/document-shape.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import type { DocumentBody } from './document-body.ts'
import { editCopy } from './edit-copy.ts'

/** What others' drafts add to a document, as an edit of this client's own; null when the document has all of it. */
export function rewriteDrafts(
  body: DocumentBody,
  clientId: number,
  drafts: readonly { readonly update: Uint8Array }[],
): Uint8Array | null {
  const withThem = body.copy(clientId)
  for (const { update } of drafts) Y.applyUpdate(withThem, update)
  const target = readShape(withThem)
  return editCopy(body.copy(clientId), (doc) => writeShape(doc, target))
}
