/**
 * What this device wrote of a document, by its writers: how far each got in words. A closed run at the end holds no words
 * of its own, so who has what is before it has everything.
 */
import { toHex } from '../../shared/ids.ts'
import { RECORD_TYPE } from '../../shared/log/record.ts'
import type { Tip } from '../../shared/protocol/tips.ts'
import { certifiedBy } from '../log/writer-certificate.ts'
import type { WriterLog } from '../log/writer-log.ts'

export interface OwnEnd {
  /** Number and id of the last record with words. */
  readonly seq: number
  readonly recId: string
  /** The last record, that or a closed run after it. */
  readonly last: Tip
}

/** Writer (hexadecimal) -> where it ends. */
export type OwnEnds = ReadonlyMap<string, OwnEnd>

export class OwnRecords {
  private readonly device: string
  private readonly isOwn = new Map<string, boolean>()
  private readonly known = new Map<string, WriterLog>()
  private current: OwnEnds = new Map()

  /** `device` is its member key, hexadecimal. */
  constructor(device: string) {
    this.device = device
  }

  /** The same value as long as nothing was written. */
  of(logs: ReadonlyMap<string, WriterLog>): OwnEnds {
    const changed: [string, OwnEnd][] = []
    for (const [writer, log] of logs) {
      const isOwn = this.isOwn.get(writer) ?? certifiedBy(log) === this.device
      this.isOwn.set(writer, isOwn)
      if (!isOwn || this.known.get(writer) === log) continue
      this.known.set(writer, log)
      const end = wordsEnd(log)
      if (this.current.get(writer)?.last.recId !== end.last.recId) changed.push([writer, end])
    }
    if (changed.length > 0) this.current = new Map([...this.current, ...changed])
    return this.current
  }
}

function wordsEnd({ head, stored }: WriterLog): OwnEnd {
  const last: Tip = { seq: head.seq, recId: toHex(head.recId) }
  const record = stored.findLast(({ seq }) => seq === head.seq)
  return record?.type === RECORD_TYPE.close
    ? { seq: record.seq - 1, recId: toHex(record.prev), last }
    : { ...last, last }
}
