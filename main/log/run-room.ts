/**
 * How much one closed run may cover. Whoever closes a run counts by it and stops before; whoever reads one refuses what is
 * beyond: a few bytes can stand for millions of records and structs, and each takes memory where it is read.
 */
import { RECORD_TYPE } from '../../shared/log/record.ts'
import { partsOf } from '../../shared/log/update-bounds.ts'
import { parseUpdate } from '../../shared/log/yjs-update.ts'
import type { LogRecord } from './closed-run.ts'

export const MAX_RUN_RECORDS = 2 ** 18
/** Structs and deleted ranges; who closes a run counts dependencies and bytes too. */
export const MAX_RUN_PARTS = 2 ** 20
/** A quarter of what a run may expand to. */
const MAX_RUN_BYTES = 64 * 2 ** 20

export class RunRoom {
  private records = MAX_RUN_RECORDS
  private parts = MAX_RUN_PARTS
  private bytes = MAX_RUN_BYTES

  /** Whether these fit in as well. The first ones always do: a record alone is far within. */
  take(records: readonly LogRecord[]): boolean {
    this.records -= records.length
    for (const { type, body, parsed } of records) {
      // Of an earlier run only its id is kept: what it covered is among these.
      if (type !== RECORD_TYPE.update) continue
      this.bytes -= body.y.length
      this.parts -= body.d.length + partsOf(parsed ?? parseUpdate(body.y))
    }
    return this.records >= 0 && this.parts >= 0 && this.bytes >= 0
  }
}
