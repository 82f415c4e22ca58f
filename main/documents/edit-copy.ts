/** Makes an edit on a copy of a document and gives it as one Yjs update, so that nothing is shown before it is durable. */
import * as Y from 'yjs'

/** Null when the edit changed nothing. */
export function editCopy(copy: Y.Doc, edit: (doc: Y.Doc) => void): Uint8Array | null {
  const updates: Uint8Array[] = []
  copy.on('update', (update: Uint8Array) => updates.push(update))
  copy.transact(() => edit(copy))
  return updates.length === 0 ? null : updates.length === 1 ? (updates[0] ?? null) : Y.mergeUpdates(updates)
}
