/**
 * Which records count in a document. A function of the set of records and of the membership, never of the order in which
 * either arrived: every replica that holds the same holds the same to be true. A record that does not count keeps its
 * place in its writer's chain and waits, under its author's name, for an editor to admit it.
 */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { equalBytes, toHex } from '../ids.ts'
import type { Heads } from '../log/heads.ts'
import { RECORD_TYPE, type RecordBody, type RecordHeader, verifyCertificate } from '../log/record.ts'
import { readAdmission } from './admission.ts'
import type { Membership, Period } from './membership.ts'
import { mayWrite } from './role.ts'

/** What is judged of a record. */
export type JudgedRecord = Omit<RecordHeader, 'prev'> & { readonly body: RecordBody }

/** Per writer (hexadecimal), its records in order from the first. */
export type Chains = ReadonlyMap<string, readonly JudgedRecord[]>

export type Objection =
  /** Nobody vouches for its writer. */
  | 'stranger'
  /** Its author was not allowed to write there. */
  | 'not-allowed'
  /** Its author was once, and it was not known to those who remained when that ended. */
  | 'too-late'

const NEVER: readonly Period[] = []

/** Writer (hexadecimal) -> the member key that certified it, null for none: to verify each certificate once. */
export type KnownWriters = Map<string, string | null>

/** Record id (hexadecimal) -> why it does not count. All others do. */
export function judgeRecords(
  suite: CryptoSuite,
  membership: Membership,
  chains: Chains,
  writers: KnownWriters = new Map(),
): ReadonlyMap<string, Objection> {
  const objections = new Map<string, Objection>()
  // Of a document with one member, or none, every copy's words are taken in as they come.
  if (membership.sharedAt === null) return objections
  const periods = new Map(
    [...chains].map(([writer, chain]) => [writer, periodsOf(suite, membership, writer, chain[0], writers)]),
  )
  const vouchers = [...chains].flatMap(([writer, chain]) =>
    chain.filter((record) => isVoucher(periods.get(writer) ?? NEVER, record)),
  )
  const admitted = admittedBy(vouchers, chains)
  const known = new Map<number, Heads>()
  const knownBefore = (at: number): Heads => {
    const heads =
      known.get(at) ??
      reachOf(
        vouchers.filter(({ body }) => body.m < at),
        chains,
      )
    known.set(at, heads)
    return heads
  }
  for (const [writer, chain] of chains) {
    const times = periods.get(writer) ?? null
    for (const record of chain) {
      if (record.seq <= (admitted.get(writer) ?? 0)) continue
      const objection = objectionTo(record, times, membership.sharedAt, (at) => knownBefore(at).get(writer) ?? 0)
      if (objection !== null) objections.set(toHex(record.recId), objection)
    }
  }
  return objections
}

function objectionTo(
  record: JudgedRecord,
  periods: readonly Period[] | null,
  sharedAt: number,
  knownBefore: (at: number) => number,
): Objection | null {
  // What had been built on before anybody was let in is part of what the founder shared, whoever wrote it.
  if (record.seq <= knownBefore(sharedAt)) return null
  if (periods === null) return 'stranger'
  const fitting = fittingPeriods(periods, record)
  if (fitting.some((period) => isWithin(period, record))) return null
  // Those who remain built on it before they heard of the end: then it is part of what they wrote.
  if (fitting.some(({ end }) => end !== null && record.seq <= knownBefore(end.at))) return null
  return fitting.length > 0 ? 'too-late' : 'not-allowed'
}

/** The times its author had heard of, and in which they might write there. */
function fittingPeriods(periods: readonly Period[], { body, stream }: JudgedRecord): readonly Period[] {
  return periods.filter(({ from, role }) => from <= body.m && mayWrite(role, stream))
}

function isWithin({ end }: Period, { writer, seq }: JudgedRecord): boolean {
  return end === null || seq <= (end.cut.get(toHex(writer)) ?? 0)
}

/** Records of those who are editors now: what they name, others may go by. */
function isVoucher(periods: readonly Period[], record: JudgedRecord): boolean {
  return periods.some(({ role, from, end }) => end === null && from <= record.body.m && mayWrite(role, 0))
}

/**
 * The times of the device that certified a writer; null for a writer that no device of a member ever certified. `first` is
 * the first record there is of it: unless that is its first one, only `writers` can tell.
 */
export function periodsOf(
  suite: CryptoSuite,
  membership: Membership,
  writer: string,
  first: JudgedRecord | undefined,
  writers: KnownWriters,
): readonly Period[] | null {
  let member = writers.get(writer)
  if (member === undefined && first?.seq === 1) {
    const { cert } = first.body
    const isTrue = cert !== undefined && verifyCertificate(suite, membership.documentId, first.writer, cert)
    member = isTrue ? toHex(cert.member) : null
    writers.set(writer, member)
  }
  return member === undefined || member === null ? null : (membership.periods.get(member) ?? null)
}

function admittedBy(vouchers: readonly JudgedRecord[], chains: Chains): Heads {
  const admitted = new Map<string, number>()
  for (const voucher of vouchers) {
    if (voucher.type !== RECORD_TYPE.admit) continue
    for (const { writer, seq, recId } of readAdmission(voucher.body)) {
      const name = toHex(writer)
      const record = chains.get(name)?.[seq - 1]
      if (record === undefined || !equalBytes(record.recId, recId)) continue
      admitted.set(name, Math.max(seq, admitted.get(name) ?? 0))
    }
  }
  return admitted
}

/** All that the given records build on, directly or through others, themselves included. */
function reachOf(records: readonly JudgedRecord[], chains: Chains): Heads {
  const reach = new Map<string, number>()
  const queue = records.map(({ writer, seq }) => ({ name: toHex(writer), seq }))
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const from = reach.get(next.name) ?? 0
    if (next.seq <= from) continue
    reach.set(next.name, next.seq)
    for (const { body } of chains.get(next.name)?.slice(from, next.seq) ?? []) {
      for (const [writer, seq] of body.d) queue.push({ name: toHex(writer), seq })
    }
  }
  return reach
}
