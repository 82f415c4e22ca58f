/** Binds Yjs client ids to the writer that signed: nobody can write, or forge clocks, under another's id. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { clientId, RECORD_TYPE } from '../../shared/log/record.ts'
import { KIND, kindOf, parseUpdate } from '../../shared/log/yjs-update.ts'
import type { LogRecord } from './closed-run.ts'

/** Document instances one writer may number: far more than a run of the app opens, few enough to bound the work. */
const MAX_INSTANCE = 100_000

/** Whether every struct the records of one writer hold was made under one of its own client ids, with no gaps skipped. */
export function checkWriterIds(suite: CryptoSuite, records: readonly LogRecord[]): boolean {
  const ids = new Map<number, number>()
  const idOf = (record: LogRecord, n: number): number => {
    let id = ids.get(n)
    if (id === undefined) ids.set(n, (id = clientId(suite, record.writer, n)))
    return id
  }
  return records.every((record) => record.type !== RECORD_TYPE.update || checkOne(record, idOf))
}

function checkOne(record: LogRecord, idOf: (record: LogRecord, n: number) => number): boolean {
  const { n, y } = record.body
  if (n.length > 64 || n.some((instance) => instance > MAX_INSTANCE)) return false
  try {
    const { structs } = record.parsed ?? parseUpdate(y)
    for (const [client, list] of structs) {
      if (!n.some((instance) => idOf(record, instance) === client)) return false
      if (list.some((struct) => kindOf(struct) === KIND.skip)) return false
    }
    return true
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
