/**
 * The guard between a window's Yjs document and the outbox: only what the person did leaves the window.
 *
 * The Yjs-ProseMirror binding "repairs" what it can't show by deleting it, and plugins may answer a remote change with
 * one of their own. Each such update is held: it is reported and never sent, because every peer would obey it.
 */
import * as Y from 'yjs'
import { REMOTE, UNSAVED } from '../documents/origins.ts'

export interface TripwireListener {
  /** An update of the person's own, to be saved at once. */
  onUpdate(update: Uint8Array): void
  /** An update nobody made was held, so the document no longer equals the saved one. `detail` holds counts, no text. */
  onHeld(detail: string): void
}

export class Tripwire {
  readonly #doc: Y.Doc
  readonly #listener: TripwireListener
  readonly #tidying = new WeakSet<Y.Transaction>()
  #depth = 0

  constructor(doc: Y.Doc, listener: TripwireListener) {
    this.#doc = doc
    this.#listener = listener
    doc.on('afterTransaction', this.#afterTransaction)
    doc.on('update', this.#update)
  }

  /** Runs what the person did; only updates made inside are theirs. */
  byUser<T>(act: () => T): T {
    this.#depth++
    try {
      return act()
    } finally {
      this.#depth--
    }
  }

  stop(): void {
    this.#doc.off('afterTransaction', this.#afterTransaction)
    this.#doc.off('update', this.#update)
  }

  readonly #afterTransaction = (transaction: Y.Transaction): void => {
    if (transaction.local && this.#depth === 0 && onlyTidies(transaction)) this.#tidying.add(transaction)
  }

  readonly #update = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin === REMOTE || origin === UNSAVED) return
    if (this.#depth > 0) this.#listener.onUpdate(update)
    else if (!this.#tidying.has(transaction)) this.#listener.onHeld(describe(transaction))
  }
}

/**
 * Whether a transaction only drops formatting marks that have no effect. Yjs does so by itself after a remote change,
 * in every peer alike; nothing anyone can see changes, so it is neither sent nor a reason for alarm.
 */
function onlyTidies(transaction: Y.Transaction): boolean {
  if (insertions(transaction) > 0) return false
  let tidies = true
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item && struct.content instanceof Y.ContentFormat)) tidies = false
  })
  return tidies
}

function insertions(transaction: Y.Transaction): number {
  let count = 0
  for (const [client, clock] of transaction.afterState) count += clock - (transaction.beforeState.get(client) ?? 0)
  return count
}

function describe(transaction: Y.Transaction): string {
  let deletions = 0
  for (const ranges of transaction.deleteSet.clients.values()) for (const range of ranges) deletions += range.len
  return `inserted ${insertions(transaction)}, deleted ${deletions}`
}
