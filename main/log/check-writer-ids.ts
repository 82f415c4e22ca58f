/** Binds Yjs client ids to the writer that signed: nobody can write, or forge clocks, under another's id. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { clientId, RECORD_TYPE } from '../../shared/log/record.ts'
import { isWithinBounds, MAX_RECORD_PARTS } from '../../shared/log/update-bounds.ts'
import { checkUpdate, KIND, kindOf, parseUpdate, TooManyParts, type YjsUpdate } from '../../shared/log/yjs-update.ts'
import type { LogRecord } from './closed-run.ts'

/** Document instances one writer may number: far more than a run of the app opens, few enough to bound the work. */
const MAX_INSTANCE = 100_000

/**
 * Whether every struct the records of one writer hold was made under one of its own client ids, with no gaps skipped, and
 * each is within the bounds of a record; null for yes.
 */
export function checkWriterIds(
  suite: CryptoSuite,
  records: readonly LogRecord[],
): 'foreign-ids' | 'bad-body' | 'too-large' | null {
  const ids = new Map<number, number>()
  const idOf = (record: LogRecord, n: number): number => {
    let id = ids.get(n)
    if (id === undefined) ids.set(n, (id = clientId(suite, record.writer, n)))
    return id
  }
  for (const record of records) {
    const refusal = record.type === RECORD_TYPE.update ? checkOne(record, idOf) : null
    if (refusal !== null) return refusal
  }
  return null
}

function checkOne(
  record: LogRecord,
  idOf: (record: LogRecord, n: number) => number,
): ReturnType<typeof checkWriterIds> {
  const { n } = record.body
  if (n.length > 64 || n.some((instance) => instance > MAX_INSTANCE)) return 'foreign-ids'
  try {
    const update = updateOf(record)
    if (!isWithinBounds(update)) return 'too-large'
    for (const [client, list] of update.structs) {
      if (!n.some((instance) => idOf(record, instance) === client)) return 'foreign-ids'
      if (list.some((struct) => kindOf(struct) === KIND.skip)) return 'foreign-ids'
    }
    return null
  } catch (cause) {
    // A function of bytes from elsewhere and nothing else: whatever it throws, they are to blame.
    return cause instanceof TooManyParts ? 'too-large' : 'bad-body'
  }
}

/** What a record holds, looked at as strictly out of a closed run as in a row of its own. */
function updateOf({ body, parsed }: LogRecord): YjsUpdate {
  if (parsed === undefined) return parseUpdate(body.y, MAX_RECORD_PARTS)
  checkUpdate(parsed)
  return parsed
}
