/** What one device could not open, until an owner's has looked at it. As long as the device is here, and not without end. */
import type { Tip, Tips } from '../../shared/protocol/tips.ts'

/** Records doubted at one time, and shown to one owner at each tick. */
const MAX = 100
const SHOWN = 2

interface Doubt {
  readonly writer: string
  readonly tip: Tip
  /** Member keys of owners' devices that were shown it. */
  readonly shown: Set<string>
}

export class Doubts {
  private readonly doubts = new Map<string, Doubt>()

  get size(): number {
    return this.doubts.size
  }

  add(spoilt: Tips): void {
    for (const [writer, tips] of spoilt) {
      for (const tip of tips) {
        if (this.doubts.size >= MAX) return
        if (!this.doubts.has(tip.recId)) this.doubts.set(tip.recId, { writer, tip, shown: new Set() })
      }
    }
  }

  /** The next ones for this owner's device, each once. */
  toShow(member: string): readonly { readonly writer: string; readonly tip: Tip }[] {
    const next = [...this.doubts.values()].filter(({ shown }) => !shown.has(member)).slice(0, SHOWN)
    for (const { shown } of next) shown.add(member)
    return next
  }

  /** These are gone. */
  settle(spoilt: Tips): void {
    for (const { recId } of [...spoilt.values()].flat()) this.doubts.delete(recId)
  }
}
