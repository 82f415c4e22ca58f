/** What members said of closed runs: which records each covers, and which not. A relay can't see that itself. */
import type { Statement } from 'better-sqlite3'
import { concat } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import type { RunClaim } from '../../shared/relay/relay-message.ts'
import type { MailboxDatabase } from './open-mailbox.ts'

interface BesideRow {
  readonly rec_id: Uint8Array
  readonly member: Uint8Array
  readonly beside: Uint8Array
}

export class ClaimRows {
  private readonly put: Statement
  private readonly select: Statement<[number, Uint8Array, number], Uint8Array>
  private readonly selectOne: Statement<[number, Uint8Array, Uint8Array], { first: number; beside: Uint8Array }>
  private readonly selectBeside: Statement<[number, Uint8Array], BesideRow>

  constructor(db: MailboxDatabase) {
    this.put = db.prepare(
      'INSERT OR REPLACE INTO claims (document, rec_id, member, writer, first, beside) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.select = db
      .prepare<[number, Uint8Array, number], Uint8Array>(
        'SELECT member FROM claims WHERE document = ? AND rec_id = ? AND first = ?',
      )
      .pluck()
    this.selectOne = db.prepare('SELECT first, beside FROM claims WHERE document = ? AND rec_id = ? AND member = ?')
    this.selectBeside = db.prepare(
      'SELECT rec_id, member, beside FROM claims WHERE document = ? AND writer = ? AND length(beside) > 0',
    )
  }

  /** False when that device said so before. */
  add(document: number, member: Uint8Array, { writer, recId, first, beside }: RunClaim): boolean {
    const ids = concat(...beside)
    const before = this.selectOne.get(document, recId, member)
    if (before !== undefined && before.first === first && equalBytes(before.beside, ids)) return false
    this.put.run(document, recId, member, writer, first, ids)
    return true
  }

  /** Who said the same. */
  devices(document: number, { recId, first }: RunClaim): string[] {
    return this.select.all(document, recId, first).map(toHex)
  }

  /** Of one writer: run -> record that is said to stand beside it -> the devices that say so. */
  beside(document: number, writer: Uint8Array): Map<string, Map<string, string[]>> {
    const runs = new Map<string, Map<string, string[]>>()
    for (const { rec_id, member, beside } of this.selectBeside.all(document, writer)) {
      const run = runs.get(toHex(rec_id)) ?? new Map<string, string[]>()
      runs.set(toHex(rec_id), run)
      for (let at = 0; at < beside.length; at += 32) {
        const id = toHex(beside.subarray(at, at + 32))
        run.set(id, [...(run.get(id) ?? []), toHex(member)])
      }
    }
    return runs
  }
}
