/**
 * A dialler: the addresses that are known, typed or heard of, and when each is to be dialled. One that leads to an app we
 * are connected to is left alone; one that fails is tried again, ever less often, and at once when the network changed.
 */
import type { Ending } from './lan-connection.ts'
import type { LanTimes } from './lan-limits.ts'

/** Typed by somebody, who will want to know why it does not work; remembered from another day; or heard of on the network. */
export type Source = 'typed' | 'remembered' | 'heard'

export interface Candidate {
  readonly address: string
  readonly source: Source
  /** What the other side wants to hear once; null when it wants nothing, and after that. */
  readonly secret: Uint8Array | null
  readonly isDialling: boolean
  /** Key of the app it led to last; how the last try ended, null while none has. */
  readonly key: string | null
  readonly ending: Ending | 'busy' | null
  readonly nextAt: number
  readonly wait: number
  /** When it was typed, or heard of last. */
  readonly heardAt: number
}

/** Addresses that are kept of each source: names on the network come from outside. */
const MAX_OF_A_KIND = 64
/** Milliseconds after which one that was heard of, and is not any more, is forgotten. */
const FORGOTTEN = 150_000

export class LanDialler {
  private readonly times: LanTimes
  private readonly candidates = new Map<string, Candidate>()

  constructor(times: LanTimes) {
    this.times = times
  }

  typed(address: string, secret: Uint8Array | null): void {
    this.keep({ ...this.fresh(address, 'typed'), secret })
  }

  /** Whoever was there may be there again; nobody expects it. */
  remembered(address: string): void {
    if (!this.candidates.has(address)) this.keep(this.fresh(address, 'remembered'))
  }

  heard(address: string): void {
    const known = this.candidates.get(address)
    if (known === undefined) return this.keep(this.fresh(address, 'heard'))
    const isOverdue = !known.isDialling && known.wait > this.times.again
    // It has just said that it is there.
    this.set({ ...known, heardAt: performance.now(), ...(isOverdue ? { nextAt: 0 } : {}) })
  }

  /** It said that it leaves. */
  gone(address: string): void {
    if (this.candidates.get(address)?.source === 'heard') this.candidates.delete(address)
  }

  all(): readonly Candidate[] {
    return [...this.candidates.values()]
  }

  /** Those to be dialled now; they count as being dialled from here on. */
  due(now: number, isConnected: (key: string) => boolean): readonly Candidate[] {
    for (const { address, source, heardAt, key } of this.all()) {
      const isThere = key !== null && isConnected(key)
      if (source === 'heard' && !isThere && now - heardAt > FORGOTTEN) this.candidates.delete(address)
    }
    const due = this.all().filter(
      ({ isDialling, nextAt, key }) => !isDialling && nextAt <= now && (key === null || !isConnected(key)),
    )
    for (const one of due) this.set({ ...one, isDialling: true })
    return due
  }

  /** It led to an app. When that goes away, the address is dialled again. */
  reached(address: string, key: string): void {
    const { again } = this.times
    this.change(address, { isDialling: false, key, secret: null, ending: null, wait: again, nextAt: 0 })
  }

  failed(address: string, ending: Ending | 'busy', now: number): void {
    const known = this.candidates.get(address)
    if (known === undefined) return
    const wait = Math.min(this.times.longest, known.wait * 2)
    this.set({ ...known, isDialling: false, key: null, ending, wait, nextAt: now + wait })
  }

  /** A connection it led to is over: it is dialled again after a moment. */
  lost(key: string, now: number): void {
    for (const one of this.all()) if (one.key === key) this.set({ ...one, nextAt: now + this.times.again })
  }

  /** The network has changed: all of them may be there now. */
  shake(): void {
    for (const one of this.all()) this.set({ ...one, nextAt: 0, wait: this.times.again })
  }

  clear(): void {
    this.candidates.clear()
  }

  private fresh(address: string, source: Source): Candidate {
    const { again } = this.times
    const nothing = { secret: null, isDialling: false, key: null, ending: null, nextAt: 0, heardAt: performance.now() }
    return { address, source, wait: again, ...nothing }
  }

  private keep(candidate: Candidate): void {
    this.candidates.delete(candidate.address)
    const alike = this.all().filter(({ source }) => source === candidate.source)
    if (alike.length >= MAX_OF_A_KIND && alike[0] !== undefined) this.candidates.delete(alike[0].address)
    this.set(candidate)
  }

  private change(address: string, changed: Partial<Candidate>): void {
    const known = this.candidates.get(address)
    if (known !== undefined) this.set({ ...known, ...changed })
  }

  private set(candidate: Candidate): void {
    this.candidates.set(candidate.address, candidate)
  }
}
