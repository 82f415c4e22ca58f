/** Work that waits: records that don't count, by writer, as an editor who may let them in has to see them. */
import { toHex } from '../../shared/ids.ts'
import { RECORD_TYPE } from '../../shared/log/record.ts'
import { parseUpdate } from '../../shared/log/yjs-update.ts'
import type { Admitted } from '../../shared/membership/admission.ts'
import type { Objection } from '../../shared/membership/judge-records.ts'
import type { LogRecord } from '../log/closed-run.ts'

export interface WaitingWork {
  /** The writer's key, hexadecimal. */
  readonly id: string
  /** The name the writer gave; empty for none. */
  readonly author: string
  /** Words it would add, as they were typed. */
  readonly words: string
  readonly reason: Objection
  /** The last record that waits: who admits it admits those before. */
  readonly last: Admitted
}

/** Characters of it that are shown. */
const SHOWN = 2000

export function waitingWork(
  chains: ReadonlyMap<string, readonly LogRecord[]>,
  objections: ReadonlyMap<string, Objection>,
): WaitingWork[] {
  return [...chains].flatMap(([id, chain]) => {
    const waiting = chain.filter(({ type, recId }) => type === RECORD_TYPE.update && objections.has(toHex(recId)))
    const [first, last] = [waiting[0], waiting.at(-1)]
    if (first === undefined || last === undefined) return []
    const words = waiting.map(wordsOf).join('').slice(0, SHOWN)
    const reason = objections.get(toHex(first.recId)) ?? 'stranger'
    const { writer, seq, recId } = last
    return [{ id, author: chain[0]?.body.cert?.name ?? '', words, reason, last: { writer, seq, recId } }]
  })
}

function wordsOf({ body, parsed }: LogRecord): string {
  const { structs } = parsed ?? parseUpdate(body.y)
  return [...structs.values()]
    .flat()
    .map(({ text }) => text ?? '')
    .join('')
}
