/** What a document's closed runs cover, as a relay is told: it can't see that itself. */
import { RECORD_TYPE, type SignedRecord } from '../../../shared/log/record.ts'
import { equalBytes } from '../../../shared/ids.ts'
import type { RunClaim } from '../../../shared/relay/relay-message.ts'
import { coveredRange } from '../../log/closed-run.ts'

const MAX_BESIDE = 16

/** Of records as a log holds them: what a run covers has no row of its own. */
export function coveredRuns(records: readonly SignedRecord[]): RunClaim[] {
  return records
    .filter(({ type }) => type === RECORD_TYPE.close)
    .map((run) => {
      const { first } = coveredRange(run)
      const beside = records
        .filter(({ writer, seq }) => seq >= first && seq < run.seq && equalBytes(writer, run.writer))
        .map(({ recId }) => recId)
      return { writer: run.writer, recId: run.recId, first, beside: beside.slice(0, MAX_BESIDE) }
    })
}
