import * as Y from 'yjs'
import { carryChanges, rootsOf } from '../carry/carry-changes.ts'
import { IdPairs } from '../carry/id-pairs.ts'
import { Touched } from '../carry/touched.ts'
import type { DocumentBody } from './document-body.ts'

/**
 * What others' drafts add to a document, as an edit of this client's own; null when the document has all of it. Each word
 * of theirs is put where it stands and what they deleted is deleted: a difference between two texts could make one block
 * out of a deleted one, and whoever deletes that one too would take the words of the other.
 */
export function rewriteDrafts(
  body: Pick<DocumentBody, 'copy'>,
  clientId: number,
  drafts: readonly { readonly update: Uint8Array }[],
): Uint8Array | null {
  const [without, withThem] = [body.copy(clientId), body.copy(clientId)]
  for (const doc of [without, withThem]) rootsOf(doc)
  const touched = new Touched()
  withThem.on('afterTransaction', (transaction) => touched.note(transaction))
  for (const { update } of drafts) Y.applyUpdate(withThem, update)
  return carryChanges({
    from: withThem,
    to: without,
    side: 'ours',
    pairs: itself(without),
    writer: clientId,
    // What was saved is kept, however large.
    largestValue: Infinity,
    touched,
  })
}

/** All that a document knows, each word paired with itself. */
function itself(doc: Y.Doc): IdPairs {
  const pairs = new IdPairs()
  for (const [client, length] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const start = { client, clock: 0 }
    pairs.add({ ours: start, theirs: start, length, born: 'ours' })
  }
  return pairs
}
