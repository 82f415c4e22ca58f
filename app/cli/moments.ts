/** Moments of a document, as commands are told them: a number `sheaf history` printed, or a time. */
import { History } from '../../main/history/history.ts'
import type { DetachedDocument } from '../../main/documents/detached-document.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { UsageError } from './command.ts'

export function historyOf(suite: CryptoSuite, document: DetachedDocument): History {
  const { membership, recordLog } = document
  return new History({ suite, membership, logs: recordLog.logs(), chains: document.counted() })
}

/** Throws `UsageError` for what names no moment. */
export function readMoment(history: History, text: string): number {
  if (/^\d+$/.test(text)) {
    const moment = Number(text)
    if (moment <= history.now) return moment
    throw new UsageError(`there is no moment ${text}: the last one is ${history.now}`)
  }
  const time = Date.parse(text)
  if (Number.isNaN(time))
    throw new UsageError(`“${text}” is neither a moment’s number nor a time like 2026-01-31T12:00`)
  return history.momentAt(time / 1000)
}
