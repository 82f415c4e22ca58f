/**
 * Who has what of the words written here: for each other place, a member's device or a relay, which of this device's
 * writers it said it holds to the end. It is remembered when they are gone, taken back when they say less, and never more
 * than they said.
 */
import { type CryptoSuite, concat } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes, fromHex, toHex } from '../../shared/ids.ts'
import { uint64 } from '../../shared/log/record.ts'
import { type Tip, type Tips, tipsDigest } from '../../shared/protocol/tips.ts'
import { HOLDING_DIGEST, type Holding, MAX_HEADS, shortWriter } from '../../shared/protocol/utterance.ts'
import { keepNewest } from '../replication/keep-newest.ts'
import type { OwnEnd, OwnEnds } from './own-records.ts'

/** Tips of ours that others may still say they hold. */
const RECENT = 16
/** Places, and links and sessions they speak on, that are remembered. */
const MAX_PLACES = 256
const MAX_SOURCES = 1024

interface Place {
  /** Own writer -> the number it holds that writer to. */
  readonly has: Map<string, number>
  /** What is said on links and in sessions first met before this one is out of date. */
  floor: number
  links: number
}

export class Holdings {
  private readonly suite: CryptoSuite
  private readonly places = new Map<string, Place>()
  private readonly sources = new Map<string, number>()
  private readonly recent: { readonly digest: Uint8Array; readonly tips: Tips }[] = []
  private changedWriters: readonly string[] = []
  private ends: OwnEnds = new Map()
  private met = 0
  private isDue = false

  constructor(suite: CryptoSuite) {
    this.suite = suite
  }

  /** What `keep` wrote another time. To be called once, after the first `hold`. */
  recall(kept: string | null): void {
    const digest = toHex(this.endsDigest())
    for (const [place, held] of Object.entries(readKept(kept))) {
      if (held === digest) for (const [writer, { seq }] of this.ends) this.placeOf(place).has.set(writer, seq)
    }
  }

  /** Has it written down who holds everything, to be recalled after a restart, unless it is already. */
  keep(write: (kept: string) => void): void {
    if (!this.isDue) return
    const digest = toHex(this.endsDigest())
    write(
      JSON.stringify(Object.fromEntries([...this.places.keys()].filter((p) => this.covers(p)).map((p) => [p, digest]))),
    )
    // Only now: what a disk refused is still to be written.
    this.isDue = false
  }

  /** More is held here: `ends` of what was written here, `tips` of all. */
  hold(ends: OwnEnds, tips: Tips): void {
    this.ends = ends
    if (this.recent[0]?.tips === tips) return
    const before = this.recent[0]?.tips
    const changed = [...tips].filter(([writer, tip]) => before?.get(writer) !== tip).map(([writer]) => writer)
    this.changedWriters = [...changed, ...this.changedWriters.filter((one) => !changed.includes(one))].slice(
      0,
      MAX_HEADS,
    )
    this.recent.unshift({ digest: tipsDigest(this.suite, tips).slice(0, HOLDING_DIGEST), tips })
    this.recent.length = Math.min(this.recent.length, RECENT)
  }

  /** What is held here, for others. */
  holding(): Holding {
    const [now] = this.recent
    if (now === undefined) throw new Error('Broken invariant: what is held is known before it is said')
    const heads = this.changedWriters.flatMap((writer) => {
      const tips = now.tips.get(writer) ?? []
      // Of two histories a number says nothing.
      return tips.length === 1 ? [[shortWriter(writer), tips[0]?.seq ?? 0] as const] : []
    })
    return { digest: now.digest, heads }
  }

  /** A place said on a link all that it holds. */
  said(place: string, source: string, tips: Tips): 'less' | 'more' {
    return this.learn(place, source, (writer, end) => holdsEnd(tips.get(writer) ?? [], end))
  }

  /** A place said in live words what it holds; not as good as what it says on a link, when there is one. */
  heard(place: string, source: string, { digest, heads }: Holding): 'less' | 'more' {
    if (this.placeOf(place).links > 0) return 'more'
    const tips = this.recent.find((one) => equalBytes(one.digest, digest))?.tips
    if (tips !== undefined) return this.said(place, source, tips)
    const said = new Map(heads)
    return this.learn(place, source, (writer, { seq, last }) => {
      const head = said.get(shortWriter(writer))
      return head === undefined ? null : head === last.seq || head === seq
    })
  }

  /** A link to a place came up, or went down. */
  link(place: string, by: 1 | -1): void {
    this.placeOf(place).links += by
  }

  /** Whether a place holds everything that was written here. */
  covers(place: string): boolean {
    const has = this.places.get(place)?.has
    return has !== undefined && [...this.ends].every(([writer, { seq }]) => has.get(writer) === seq)
  }

  /** 'less' when the place has lost something it had. */
  private learn(
    place: string,
    source: string,
    holds: (writer: string, end: OwnEnd) => boolean | null,
  ): 'less' | 'more' {
    const one = this.placeOf(place)
    const met = this.sources.get(source) ?? (this.met += 1)
    keepNewest(this.sources, source, met, MAX_SOURCES)
    if (met < one.floor) return 'more'
    const before = this.covers(place)
    let lost = false
    for (const [writer, end] of this.ends) {
      const answer = holds(writer, end)
      if (answer === true) one.has.set(writer, end.seq)
      else if (answer === false && one.has.get(writer) === end.seq) {
        one.has.delete(writer)
        lost = true
      }
    }
    // What it said on links met before, and may come late, is no longer true.
    if (lost) one.floor = met
    if (this.covers(place) !== before) this.isDue = true
    return lost ? 'less' : 'more'
  }

  private placeOf(name: string): Place {
    const place = this.places.get(name) ?? { has: new Map<string, number>(), floor: 0, links: 0 }
    keepNewest(this.places, name, place, MAX_PLACES)
    return place
  }

  private endsDigest(): Uint8Array {
    const ends = [...this.ends].sort(([a], [b]) => (a < b ? -1 : 1))
    return this.suite.hash(
      concat(...ends.flatMap(([writer, { seq, recId }]) => [fromHex(writer), uint64(seq), fromHex(recId)])),
    )
  }
}

function holdsEnd(tips: readonly Tip[], { seq, recId, last }: OwnEnd): boolean {
  return tips.some((tip) => tip.recId === last.recId || (tip.seq === seq && tip.recId === recId))
}

function readKept(kept: string | null): Record<string, unknown> {
  if (kept === null) return {}
  try {
    const value: unknown = JSON.parse(kept)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    // Garbled: nothing is claimed until they say it again.
    return {}
  }
}
