/**
 * Tips: the ends of what a replica holds, for each writer. They are the heads with the ids that heads leave out: of a writer
 * that signed two histories each replica may hold another, under the same number.
 */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { concat, domain } from '../crypto/crypto-suite.ts'
import { fromHex, toHex } from '../ids.ts'
import { type RecordHeader, uint64 } from '../log/record.ts'

export interface Tip {
  readonly seq: number
  /** Hexadecimal. */
  readonly recId: string
}

/**
 * Writer (hexadecimal) -> its records that none held follows, ascending; one, unless the writer forked. What is before a
 * tip is held too. A writer nothing is held of is absent.
 */
export type Tips = ReadonlyMap<string, readonly Tip[]>

export const NO_TIPS: Tips = new Map()
const TIPS_DOMAIN = domain('tips/1')

/** Tips never change, and on a relay many sessions hold the same ones. */
const digests = new WeakMap<Tips, Uint8Array>()

/** Equal for two replicas that hold the same, and for no others. */
export function tipsDigest(suite: CryptoSuite, tips: Tips): Uint8Array {
  const known = digests.get(tips)
  if (known !== undefined) return known
  const digest = suite.hash(TIPS_DOMAIN, encodeTips(tips))
  digests.set(tips, digest)
  return digest
}

/** 72 bytes a tip: writer, number, id; ascending. */
export function encodeTips(tips: Tips): Uint8Array {
  const writers = [...tips].sort(([a], [b]) => (a < b ? -1 : 1))
  return concat(
    ...writers.flatMap(([writer, ends]) =>
      ends.flatMap(({ seq, recId }) => [fromHex(writer), uint64(seq), fromHex(recId)]),
    ),
  )
}

/** The records these headers are of, each once. */
export function tipsOf(headers: readonly RecordHeader[]): Tips {
  const tips = new Map<string, Map<string, Tip>>()
  for (const { writer, seq, recId } of headers) {
    const name = toHex(writer)
    tips.set(name, (tips.get(name) ?? new Map<string, Tip>()).set(toHex(recId), { seq, recId: toHex(recId) }))
  }
  return new Map([...tips].map(([writer, some]) => [writer, [...some.values()].sort(ascending)]))
}

function ascending(a: Tip, b: Tip): number {
  return a.seq - b.seq || (a.recId < b.recId ? -1 : 1)
}

export function sameEnds(a: readonly Tip[] = [], b: readonly Tip[] = []): boolean {
  return a === b || (a.length === b.length && a.every(({ recId }, index) => recId === b[index]?.recId))
}

/** Whether somebody who has `theirs` lacks something of `held`, or has something else. */
export function differs(held: Tips, theirs: Tips): boolean {
  for (const [writer, ends] of held) if (!sameEnds(ends, theirs.get(writer))) return true
  return false
}

/** The same tips; those of `held` itself where they are equal, so that to compare them again costs nothing. */
export function inTermsOf(held: Tips, tips: Tips): Tips {
  const same = new Map<string, readonly Tip[]>()
  for (const [writer, ends] of tips) {
    const ours = held.get(writer)
    same.set(writer, ours !== undefined && sameEnds(ours, ends) ? ours : ends)
  }
  return same
}

const forks = new WeakMap<Tips, readonly string[]>()

/** Writers with two histories. */
export function forkedIn(tips: Tips): readonly string[] {
  const known = forks.get(tips)
  if (known !== undefined) return known
  const writers = [...tips].filter(([, ends]) => ends.length > 1).map(([writer]) => writer)
  forks.set(tips, writers)
  return writers
}

/** The highest number among them; 0 for none. */
export function furthest(ends: readonly Tip[] = []): number {
  return ends.reduce((most, { seq }) => Math.max(most, seq), 0)
}

/** `tips` with what `changed` says of some writers; a writer with no tips is taken out. */
export function withTips(tips: Tips, changed: Tips): Tips {
  const next = new Map(tips)
  for (const [writer, ends] of changed) {
    if (ends.length === 0) next.delete(writer)
    else next.set(writer, ends)
  }
  return next
}

/** Writers of whom others hold what we do not. */
export function ledBy(theirs: Tips, held: Tips): string[] {
  return [...theirs].flatMap(([writer, ends]) => {
    const ours = held.get(writer) ?? []
    const leads = ends.some(({ seq, recId }) => seq >= furthest(ours) && ours.every((tip) => tip.recId !== recId))
    return leads ? [writer] : []
  })
}
