/** What changes of a Yjs document touched: types whose children changed, and ids that were deleted. */
import type * as Y from 'yjs'

export interface DeletedRange {
  readonly client: number
  readonly clock: number
  readonly length: number
}

export class Touched {
  readonly types = new Set<Y.AbstractType<unknown>>()
  readonly deletions: DeletedRange[] = []

  note(transaction: Y.Transaction): void {
    for (const type of transaction.changed.keys()) this.types.add(type as Y.AbstractType<unknown>)
    for (const [client, ranges] of transaction.deleteSet.clients) {
      for (const { clock, len } of ranges) this.deletions.push({ client, clock, length: len })
    }
  }
}
