/** Writers that signed two histories: only somebody with their key could make them, so people should know. */
import { forkedIn, type Tips } from './tips.ts'
import type { Turn } from './turn.ts'

/** Tells of them, those that were told of `before` aside. */
export function tellForks(turn: Turn, before: Tips): void {
  for (const writer of forkedIn(turn.state.held)) {
    if ((before.get(writer)?.length ?? 0) < 2) turn.tell({ kind: 'forked', writer })
  }
}
