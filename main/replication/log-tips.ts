/** The tips of a log, kept in step with it at the cost of what changed: a writer's tips are looked up again when its log is another. */
import { toHex } from '../../shared/ids.ts'
import { NO_TIPS, type Tip, type Tips } from '../../shared/protocol/tips.ts'
import type { WriterLog } from '../log/writer-log.ts'
import { tipsOf } from './writer-tips.ts'

export class LogTips {
  private readonly known = new Map<string, WriterLog>()
  private tips: Tips = NO_TIPS

  /** The same value as long as nothing changed. */
  of(logs: ReadonlyMap<string, WriterLog>): Tips {
    // A log that was read from the disk again, because the disk refused a write, may hold fewer writers.
    if ([...this.known.keys()].some((writer) => !logs.has(writer))) this.forget()
    const changed: [string, readonly Tip[]][] = []
    for (const [writer, log] of logs) {
      if (this.known.get(writer) === log) continue
      this.known.set(writer, log)
      changed.push([writer, endsOf(log)])
    }
    if (changed.length > 0) this.tips = new Map([...this.tips, ...changed])
    return this.tips
  }

  private forget(): void {
    this.known.clear()
    this.tips = NO_TIPS
  }
}

function endsOf({ linear, head, stored }: WriterLog): readonly Tip[] {
  return linear ? [{ seq: head.seq, recId: toHex(head.recId) }] : tipsOf(stored)
}
