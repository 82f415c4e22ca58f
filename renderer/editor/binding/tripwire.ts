/**
 * The guard between a window's Yjs document and the outbox: only what the person did leaves the window.
 *
 * The Yjs-ProseMirror binding "repairs" what it can't show by deleting it, and plugins may answer a remote change with
 * one of their own. Each such update is held: it is reported and never sent, because every peer would obey it. (Yjs tidies
 * formatting by itself as well; `createSteadyDocument` makes it stop.)
 */
import type * as Y from 'yjs'
import { REMOTE, UNSAVED } from '../../documents/origins.ts'

export interface TripwireListener {
  /** An update of the person's own, to be saved at once. */
  onUpdate(update: Uint8Array): void
  /** An update nobody made was held, so the document no longer equals the saved one. `detail` holds counts, no text. */
  onHeld(detail: string): void
}

export class Tripwire {
  readonly #doc: Y.Doc
  readonly #listener: TripwireListener
  #depth = 0

  constructor(doc: Y.Doc, listener: TripwireListener) {
    this.#doc = doc
    this.#listener = listener
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
    this.#doc.off('update', this.#update)
  }

  readonly #update = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin === REMOTE || origin === UNSAVED) return
    if (this.#depth > 0) this.#listener.onUpdate(update)
    else this.#listener.onHeld(describe(transaction))
  }
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
