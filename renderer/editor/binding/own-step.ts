/**
 * Marks of a transaction: that undo takes it back by itself, and that Yjs hears of each of its steps.
 *
 * The Yjs binding compares two pages. A block that changed places looks to it like two blocks that were both written anew,
 * letter by letter; shown the page between "put in there" and "taken away here", it leaves every other block alone.
 */
import type { Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'

const OWN_STEP = 'ownStep'
const between = new WeakMap<Node, readonly Node[]>()

/** Undo takes the transaction back alone, not with what was typed before and after it. */
export function asOwnStep(tr: Transaction): Transaction {
  return tr.setMeta(OWN_STEP, true)
}

/** A paste and a drop are, whoever makes them. */
export function isOwnStep(tr: Transaction): boolean {
  return tr.getMeta(OWN_STEP) === true || tr.getMeta('paste') === true || tr.getMeta('uiEvent') === 'drop'
}

/** Call it when the transaction's steps are complete. */
export function writeStepwise(tr: Transaction): Transaction {
  return writeAfter(tr, tr.docs.slice(1))
}

/** Shows Yjs other pages before the one the transaction ends with. */
export function writeAfter(tr: Transaction, pages: readonly Node[]): Transaction {
  between.set(tr.doc, pages)
  return tr
}

/** The pages on the way to `page` that Yjs has to see first; none when asked again, as it has seen them then. */
export function takePagesBefore(page: Node): readonly Node[] {
  const pages = between.get(page) ?? []
  between.delete(page)
  return pages
}
