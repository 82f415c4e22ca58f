/**
 * A Yjs document that only changes when somebody changes it.
 *
 * After each remote change Yjs by itself deletes formatting that has no effect at that moment. What has no effect depends
 * on what has arrived so far, so two replicas with the same updates could end up with different formatting, and a window
 * would send deletions nobody made. Every Yjs document that takes in updates is made here.
 */
import * as Y from 'yjs'

export function createSteadyDocument(options: { readonly gc?: boolean } = {}): Y.Doc {
  const doc = new Y.Doc(options)
  doc.on('afterTransaction', skipTidying)
  return doc
}

/** Yjs looks at this flag right after the event; it has no option for it. */
function skipTidying(transaction: Y.Transaction): void {
  transaction._needFormattingCleanup = false
}

/**
 * Yjs takes it for granted that whatever hangs in a deleted node is deleted too, and throws where it is not, after the
 * change was made: then nobody could open the document any more. An item that leans on two different nodes, which no
 * editor writes and anybody can make up, hangs so. It stays.
 */
const letGo: unknown = Reflect.get(Y.Item.prototype, 'gc')
if (typeof letGo !== 'function') throw new Error('Broken invariant: Yjs tidies an item by its gc')
Y.Item.prototype.gc = function gc(this: Y.Item, store, parentIsGone) {
  if (this.deleted) Reflect.apply(letGo, this, [store, parentIsGone])
}
