/** Binds Yjs client ids to the writer that signed: nobody can write, or forge clocks, under another's id. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { clientId, RECORD_TYPE } from '../../shared/log/record.ts'
import { KIND, kindOf, parseUpdate } from '../../shared/log/yjs-update.ts'
import type { LogRecord } from './closed-run.ts'

/** Document instances one writer may number: far more than a run of the app opens, few enough to bound the work. */
const MAX_INSTANCE = 100_000

/** Whether every struct a record holds was made under one of its own writer's client ids, with no gaps skipped over. */
export function checkWriterIds(suite: CryptoSuite, record: LogRecord): boolean {
  if (record.type !== RECORD_TYPE.update) return true
  if (record.body.n.length > 64 || record.body.n.some((n) => n > MAX_INSTANCE)) return false
  try {
    const { structs } = parseUpdate(record.body.y)
    if (structs.size === 0) return true
    const own = new Set(record.body.n.map((n) => clientId(suite, record.writer, n)))
    for (const [client, list] of structs) {
      if (!own.has(client) || list.some((struct) => kindOf(struct) === KIND.skip)) return false
    }
    return true
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
