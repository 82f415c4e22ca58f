/**
 * Which records of an open document count: what `judgeRecords` says, kept in step with the log and the membership. To
 * judge all takes reading all, so it is done only when something new may change the answer. A document that was never
 * shared is never judged.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import { RECORD_TYPE } from '../../shared/log/record.ts'
import { judgeRecords, type KnownWriters, type Objection, periodsOf } from '../../shared/membership/judge-records.ts'
import type { Membership } from '../../shared/membership/membership.ts'
import { mayWrite } from '../../shared/membership/role.ts'
import type { LogRecord } from '../log/closed-run.ts'
import type { RecordLog } from '../log/record-log.ts'

const NOBODY: ReadonlyMap<string, Objection> = new Map()
type Chains = ReadonlyMap<string, readonly LogRecord[]>

export class CountingRecords {
  private readonly suite: CryptoSuite
  private readonly log: RecordLog
  private readonly membership: () => Membership
  /** Null before anybody asked. */
  private known: ReadonlyMap<string, Objection> | null = null
  private readonly writers: KnownWriters = new Map()

  constructor(suite: CryptoSuite, log: RecordLog, membership: () => Membership) {
    this.suite = suite
    this.log = log
    this.membership = membership
  }

  /** Record id (hexadecimal) -> why it does not count. */
  objections(): ReadonlyMap<string, Objection> {
    if (this.membership().sharedAt === null) return NOBODY
    this.known ??= this.judge()
    return this.known
  }

  /** Of these records, per writer, those that count. */
  within(chains: Chains): Chains {
    if (chains.size === 0) return chains
    const objections = this.objections()
    if (objections.size === 0) return chains
    return new Map(
      [...chains].map(([writer, chain]) => [writer, chain.filter(({ recId }) => !objections.has(toHex(recId)))]),
    )
  }

  /** To be called when records came after `before`. Whether of those before others count now. */
  recordsAdded(before: Heads): boolean {
    const membership = this.membership()
    if (membership.sharedAt === null) return false
    this.known ??= judgeRecords(this.suite, membership, this.log.chains(new Map(), before), this.writers)
    const added = this.log.chains(before)
    if ([...added].every(([writer, chain]) => this.isPlain(writer, chain))) return false
    const old = this.known
    this.known = this.judge()
    const fresh = new Set([...added.values()].flat().map(({ recId }) => toHex(recId)))
    return !sameNames(old, new Map([...this.known].filter(([id]) => !fresh.has(id))))
  }

  /** To be called when this device sealed records after `before`. Whether what is shown, them among it, counts no more. */
  ownAdded(before: Heads): boolean {
    if (this.recordsAdded(before)) return true
    const objections = this.known ?? NOBODY
    if (objections.size === 0) return false
    const added = [...this.log.chains(before).values()].flat()
    return added.some(({ recId }) => objections.has(toHex(recId)))
  }

  /** To be called when the membership changed. Whether other records count now. */
  membershipChanged(before: Membership): boolean {
    const after = this.membership()
    if (after.sharedAt === null) return false
    const old = this.known ?? judgeRecords(this.suite, before, this.log.chains(), this.writers)
    this.known = old
    const nothingEnded = before.sharedAt !== null && this.lastEnd(before) === this.lastEnd(after)
    // Who is let in takes nothing from anybody, and has nothing that waits.
    if (nothingEnded && old.size === 0) return false
    this.known = this.judge()
    return !sameNames(old, this.known)
  }

  /** To be called when the log was read again, or a fork changed it. */
  forget(): void {
    this.known = null
    this.writers.clear()
  }

  /** Whether these count for themselves and say nothing about others: written by one who may, and knew of all ends. */
  private isPlain(writer: string, chain: readonly LogRecord[]): boolean {
    const membership = this.membership()
    const [first] = chain
    if (first === undefined) return true
    const periods = periodsOf(this.suite, membership, writer, first, this.writers)
    const open = (periods ?? []).filter(({ end }) => end === null)
    const lastEnd = this.lastEnd(membership)
    return chain.every(
      ({ type, stream, body }) =>
        type !== RECORD_TYPE.admit &&
        body.m >= lastEnd &&
        open.some(({ from, role }) => from <= body.m && mayWrite(role, stream)),
    )
  }

  private lastEnd({ sharedAt, periods }: Membership): number {
    const ends = [...periods.values()].flat().map(({ end }) => end?.at ?? 0)
    return Math.max(sharedAt ?? 0, ...ends)
  }

  private judge(): ReadonlyMap<string, Objection> {
    return judgeRecords(this.suite, this.membership(), this.log.chains(), this.writers)
  }
}

function sameNames(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((name) => b.has(name))
}
